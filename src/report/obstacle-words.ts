import { enumerateWords } from '../domain/language/enumerate-words.ts'
import type { Obstacle } from '../domain/policy/consent/obstacle.ts'
import type { Requirement } from '../domain/policy/decision.ts'
import { assertNever } from '../domain/source/assert-never.ts'

/** What keeps a requirement from being settled, as a clause: without a full stop, names as they are. */
export function obstacleWords(obstacle: Obstacle, { team }: Requirement): string {
  switch (obstacle.kind) {
    case 'owners-only':
      return `Only ${team.label} may make this change`
    case 'two-voices':
      return `Two administrators must agree, since one speaks for all the teams that are only told${agreed(obstacle.given)}`
    case 'objection':
      return `${obstacle.by} asked for changes`
    case 'objection-perhaps':
      return `${obstacle.by} asked for changes and may be an owner: one of them cannot be resolved`
    case 'pushers-unknown':
      return 'Who pushed the commits is not known, so authorship does not count'
    case 'pushed-by-others':
      return `${enumerateWords(obstacle.by, 'and')} pushed to this branch without being in ${team.label}, so authorship does not count`
    case 'unresolvable-owner':
      return `${obstacle.owner} cannot be resolved and speaks for nobody`
    case 'is-bot':
      return `${obstacle.by} is a bot`
    case 'is-author':
      return `${obstacle.by} is the author`
    case 'pushed-last':
      return `${obstacle.by} pushed last`
    case 'no-write-access':
      return `${obstacle.by} has no write access`
    case 'before-retarget':
      return `${obstacle.by} approved before the base branch was changed`
    case 'older-commit':
      return `${obstacle.by} approved an older commit`
    case 'older-commit-unknown':
      return `${obstacle.by} approved an older commit, and what was listed then is not known`
    case 'before-listed':
      return `${obstacle.by} approved before all of this was listed`
    default:
      return assertNever(obstacle)
  }
}

function agreed(given: readonly string[]): string {
  return given.length === 0 ? '' : `; ${enumerateWords(given, 'and')} has agreed, one more is needed`
}

/** Everything that stands in the way in sentences; undefined where nothing does. */
export function obstacleSentences(requirement: Requirement): string | undefined {
  return requirement.obstacles?.map((each) => `${obstacleWords(each, requirement)}.`).join(' ')
}
