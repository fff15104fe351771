import type { RouteChange } from '../diff/route-change.ts'
import type { Universe } from '../match/box.ts'
import { arrivingUniverse } from '../match/dimensions.ts'
import { normalizedPath } from '../match/normalized-path.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import { ownValue } from '../source/own-value.ts'
import type { TrafficRequest } from './traffic-request.ts'

/** A request as the dimensions that are known of it. */
export interface KnownRequest {
  readonly request: TrafficRequest
  /** Requests with equal keys have the same fate. */
  readonly key: string
  /** What it has in a dimension, undefined where it has nothing there; no answer where that is not known. */
  readonly known: (dimension: string) => { readonly value: string | undefined } | undefined
  readonly universe: Universe
}

/** Reads what a log holds of a request as the dimensions of sets of requests; `parameters` are those that decide about some change. */
export function knownRequest(
  request: TrafficRequest,
  parameters: readonly string[],
  { pathNormalization }: Pick<IstioSettings, 'pathNormalization'>,
): KnownRequest {
  const { method, authority, headers, port, scheme, queryUnknown } = request
  const sent = normalizedPath(request.path, pathNormalization)
  const end = sent.search(/[?#]/)
  const path = end === -1 ? sent : sent.slice(0, end)
  const query = queryOf(end === -1 ? '' : sent.slice(end + 1))
  return {
    request,
    key: keyOf(
      request,
      path,
      parameters.map((name) => query.get(name)),
    ),
    known: (dimension) => {
      if (dimension === 'path') return { value: path }
      if (dimension === 'method') return { value: method }
      if (dimension === 'authority') return { value: authority }
      if (dimension === 'scheme') return scheme === undefined ? undefined : { value: scheme }
      if (dimension === 'port') return port === undefined ? undefined : { value: String(port) }
      if (dimension.startsWith('query:') && queryUnknown === true) return undefined
      if (dimension.startsWith('query:')) return { value: query.get(dimension.slice('query:'.length)) }
      if (dimension.startsWith('header:') && headers !== undefined)
        return { value: ownValue(headers, dimension.slice('header:'.length)) }
      return undefined
    },
    universe: arrivingUniverse(pathNormalization),
  }
}

/** All of a request that can decide: not how often it was made, and of its query only the parameters that are asked for. */
function keyOf(
  { count: _count, path: _path, ...rest }: TrafficRequest,
  path: string,
  parameters: readonly (string | undefined)[],
): string {
  return JSON.stringify([path, parameters, rest])
}

function queryOf(query: string): ReadonlyMap<string, string> {
  if (query === '') return new Map()
  const pairs = query
    .split('#')[0]
    ?.split('&')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    })
  return new Map(pairs?.toReversed())
}

/** The parameters that decide about some change: of all others the values do not matter. */
export function parametersAsked(changes: readonly RouteChange[]): readonly string[] {
  const dimensions = changes.flatMap(({ requests }) => requests.boxes.flatMap((box) => [...box.keys()]))
  const names = dimensions
    .filter((each) => each.startsWith('query:'))
    .map((each) => each.slice('query:'.length))
  return [...new Set(names)].toSorted()
}
