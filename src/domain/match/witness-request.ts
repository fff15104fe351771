import {
  contains,
  exactly,
  intersect,
  intersectWith,
  isEmpty,
  type StringSet,
  subtract,
  unmetered,
  witness,
} from '../language/string-set.ts'
import { asciiPaths } from '../language/universe.ts'
import { exampleOf } from '../manifest/placeholders/placeholders.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { memoized } from '../source/memoized.ts'
import { type Box, everyRequest, type Universe } from './box.ts'
import { isOpaque } from './dimensions.ts'
import type { Request } from './request.ts'
import type { RequestSet } from './request-set.ts'

/** Where the requests of a set go. */
export interface Target {
  readonly host: string
  /** Those of its names to show, where not all are meant. */
  readonly names?: readonly string[]
  readonly ports?: readonly number[]
  /** Those of the ports on which TLS is spoken; absent where nobody knows. */
  readonly tlsPorts?: readonly number[]
  readonly universe: Universe
  /** The names that TLS is asked for where none of them is the host. */
  readonly sni?: NamesAsked
}

/** Names, and those of them, wildcards included, that are shown rather than others. */
export interface NamesAsked {
  readonly values: StringSet
  readonly written: readonly string[]
}

/** One concrete request of the set, as readable as possible; none where the set hangs on what is not looked into. */
export function witnessOf(set: RequestSet, target: Target): Request | undefined {
  const clear = set.boxes.filter((box) => ![...box.keys()].some(isOpaque))
  const [plainest = everyRequest] = clear.toSorted((a, b) => a.size - b.size)
  return clear.length === 0 ? undefined : requestIn(plainest, target)
}

function requestIn(box: Box, target: Target): Request {
  const values = (dimension: string) => (box.get(dimension) ?? target.universe(dimension)).present
  const port = portOf(values('port'), box.has('port'), target.ports)
  const labels = named(box, 'label:')
  const namespace = box.has('namespace') ? witness(values('namespace')) : undefined
  return {
    method: firstOf(values('method'), usualMethods),
    scheme: firstOf(values('scheme'), schemesAt(port, target)),
    authority: authorityIn(values('authority'), target.names ?? [target.host], port),
    path:
      pathIn(intersectWith(target.universe('path').present, values('path'), unmetered)) +
      queryOf(named(box, 'query:')),
    headers: named(box, 'header:'),
    ...(port !== undefined && { port }),
    ...(target.sni && { sni: authorityIn(target.sni.values, target.sni.written) }),
    ...(Object.keys(labels).length > 0 && { sourceLabels: labels }),
    ...(namespace !== undefined && { sourceNamespace: namespace }),
  }
}

/** What Envoy takes over HTTP/1.1, the usual first; any other method is 400 there (measured). */
const usualMethods = [
  'GET,POST,PUT,DELETE,PATCH,HEAD,OPTIONS,TRACE,ACL,BIND,CHECKOUT,COPY,LINK,LOCK,MERGE,MKACTIVITY,MKCALENDAR,MKCOL',
  'MOVE,MSEARCH,NOTIFY,PROPFIND,PROPPATCH,PURGE,REBIND,REPORT,SEARCH,SOURCE,SUBSCRIBE,UNBIND,UNLINK,UNLOCK,UNSUBSCRIBE',
].flatMap((some) => some.split(','))

/** The scheme that a listener has comes first: HTTP/1.1 cannot carry another one to it. */
function schemesAt(port: number | undefined, { tlsPorts }: Target): readonly string[] {
  const isTls = port !== undefined && (tlsPorts?.includes(port) ?? port === 443)
  return isTls ? ['https', 'http'] : ['http', 'https']
}

/** One that HTTP/1.1 can carry, if there is one; many hosts may ask for the same paths. */
const pathIn = memoized(
  (values: StringSet): string =>
    witness(intersectWith(asciiPaths, values, unmetered)) ?? witness(values) ?? '',
)

function firstOf(values: StringSet, preferred: readonly string[]): string {
  return preferred.find((value) => contains(values, value)) ?? witness(values) ?? ''
}

/**
 * A name without a port if there is one: `www.example.com` reads better than `a`. Never a placeholder, but a name that
 * it may become.
 */
function authorityIn(values: StringSet, written: readonly string[], port = usualPort): string {
  const names = written.flatMap(hostExamples)
  return firstOf(values, [...names, ...names.map((name) => `${name}:${port}`)])
}

const usualPort = 80

/** Names that a host takes: itself, or some below its wildcard. */
export function hostExamples(written: string): readonly string[] {
  const host = exampleOf(written)
  const suffix = host.replace(/^\*/, '')
  return host.startsWith('*') ? ['www', 'a', 'b'].map((name) => name + (suffix || '.example.com')) : [host]
}

function portOf(
  values: StringSet,
  isAsked: boolean,
  ports: readonly number[] | undefined,
): number | undefined {
  const offered = (ports ?? []).find((port) => contains(values, String(port)))
  if (offered !== undefined || !isAsked) return offered
  return Number(firstOf(values, ['80', '443', '8080']))
}

/** The values of the dimensions of one kind, by name; what may be absent is. */
function named(box: Box, kind: string): Record<string, string> {
  const present = [...box]
    .filter(([dimension, { mayBeAbsent }]) => dimension.startsWith(kind) && !mayBeAbsent)
    .map(([dimension, { present }]) => [dimension.slice(kind.length), valueIn(present)] as const)
  return Object.fromEntries(present.toSorted(([a], [b]) => compareTexts(a, b)))
}

/** A value is shown rather than an empty one, if both will do. */
function valueIn(values: StringSet): string {
  const shown = subtract(values, exactly(''), unmetered)
  return firstOf(isEmpty(shown) ? intersect(values, exactly(''), unmetered) : shown, ['1', 'true', 'x'])
}

function queryOf(parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
