import type { Finding } from '../rules/rule.ts'
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
  const substance = reason.substance ?? [reason.path, reason.range?.file.path, reason.text]
  return JSON.stringify(['requirement', requirement.team.key, reason.kind, substance])
}

/** The same for a finding that blocks: an override covers only those that the check had listed by then. */
export function factOfFinding({ rule, mesh, resource, fingerprint }: Finding): string {
  return JSON.stringify(['finding', rule, mesh, resource, fingerprint])
}
