import { identityOf } from '../../manifest/names.ts'
import { unowned } from '../../ownership/team.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf, pathOf } from '../../terms/code.ts'
import { say, words } from '../../words/phrase.ts'
import type { Rule } from '../rule.ts'

/** Without an owner nobody can agree to a change of its routes but the administrators. */
export const unownedVirtualService: Rule = {
  id: 'unowned-virtual-service',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'No CODEOWNERS line decides the file of a VirtualService.',
  *check(side, { ownership }) {
    if (!ownership.known) return
    for (const mesh of side.meshes) {
      for (const resource of mesh.virtualServices) {
        if (ownership.teamOf(resource).key !== unowned.key) continue
        const { path } = resource.file
        yield {
          code: 'unowned-virtual-service',
          clause: say`Nobody owns ${nameOf(resource)}: no line of ${code(ownership.source ?? 'CODEOWNERS')} gives ${pathOf(path)} to anyone`,
          range: rangeOf(resource, 'name'),
          because: [
            { clause: words('Changes to it, or to its requests, are asked of the mesh administrators') },
          ],
          todo: say`Add a line for ${pathOf(`/${path}`)} to ${code(ownership.source ?? 'CODEOWNERS')}`,
          resource: identityOf(resource),
          mesh: mesh.name,
          fingerprint: 'unowned',
        }
      }
    }
  },
}
