import type { AskedRequest } from '../../domain/routing/explain/explain-request.ts'
import { UserError } from '../user-error.ts'
import { readCurlLine } from './curl-line.ts'
import { readRequestLine } from './request-line.ts'

/** A request as it is written on a command line. */
export const exampleRequest = "'GET https://shop.example/cart'"

/** Whether an argument is meant as a request and not as a directory. */
export function looksLikeRequest(argument: string): boolean {
  return /^\s*(?:\{|curl\s)|^(?:\S+\s+)?[A-Za-z][A-Za-z0-9+.-]*:\/\/|^\S+\s+\/|^\//.test(argument)
}

/** A request that may leave its host open. */
export type WrittenRequest = Omit<AskedRequest, 'authority'> & { readonly authority?: string }

/**
 * A request as it is typed, or as `check` prints one: its line for curl, that of a call inside the mesh, or a witness as JSON. Each
 * `-H` adds a header.
 */
export function readRequestArgument(argument: string, headers: readonly string[]): WrittenRequest {
  const text = argument.trim()
  if (text.startsWith('{')) return readJson(argument, headers)
  if (/^curl\s/.test(text)) return readCurl(text, headers)
  const inside = text.endsWith(insideTheMesh)
  return inside
    ? { ...readTyped(text.slice(0, -insideTheMesh.length), headers), gateway: 'mesh' }
    : readTyped(argument, headers)
}

const insideTheMesh = ', inside the mesh'

function readCurl(line: string, headers: readonly string[]): WrittenRequest {
  const curl = readCurlLine(line)
  if (curl === undefined)
    throw new UserError(
      `${JSON.stringify(line)} is no line for curl as check prints it: write method and URL, such as ${exampleRequest}.`,
    )
  const { asked, sni } = curl
  const read = readTyped(asked, [...curl.headers, ...headers])
  return { ...read, ...(sni !== undefined && sni !== read.authority && { sni }) }
}

function readJson(argument: string, headers: readonly string[]): WrittenRequest {
  const read = readRequestLine(argument)
  if ('mistake' in read) throw new UserError(`${JSON.stringify(argument)} is not a request: ${read.mistake}.`)
  const { authority, ...asked } = read
  const written = Object.entries(asked.headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const { host = authority, ...others } = Object.fromEntries([...written, ...headers.map(headerOf)])
  return { ...asked, headers: others, ...(host !== '' && { authority: host }) }
}

/**
 * `GET https://host:port/path?query`, with the headers of `-H`. The path is taken as it is written; without a host it stands
 * alone.
 */
function readTyped(argument: string, headers: readonly string[]): WrittenRequest {
  const found =
    /^(?:(?<method>[!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s+)?(?:(?<scheme>https?):\/\/(?<authority>[^/?#\s]+)(?=\/|$)|(?=\/))(?<path>\/[^#\s]*)?$/i.exec(
      argument.trim(),
    )?.groups
  if (found === undefined) {
    throw new UserError(
      `${JSON.stringify(argument)} is not a request: write method and URL, such as ${exampleRequest} or /cart.`,
    )
  }
  const { method = 'GET', scheme = 'http', authority, path = '/' } = found
  const fields = Object.fromEntries(headers.map(headerOf))
  const { host, ...others } = fields
  const [, name, port] = /^(.*?)(?::([0-9]+))?$/.exec(authority ?? '') ?? []
  const asked = host ?? (authority === undefined ? undefined : name)
  return {
    method: method.toUpperCase(),
    scheme: scheme.toLowerCase(),
    ...(asked !== undefined && { authority: asked }),
    path,
    headers: others,
    ...(port !== undefined && { port: Number(port) }),
  }
}

function headerOf(text: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z:]+?):\s*(.*?)\s*$/s.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new UserError(`-H ${JSON.stringify(text)} is not a header: write it as 'name: value'.`)
  }
  return [name.toLowerCase(), value]
}
