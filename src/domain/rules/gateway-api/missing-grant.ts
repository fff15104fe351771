import { code } from '../../terms/code.ts'
import { quoted, say } from '../../words/phrase.ts'
import type { Rule } from '../rule.ts'
import { aboutBackend, unreachedIn } from './unreached-backend.ts'

/** A backend of another namespace needs a ReferenceGrant there; without one its share of the requests is answered with 500. */
export const missingGrant: Rule = {
  id: 'missing-grant',
  severity: 'error',
  effect: 'report',
  configurable: true,
  summary: 'A backend in another namespace that no ReferenceGrant there lets the HTTPRoute use: 500.',
  *check(side) {
    for (const { mesh, unreached } of unreachedIn(side, ['no-grant'])) {
      const { route, name } = unreached
      yield {
        ...aboutBackend(unreached, mesh),
        code: 'missing-grant',
        clause: say`No ReferenceGrant here lets ${route.kind} ${code(route.name)} use the Service ${code(name)} of another namespace`,
        rest: say`: its share of the requests gets 500`,
        todo: say`Add a ${quoted('ReferenceGrant')} for ${route.kind} in ${code(route.namespace ?? '?')} to the namespace of the Service`,
      }
    }
  },
}
