import { budgets } from '../budgets.ts'
import { isTextMap } from '../manifest/json.ts'
import { headersByName } from '../match/headers-by-name.ts'
import type { TrafficLine, TrafficRequest } from './traffic-request.ts'

/**
 * One line of Envoy's access log, in Istio's default text (or Envoy's own) or in JSON with the names of Istio's default, or of requests
 * with counts. Never throws.
 */
export function trafficLine(line: string): TrafficLine {
  if (line.length > budgets.trafficLine.size) return 'unreadable'
  const text = line.trim().replace(/^\S+ (?:stdout|stderr) [FP] /, '')
  return text.startsWith('{') ? jsonLine(text) : textLine(text)
}

/** The request line; `-` stands for what there is none of, a connection of TCP for one. */
const head = /^\[[^\]]*\] "(?<method>[^"\s]+) (?<path>[^"\s]+) (?<protocol>[^"\s]+)" /

/** Authority and upstream host are the last that stand in quotes. What a client writes cannot come behind them. */
const tail =
  /"(?<authority>[^"\s]*)" "[^"\s]*"(?: (?<cluster>[^"\s]+) [^"\s]+ [^"\s]+ [^"\s]+ (?<sni>[^"\s]+)(?: [^"]*)?)?$/

function textLine(text: string): TrafficLine {
  const [first, last] = [head.exec(text)?.groups, tail.exec(text)?.groups]
  if (first === undefined || last === undefined) return 'unreadable'
  const { authority = '', cluster = '', sni } = last
  return requestOf({ method: first['method'], path: first['path'], authority, cluster, sni, count: 1 })
}

/** One of these is in each line by the names of Istio, even where it was set up to leave out what is empty. */
const named = ['method', 'path', 'upstream_cluster', 'requested_server_name']

function jsonLine(text: string): TrafficLine {
  const value = parsed(text)
  if (value === undefined) return 'unreadable'
  const { method, path, authority, upstream_cluster: cluster, requested_server_name: sni, count = 1 } = value
  const more = asked(value)
  return more === undefined || !named.some((name) => Object.hasOwn(value, name))
    ? 'unreadable'
    : requestOf({ method, path, authority, cluster, sni, count, ...more })
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** What a line of requests with counts may hold besides; nothing where something of it is of a wrong type. */
function asked(value: Readonly<Record<string, unknown>>): Partial<TrafficRequest> | undefined {
  const { scheme, port, gateway, mesh, headers } = value
  const texts = [scheme, gateway, mesh].every((each) => each === undefined || typeof each === 'string')
  const isPort = port === undefined || (typeof port === 'number' && Number.isInteger(port))
  if (!texts || !isPort || (headers !== undefined && !isTextMap(headers))) return undefined
  return {
    ...(typeof scheme === 'string' && { scheme }),
    ...(typeof port === 'number' && { port }),
    ...(typeof gateway === 'string' && { gateway }),
    ...(typeof mesh === 'string' && { mesh }),
    ...(isTextMap(headers) && { headers: headersByName(headers) }),
  }
}

interface Read extends Partial<Omit<TrafficRequest, 'method' | 'path' | 'authority' | 'count' | 'sni'>> {
  readonly method: unknown
  readonly path: unknown
  readonly authority: unknown
  readonly cluster: unknown
  readonly sni: unknown
  readonly count: unknown
}

function requestOf({ method, path, authority, cluster, sni, count, ...more }: Read): TrafficLine {
  if (isNothing(method) && isNothing(path)) return 'other'
  if (typeof method !== 'string' || typeof path !== 'string' || !isCount(count)) return 'unreadable'
  // What comes in at a sidecar was routed before; a request for a tunnel has no path.
  if ((typeof cluster === 'string' && cluster.startsWith('inbound|')) || method === 'CONNECT') return 'other'
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method) || !path.startsWith('/')) return 'unreadable'
  if (!isNothing(authority) && typeof authority !== 'string') return 'unreadable'
  const name = typeof authority === 'string' && authority !== '-' ? authority : ''
  return {
    method,
    path,
    authority: name.toLowerCase().replace(/:[0-9]+$/, ''),
    count,
    ...(typeof sni === 'string' && sni !== '-' && sni !== '' && { sni: sni.toLowerCase() }),
    ...more,
  }
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '-'
}

function isCount(count: unknown): count is number {
  return (
    typeof count === 'number' &&
    Number.isSafeInteger(count) &&
    count > 0 &&
    count <= budgets.trafficCount.size
  )
}
