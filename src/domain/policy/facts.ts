import type { RouteChange } from '../diff/route-change.ts'
import { keyOfBox } from '../match/box.ts'
import type { Finding } from '../rules/rule.ts'
import { plainOf } from '../words/phrase.ts'
import { wholeOf } from '../words/sentence.ts'
import type { Reason, Requirement } from './decision.ts'

/**
 * Everything that somebody must have seen before agreeing to a requirement, one text per reason; equal only for the
 * same team and the same thing. A check that lists the requirement should keep these (or a cryptographic digest of
 * each), so that later evaluations know what an older approval covered. Long, and built from hostile names.
 */
export function factsOf(requirement: Requirement): readonly string[] {
  return requirement.because.map((reason) => factOf(requirement, reason))
}

function factOf(requirement: Requirement, reason: Reason): string {
  const { change } = reason
  const substance =
    reason.substance ?? (change ? substanceOf(change) : [reason.path, plainOf(wholeOf(reason))])
  return JSON.stringify(['requirement', requirement.team.key, reason.kind, substance])
}

/** The requests, and how they are treated on both sides; not by what the reader is told, which is only an example. */
function substanceOf(change: RouteChange): readonly unknown[] {
  const { mesh, gateway, host, ports, kind, spill, certain, before, after, requests } = change
  const outcomes = [before?.outcome.key ?? null, after?.outcome.key ?? null]
  return [
    mesh,
    gateway,
    host,
    ports ?? null,
    kind,
    spill,
    certain,
    outcomes,
    requests.boxes.map(keyOfBox).sort(),
  ]
}

/** The same for a finding that blocks: an override covers only those that the check had listed by then. */
export function factOfFinding({ rule, mesh, resource, fingerprint }: Finding): string {
  return JSON.stringify(['finding', rule, mesh, resource, fingerprint])
}
