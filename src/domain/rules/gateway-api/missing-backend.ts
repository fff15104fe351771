import type { Unreached } from '../../gateway-api/rules.ts'
import { code } from '../../terms/code.ts'
import { say } from '../../words/phrase.ts'
import type { Fault, Rule } from '../rule.ts'
import { aboutBackend, unreachedIn } from './unreached-backend.ts'

/** Requests for a backend that is not there are answered with 500, and no status of the route says so in time. */
export const missingBackend: Rule = {
  id: 'missing-backend',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'A rule of an HTTPRoute leads to a Service that is not here, or nowhere at all: 500.',
  *check(side) {
    for (const { mesh, unreached } of unreachedIn(side, ['missing', 'other-kind', 'no-backend']))
      yield { ...aboutBackend(unreached, mesh), ...said(unreached) }
  },
}

function said({ why, name, route }: Unreached): Pick<Fault, 'code' | 'clause' | 'rest' | 'todo'> {
  const { kind } = route
  if (why === 'no-backend')
    return {
      code: 'missing-backend',
      clause: say`A rule of ${kind} ${code(route.name)} leads nowhere`,
      rest: say`: all its requests get 500`,
      todo: say`Give it a backend with a weight, or a redirect`,
    }
  if (why === 'other-kind')
    return {
      code: 'missing-backend.kind',
      clause: say`The backend ${code(name)} of ${kind} ${code(route.name)} is of a kind that Istio leads to nowhere`,
      rest: say`: its share of the requests gets 500`,
      todo: say`Name a Service`,
    }
  return {
    code: 'missing-backend',
    clause: say`The Service ${code(name)} of ${kind} ${code(route.name)} is not among those that are here`,
    rest: say`; if nobody else delivers it, its share of the requests gets 500`,
    todo: say`Correct the name, or keep the Service in this repository`,
  }
}
