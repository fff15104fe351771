import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { isPrimary, isSecondary } from '../../routing/delegation-graph.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { nameOf } from '../../terms/code.ts'
import { type Phrase, say, words } from '../../words/phrase.ts'
import type { RuleCode } from '../finding-code.ts'
import type { Fault, Rule } from '../rule.ts'

/** Hosts alone make the difference: without them the same object is no longer served by itself, with them no longer found. */
export const changedRole: Rule = {
  id: 'changed-role',
  severity: 'info',
  effect: 'report',
  configurable: true,
  summary: 'A VirtualService becomes a secondary, or stops being one, because its hosts go or come.',
  *check(side, { base, merged }) {
    if (side !== merged) return
    for (const mesh of merged.meshes) {
      const before = base.meshes.find(({ name }) => name === mesh.name)
      const known = Map.groupBy(before?.virtualServices ?? [], identityOf)
      for (const resource of mesh.virtualServices) {
        // Several objects of one name may have been of either role.
        const namesakes = known.get(identityOf(resource)) ?? []
        const [old] = namesakes
        if (old === undefined || namesakes.some((each) => isSecondary(each) === isSecondary(resource)))
          continue
        if (!isTarget(resource, mesh)) yield explain(old, resource, mesh)
      }
    }
  },
}

/** Where a delegate still names it, `secondary-with-hosts` says more. */
function isTarget(resource: VirtualService, mesh: Mesh): boolean {
  return mesh.graph.edges.some((edge) => edge.state === 'has-hosts' && edge.secondary === resource)
}

function explain(before: VirtualService, after: VirtualService, mesh: Mesh): Fault {
  const [from, to] = [roleOf(before), roleOf(after)]
  return {
    code: codeOf(after),
    clause: say`${nameOf(after)} is ${roles[from]} today and would be ${roles[to]}: ${meaning(after)}`,
    range: isSecondary(after) ? rangeOf(after, 'name') : rangeOf(after.spec, 'hosts'),
    because: [
      {
        clause: words('A VirtualService without hosts is a secondary'),
        rest: words('; nothing else makes it one'),
      },
    ],
    todo: isSecondary(after)
      ? words('If that is not meant, put the hosts back')
      : words('If that is not meant, take the hosts out'),
    resource: identityOf(after),
    mesh: mesh.name,
    fingerprint: canonicalJson([from, to]),
  }
}

function codeOf(after: VirtualService): RuleCode {
  return isSecondary(after) ? 'changed-role.to-secondary' : 'changed-role.from-secondary'
}

const roles = {
  secondary: words('a secondary'),
  primary: words('a primary'),
  alone: words('a VirtualService of its own'),
} as const

function roleOf(resource: VirtualService): keyof typeof roles {
  if (isSecondary(resource)) return 'secondary'
  return isPrimary(resource) ? 'primary' : 'alone'
}

function meaning(resource: VirtualService): Phrase {
  return isSecondary(resource)
    ? words('only a delegate can reach its routes')
    : words('it serves its hosts by itself, and no delegate finds it')
}
