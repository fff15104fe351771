import type { RouteChange } from '../../../domain/diff/route-change.ts'
import type { Request } from '../../../domain/match/request.ts'
import { type Phrase, quoted, say } from '../../../domain/words/phrase.ts'
import { visible } from '../../../domain/words/visible.ts'

/** One word for a POSIX shell, whatever it holds. */
export function shellQuoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`
}

/** A field name of RFC 9110; anything else, such as `@file`, curl would read as something of its own. */
const fieldName = /^[\w!#$%&'*+.^`|~-]+$/
const printable = /^[\x20-\x7e]*$/

/** A name as it stands in an address. */
const hostName = /^[\w-]+(?:\.[\w-]+)*$/

function isPastable({ method, scheme, path, authority, sni, headers }: Request): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    /^\/[\x21-\x7e]*$/.test(path) &&
    !path.includes('#') &&
    printable.test(authority) &&
    (scheme !== 'https' || hostName.test(sni ?? authority)) &&
    Object.entries(headers).every(([name, value]) => fieldName.test(name) && printable.test(value))
  )
}

/** What keeps curl from changing the path: dot segments, and the brackets of its own patterns. */
function pathOptions(path: string): readonly string[] {
  return [
    ...(/(?:^|\/)\.\.?(?:\/|$|\?)/.test(path) ? ['--path-as-is'] : []),
    ...(/[[\]{}]/.test(path) ? ['--globoff'] : []),
  ]
}

/**
 * The request as a line that is safe to paste: `$GATEWAY` is the only thing the shell expands, and to a listener of TLS the name is
 * sent as SNI, too. `host` is the host of the route table; where any host will do (`*`) none is named. Undefined for methods that may
 * change something, and for requests that cannot be pasted as they are.
 */
export function curlOf(request: Request, host: string): string | undefined {
  if (!isPastable(request)) return undefined
  const secure = host === '*' ? undefined : overTls(request)
  const isNamed = host !== '*' && (secure === undefined || secure.name !== request.authority)
  const named: readonly (readonly [string, string])[] = isNamed ? [['Host', request.authority]] : []
  const headers = Object.entries(request.headers).filter(([name]) => name !== 'host' && name !== ':authority')
  return [
    'curl',
    request.method === 'HEAD' ? '-I' : '-i',
    ...pathOptions(request.path),
    ...(secure === undefined ? [] : [toGateway]),
    ...[...named, ...headers].map(
      ([name, value]) => `-H ${shellQuoted(value === '' ? `${name};` : `${name}: ${value}`)}`,
    ),
    secure === undefined ? atGateway(request.path) : shellQuoted(secure.url),
  ].join(' ')
}

/** Whatever the name, the connection is made to the gateway, of which the scheme is cut off. */
const toGateway = `--connect-to "::$\{GATEWAY#*//}"`

/** The name that TLS asks for is the one in the address: a `Host` alone would leave it that of the gateway. */
function overTls({
  scheme,
  authority,
  sni,
  port,
  path,
}: Request): { readonly name: string; readonly url: string } | undefined {
  const name = sni ?? authority
  if (scheme !== 'https') return undefined
  return { name, url: `https://${name}${port === undefined || port === 443 ? '' : `:${port}`}${path}` }
}

/** One word as people write it, unless something in it means something to a shell within double quotes. */
function atGateway(path: string): string {
  return /["$`\\!]/.test(path) ? `"$GATEWAY"${shellQuoted(path)}` : `"$GATEWAY${path}"`
}

const usualPort: Readonly<Record<string, number>> = { http: 80, https: 443 }

function whereTo({ scheme, authority, port }: Request, host: string): string {
  if (host === '*') return ''
  return `${scheme}://${authority}${port === undefined || port === usualPort[scheme] ? '' : `:${port}`}`
}

/** Any request as text: `POST https://shop.example/cart with header x-beta: 1`; without the host where any will do. */
export function requestText(request: Request, host: string): string {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
  const labels = Object.entries(request.sourceLabels ?? {}).map(([name, value]) => `${name}=${value}`)
  const parts = [
    `${request.method} ${whereTo(request, host)}${request.path}`,
    ...(request.sni === undefined || request.sni === request.authority ? [] : [`with SNI ${request.sni}`]),
    ...(headers.length === 0 ? [] : [`with header ${headers.join(', ')}`]),
    ...(labels.length === 0 ? [] : [`from pods labelled ${labels.join(', ')}`]),
    ...(request.sourceNamespace === undefined ? [] : [`from namespace ${request.sourceNamespace}`]),
  ]
  return visible(parts.join(' '))
}

/** What the shell has to be told before any of the lines. */
const gatewayNote: Phrase = say`${quoted('$GATEWAY')} is the address of the gateway, such as ${quoted('http://203.0.113.7')}`

/** The same where one of some lines asks for it, once for all of them. */
export function gatewayNoteFor(lines: readonly string[]): readonly Phrase[] {
  return lines.some((line) => line.includes('GATEWAY')) ? [gatewayNote] : []
}

/** A line for people: to be pasted into a shell, or only to be read. */
export interface Example {
  readonly line: string
  readonly pastable: boolean
}

/** The witness of a change: to paste where that is safe and shows something, else to read. */
export function exampleOf({ gateway, host, witness }: RouteChange): Example | undefined {
  if (witness === undefined) return undefined
  if (gateway === 'mesh') return { line: `${requestText(witness, host)}, inside the mesh`, pastable: false }
  const curl = curlOf(witness, host)
  return { line: curl ?? requestText(witness, host), pastable: curl !== undefined }
}
