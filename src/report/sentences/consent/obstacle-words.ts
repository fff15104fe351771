import { teamNamed } from '../../../domain/ownership/team.ts'
import type { Obstacle } from '../../../domain/policy/consent/obstacle.ts'
import type { Requirement } from '../../../domain/policy/decision.ts'
import { assertNever } from '../../../domain/source/assert-never.ts'
import {
  bareText,
  listed,
  ownerNamed,
  type Phrase,
  quoted,
  say,
  words,
} from '../../../domain/words/phrase.ts'
import { ended } from '../../../domain/words/sentence.ts'

/** What keeps a requirement from being settled, as a clause: without a full stop, names as they are. */
export function obstacleWords(obstacle: Obstacle, { team }: Requirement): Phrase {
  switch (obstacle.kind) {
    case 'owners-only':
      return say`Only ${teamNamed(team)} may make this change`
    case 'two-voices':
      return say`Two administrators must agree, since one speaks for all the teams that are only told${agreed(obstacle.given)}`
    case 'objection':
      return say`${obstacle.by} asked for changes`
    case 'objection-perhaps':
      return say`${obstacle.by} asked for changes and may be an owner: one of them cannot be resolved`
    case 'pushers-unknown':
      return words('Who pushed the commits is not known, so authorship does not count')
    case 'pushed-by-others':
      return say`${listed(obstacle.by.map(words))} pushed to this branch without being in ${teamNamed(team)}, so authorship does not count`
    case 'unresolvable-owner':
      return obstacle.file === undefined
        ? say`${ownerNamed(obstacle.owner)} cannot be looked up, so nobody can approve`
        : say`${ownerNamed(obstacle.owner)} is not in ${quoted(obstacle.file)}, so nobody can approve for it`
    case 'is-bot':
      return say`${obstacle.by} is a bot`
    case 'is-author':
      return say`${obstacle.by} is the author`
    case 'pushed-last':
      return say`${obstacle.by} pushed last`
    case 'no-write-access':
      return say`${obstacle.by} has no write access`
    case 'before-retarget':
      return say`${obstacle.by} approved before the base branch was changed`
    case 'older-commit':
      return say`${obstacle.by} approved an older commit`
    case 'older-commit-unknown':
      return say`${obstacle.by} approved an older commit, and what was listed then is not known`
    case 'before-listed':
      return say`${obstacle.by} approved before all of this was listed`
    default:
      return assertNever(obstacle)
  }
}

function agreed(given: readonly string[]): Phrase {
  return given.length === 0 ? [] : say`; ${listed(given.map(words))} has agreed, one more is needed`
}

/** Everything that stands in the way in sentences; undefined where nothing does. */
export function obstacleSentences(requirement: Requirement): string | undefined {
  return requirement.obstacles?.map((each) => bareText(ended(obstacleWords(each, requirement)))).join(' ')
}
