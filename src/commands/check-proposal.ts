import { assess } from '../domain/assess.ts'
import { sharedApprovers } from '../domain/policy/consent/shared-approvers.ts'
import { decide, ownersConcerned } from '../domain/policy/decide.ts'
import type { Assessment } from '../domain/policy/judgement.ts'
import type { WayOut } from '../domain/ways-out/way-out.ts'
import { waysOut } from '../domain/ways-out/ways-out.ts'
import type { PullRequest } from '../ports.ts'
import type { Members } from './members.ts'
import type { LocalProposal } from './proposal.ts'

/** What is printed; the ways out are tried only for a form that tells them. */
export interface Checked {
  readonly assessment: Assessment
  readonly pull: PullRequest
  readonly ways: () => readonly WayOut[]
}

/** Judges a proposal of this machine as the App would on this day (`YYYY-MM-DD`). */
export function checkProposal(
  { proposal, pull, people }: LocalProposal,
  members: Members,
  today: string,
): Checked {
  const dated = { ...proposal, today }
  const judgement = assess(dated)
  const decided = decide(judgement, people(ownersConcerned(judgement)), pull.head)
  const assessment = { ...decided, sharedApprovers: sharedApprovers(decided, members.of) }
  return { assessment, pull, ways: () => waysOut(dated, judgement) }
}
