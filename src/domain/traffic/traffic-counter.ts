import { budgets } from '../budgets.ts'
import type { RouteChange } from '../diff/route-change.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { detached } from './detached.ts'
import { type Fate, fateOfRequests } from './fate-of-request.ts'
import { maskedHost, maskedPath } from './masked.ts'
import type { Compared } from './served-hosts.ts'
import type { TrafficRequest } from './traffic-request.ts'

/** Requests that were made, by whether they would certainly be treated differently, or only perhaps. */
export interface TrafficCount {
  readonly certain: number
  readonly perhaps: number
}

/** One request that was made often, as it may be shown. */
export interface TrafficWitness {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly count: number
  readonly certain: boolean
}

/** The requests that the same changes meet. */
export interface TrafficGroup extends TrafficCount {
  readonly changes: readonly RouteChange[]
  /** The most frequent, the first one first. */
  readonly witnesses: readonly TrafficWitness[]
}

/** What would become of the requests that were counted. */
export interface CountedTraffic {
  readonly requests: number
  readonly different: TrafficCount
  /** Those of most requests first. */
  readonly groups: readonly TrafficGroup[]
  /** There were more different requests than examples are kept of: of the others none is shown, and all are counted. */
  readonly folded: boolean
}

export interface TrafficCounter {
  add(request: TrafficRequest): void
  counted(): CountedTraffic
}

interface Group {
  readonly changes: readonly RouteChange[]
  certain: number
  perhaps: number
  readonly seen: Map<string, Seen>
}

interface Seen extends Omit<TrafficWitness, 'count'> {
  count: number
}

interface Tally {
  requests: number
  certain: number
  perhaps: number
  folded: boolean
  readonly groups: Map<string, Group>
}

/** Counts requests by the changes that meet them. What it holds does not grow with what it counts. */
export function trafficCounter(comparison: Compared): TrafficCounter {
  const fateOf = fateOfRequests(comparison)
  const tally: Tally = { requests: 0, certain: 0, perhaps: 0, folded: false, groups: new Map() }
  return {
    add(request) {
      tally.requests += request.count
      const fate = fateOf(request)
      if (fate === undefined) return
      const key = fate.changes.map((change) => comparison.changes.indexOf(change)).join()
      const group = tally.groups.get(key) ?? {
        changes: fate.changes,
        certain: 0,
        perhaps: 0,
        seen: new Map(),
      }
      tally.groups.set(key, group)
      tally[fate.met] += request.count
      group[fate.met] += request.count
      note(request, fate.met, group, tally)
    },
    counted: () => result(tally),
  }
}

/** What is shown is masked before it is kept. */
function note(request: TrafficRequest, met: Fate['met'], { seen }: Group, tally: Tally): void {
  const { method, count } = request
  const [host, path] = [maskedHost(request.authority), maskedPath(request.path)]
  const key = `${met} ${method} ${host} ${path}`
  const known = seen.get(key)
  if (known !== undefined) known.count += count
  else if (seen.size < budgets.trafficWitnesses.size)
    seen.set(key, detached({ method, host, path, certain: met === 'certain', count }))
  else tally.folded = true
}

function result({ requests, certain, perhaps, folded, groups }: Tally): CountedTraffic {
  const all = [...groups.values()].map(({ changes, seen, ...count }) => ({
    changes,
    certain: count.certain,
    perhaps: count.perhaps,
    witnesses: [...seen.values()].toSorted(mostFirst).slice(0, budgets.shownWitnesses.size),
  }))
  const sum = (group: TrafficCount) => group.certain + group.perhaps
  return {
    requests,
    different: { certain, perhaps },
    groups: all.toSorted((a, b) => sum(b) - sum(a)),
    folded,
  }
}

function mostFirst(a: Seen, b: Seen): number {
  return b.count - a.count || compareTexts(`${a.host}${a.path} ${a.method}`, `${b.host}${b.path} ${b.method}`)
}
