import type { AskedRequest } from '../../domain/routing/explain/explain-request.ts'
import { UserError } from '../user-error.ts'

/** A request as it is written on a command line. */
export const exampleRequest = "'GET https://shop.example/cart'"

/** Whether an argument is meant as a request and not as a directory. */
export function looksLikeRequest(argument: string): boolean {
  return /^(?:\S+\s+)?[A-Za-z][A-Za-z0-9+.-]*:\/\/|^\S+\s+\/|^\//.test(argument)
}

/** A request that may leave its host open. */
export type WrittenRequest = Omit<AskedRequest, 'authority'> & { readonly authority?: string }

/**
 * `GET https://host:port/path?query`, with the headers of `-H`. The path is taken as it is written; without a host it stands
 * alone.
 */
export function readRequestArgument(argument: string, headers: readonly string[]): WrittenRequest {
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
