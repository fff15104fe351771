import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { isPrimary, isSecondary } from '../routing/delegation-graph.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { rangeOf } from '../source/located.ts'
import { nameOf } from '../wording/code.ts'
import { guessed, told } from '../words/told.ts'
import type { Fault, Rule } from './rule.ts'

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
  const range = isSecondary(after) ? rangeOf(after, 'name') : rangeOf(after.spec, 'hosts')
  const [from, to] = [roleOf(before), roleOf(after)]
  return {
    ...told(`${nameOf(after)} is ${from} today and would be ${to}: ${meaning(after)}.`),
    ...(range && { range }),
    because: [{ ...told('A VirtualService without hosts is a secondary; nothing else makes it one.') }],
    todo: guessed(
      isSecondary(after)
        ? 'If that is not meant, put the hosts back.'
        : 'If that is not meant, take the hosts out.',
    ),
    resource: identityOf(after),
    mesh: mesh.name,
    fingerprint: `${from} ${to}`,
  }
}

function roleOf(resource: VirtualService): string {
  if (isSecondary(resource)) return 'a secondary'
  return isPrimary(resource) ? 'a primary' : 'a VirtualService of its own'
}

function meaning(resource: VirtualService): string {
  return isSecondary(resource)
    ? 'only a delegate can reach its routes'
    : 'it serves its hosts by itself, and no delegate finds it'
}
