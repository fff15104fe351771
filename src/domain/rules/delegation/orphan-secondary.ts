import { identityOf, mayBeIdentity } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Rule } from '../rule.ts'

/** Nobody here delegates to it: what a change in it does cannot be seen from here. */
export const orphanSecondary: Rule = {
  id: 'orphan-secondary',
  severity: 'info',
  effect: 'report',
  configurable: true,
  summary: 'A secondary to which nobody here delegates: a change in it has no effect known here.',
  *check(side) {
    for (const mesh of side.meshes) {
      const targets = new Set<string>(mesh.graph.edges.map((edge) => edge.target))
      for (const secondary of mesh.graph.secondaries) {
        const own = identityOf(secondary)
        if (targets.has(own) || [...targets].some((target) => mayBeIdentity(target, own))) continue
        yield {
          code: 'orphan-secondary',
          clause: say`Nobody here delegates to ${nameOf(secondary)}: a change in it has no effect known here`,
          range: rangeOf(secondary, 'name'),
          because: [
            note(
              words(
                'Without hosts a VirtualService is reached by a delegate alone, which may live in another repository',
              ),
            ),
          ],
          todo: say`Have a primary delegate to ${identityOrName(secondary)}, or remove it if it is left over`,
          resource: identityOf(secondary),
          mesh: mesh.name,
          fingerprint: 'orphan',
        }
      }
    }
  },
}

function identityOrName(secondary: VirtualService): Phrase {
  return code(secondary.namespace === undefined ? secondary.name : identityOf(secondary))
}
