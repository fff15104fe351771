import type { DroppedRoute } from '../../gateway-api/rules.ts'
import { originOf, rulesOf } from '../../gateway-api/rules.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../../manifest/names.ts'
import { rangeOf } from '../../source/located.ts'
import { code } from '../../terms/code.ts'
import { type Phrase, say } from '../../words/phrase.ts'
import type { Fault, Rule } from '../rule.ts'

/** One rule that Istio cannot convert takes the whole route with it: all rules, at all parents. */
export const droppedHttpRoute: Rule = {
  id: 'dropped-http-route',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A filter or a backend for which Istio takes nothing of the whole HTTPRoute.',
  *check(side) {
    for (const { name, gatewayApi } of side.meshes)
      for (const dropped of gatewayApi?.dropped ?? []) yield explain(dropped, name)
  },
}

function explain(dropped: DroppedRoute, mesh: string): Fault {
  const { route, rule, why, of } = dropped
  const written = rulesOf(route)[rule]
  return {
    code: 'dropped-http-route',
    clause: say`Istio takes nothing of ${route.kind} ${code(route.name)}: ${clauses[why](of)}`,
    rest: say`; whoever else has its requests answers them, or nobody`,
    range: written === undefined ? rangeOf(route) : rangeOf(originOf(written, route)),
    todo: say`Take it out, or give it a route of its own`,
    resource: identityOf(route),
    kind: fullKind(route),
    mesh,
    fingerprint: canonicalJson([why, of]),
  }
}

const clauses: Readonly<Record<DroppedRoute['why'], (of: string) => Phrase>> = {
  filter: (of) => say`it has no filter of the type ${code(of)}`,
  'backend-filter': (of) => say`a filter of the type ${code(of)} may not stand at a backend`,
  backend: (of) => say`the backend ${code(of)} has no port, or a dot in the name of its Service`,
}
