import { budgets } from '../../budgets.ts'
import { identityOf, mayBeIdentity } from '../../manifest/names.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { pairCopies } from '../../routing/copies/pair-copies.ts'
import { type Binding, isSecondary } from '../../routing/delegation-graph.ts'
import type { Mesh } from '../../routing/snapshot.ts'

/** One way in which placeholders of both sides may be filled in: the delegate `target` is this secondary. */
export interface PerhapsBound {
  readonly base: Binding
  readonly merged: Binding
}

/**
 * The secondaries that say something else than before, each with the delegates that nothing here is known to answer, and whose names
 * placeholders, its own or theirs, can make its own.
 */
export function perhapsBound(base: Mesh, merged: Mesh): readonly PerhapsBound[] {
  const open = [base, merged].flatMap(({ graph }) =>
    graph.edges.flatMap(({ state, target }) => (state === 'external' ? [target] : [])),
  )
  if (open.length === 0) return []
  const pairs = pairsByName(base, merged).filter(
    ({ before, after }) => normalForm(before) !== normalForm(after),
  )
  return [...new Set(open)]
    .flatMap((target) =>
      pairs
        .filter(({ after }) => mayAnswer(after, target))
        .map(({ before, after }) => ({
          base: { target, secondary: before },
          merged: { target, secondary: after },
        })),
    )
    .slice(0, budgets.boundSecondaries.size)
}

function mayAnswer(secondary: VirtualService, target: string): boolean {
  const name = identityOf(secondary)
  return (isUnknown(name) || isUnknown(target)) && mayBeIdentity(name, target)
}

interface Edited {
  readonly before: VirtualService
  readonly after: VirtualService
}

function pairsByName(base: Mesh, merged: Mesh): readonly Edited[] {
  const inForce = ({ inForce: { virtualServices } }: Mesh) => virtualServices.filter(isSecondary)
  const before = Map.groupBy(inForce(base), (each) => identityOf(each) as string)
  const after = Map.groupBy(inForce(merged), (each) => identityOf(each) as string)
  return [...before].flatMap(([name, copies]) =>
    pairCopies(copies, after.get(name) ?? []).flatMap((pair) =>
      pair.before && pair.after ? [{ before: pair.before, after: pair.after }] : [],
    ),
  )
}
