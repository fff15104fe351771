import { hostPattern } from '../../manifest/names.ts'
import { outerOf } from '../../manifest/placeholders/filled-in-under.ts'
import {
  isUnknown,
  isUnknownValue,
  patternOf,
  patternsMeet,
} from '../../manifest/placeholders/placeholders.ts'
import type { HTTPMatchRequest, StringMatch, VirtualService } from '../../manifest/virtual-service.ts'
import { allMatchFields } from '../../match/fields/match-fields.ts'
import { isFilledIn } from '../../match/fields/string-conflict.ts'
import { rangeOf } from '../../source/located.ts'
import type { EffectiveRoute, RouteTable } from '../route-table.ts'
import type { Explanation, Skipped } from './explanation.ts'

/** Whether a host with placeholders may come out as a name, or as a wildcard that takes it. */
export function mayTakeName(host: string, name: string): boolean {
  return isUnknown(host) && patternsMeet(hostPattern(host), [name])
}

/** A match without the conditions whose values another tool fills in; undefined where it has none of those. */
export function withoutUnknown(match: HTTPMatchRequest): HTTPMatchRequest | undefined {
  const known = allMatchFields.flatMap(([name, field]) => {
    const wanted = field.wanted(match)
    const kept = wanted.filter(
      ([key, value]) => typeof value === 'string' || !(isUnknownValue(key) || isFilledIn(value)),
    )
    if (kept.length === wanted.length) return []
    return [[name, field.merge === 'union' ? Object.fromEntries(kept) : undefined] as const]
  })
  return known.length === 0 ? undefined : { ...match, ...Object.fromEntries(known) }
}

/** Whether a path may be taken, once a uri is filled in. */
export function mayTakePath(uri: StringMatch, path: string): boolean {
  const outer = outerOf(uri)
  return mayTakeOwnPath(uri, path) && (outer === undefined || mayTakeOwnPath(outer, path))
}

function mayTakeOwnPath({ exact, prefix }: StringMatch, path: string): boolean {
  if (exact !== undefined) return patternsMeet(patternOf(exact), [path])
  return prefix === undefined || patternsMeet([...patternOf(prefix), ''], [path])
}

type Answer = Omit<Explanation, 'mesh' | 'gateway'>

/**
 * An answer and what might be answered instead, once values are filled in: by a route that was passed over, or by tables
 * whose host may come out as the one that is asked for. Where these differ nobody knows which it will be.
 */
export function withUnknown(answer: Answer, beside: readonly Answer[]): Answer {
  const perhaps = [answer, ...beside].flatMap(({ skipped }) => skipped.flatMap((each) => each.perhaps ?? []))
  const possible = distinct([...[answer, ...beside].flatMap(answersOf), ...perhaps])
  if (perhaps.length + beside.length === 0 || possible.length < 2) return answer
  const { host, skipped } = answer
  return {
    ...(host !== undefined && { host }),
    outcome: 'contested',
    possible,
    contestedBy: 'filled-in',
    skipped,
  }
}

/** An answer, and what might be answered instead if the host is a service: where these differ nobody knows which it will be. */
export function withService(answer: Answer, ifService: Answer): Answer {
  const possible = distinct([ifService, answer].flatMap(answersOf))
  const { host = ifService.host } = answer
  const skipped = [...ifService.skipped, ...answer.skipped]
  const isNotFound = ({ outcome }: Answer) => outcome === 'no-route'
  if (possible.length < 2 && isNotFound(ifService) === isNotFound(answer)) return { ...answer, skipped }
  return {
    ...(host !== undefined && { host }),
    outcome: 'contested',
    possible,
    contestedBy: 'perhaps-service',
    skipped,
  }
}

/** An answer, and what is answered if the servers are dropped that are not taken to be. */
export function withOtherServers(answer: Answer, otherwise: Answer): Answer {
  const possible = distinct([answer, otherwise].flatMap(answersOf))
  if (possible.length < 2) return answer
  const { host = otherwise.host } = answer
  const skipped = [...answer.skipped, ...otherwise.skipped]
  return {
    ...(host !== undefined && { host }),
    outcome: 'contested',
    possible,
    contestedBy: 'server-order',
    skipped,
  }
}

function answersOf({ route, possible }: Answer): readonly (EffectiveRoute | 'no-route')[] {
  return possible ?? [route ?? 'no-route']
}

function distinct(all: readonly (EffectiveRoute | 'no-route')[]): readonly (EffectiveRoute | 'no-route')[] {
  const keyOf = (each: EffectiveRoute | 'no-route') => (each === 'no-route' ? '' : each.outcome.key)
  const byKey = new Map<string, EffectiveRoute | 'no-route'>()
  for (const each of all) if (!byKey.has(keyOf(each))) byKey.set(keyOf(each), each)
  return [...byKey.values()]
}

/** Says of each VirtualService of such a table that its host is not known. */
export function unknownHosts({ host, contributions }: RouteTable): readonly Skipped[] {
  return contributions.map(({ virtualService }) => {
    const range = hostsOf(virtualService)
    const because = `hosts: ${host} is filled in by another tool, and may come out as this host`
    return { ...(range && { range }), because }
  })
}

function hostsOf(virtualService: VirtualService) {
  return rangeOf(virtualService.spec, 'hosts') ?? rangeOf(virtualService)
}
