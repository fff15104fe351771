import { ownersToResolve } from '../../../domain/policy/administrators.ts'
import type { Obstacle } from '../../../domain/policy/consent/obstacle.ts'
import type { Requirement } from '../../../domain/policy/decision.ts'

/**
 * Whether approving reviews alone do not settle it: somebody has to withdraw an objection, another has to make the change,
 * or nobody can say who any of the owners are. Anything else only says why what there is does not count.
 */
export function isBarring(obstacle: Obstacle, { team, obstacles = [] }: Requirement): boolean {
  switch (obstacle.kind) {
    case 'owners-only':
    case 'objection':
    case 'objection-perhaps':
      return true
    case 'unresolvable-owner': {
      const unknown = obstacles.flatMap((each) => (each.kind === 'unresolvable-owner' ? each.owner : []))
      return ownersToResolve(team).every((owner) => unknown.includes(owner))
    }
    default:
      return false
  }
}
