import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../../manifest/names.ts'
import { rangeOf } from '../../source/located.ts'
import { code } from '../../terms/code.ts'
import { say } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Rule } from '../rule.ts'

/** A route that no listener takes serves nothing, and nothing but its status says so. */
export const unattachedRoute: Rule = {
  id: 'unattached-route',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'An HTTPRoute that no listener of its parents takes.',
  *check(side) {
    for (const { name, gatewayApi } of side.meshes) {
      for (const route of gatewayApi?.unattached ?? []) {
        const { kind, decoded } = route
        const parents = (decoded.parentRefs ?? []).map(({ namespace = route.namespace, name: parent = '' }) =>
          identityOf({ namespace, name: parent }),
        )
        yield {
          code: 'unattached-route',
          clause: say`No listener takes ${kind} ${code(route.name)}`,
          rest: say`: it serves no request`,
          range: rangeOf(decoded, 'parentRefs') ?? rangeOf(route),
          because: [
            note(
              say`A listener takes routes of the namespaces, kinds and hosts that it allows, and leaves a host to the listener beside it that names it more closely`,
            ),
          ],
          todo: say`Let the listener allow its namespace, or correct the parent, the section or the hostnames`,
          resource: identityOf(route),
          kind: fullKind(route),
          mesh: name,
          fingerprint: canonicalJson(parents.toSorted()),
        }
      }
    }
  },
}
