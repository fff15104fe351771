import { identityOf } from '../manifest/names.ts'
import type { HTTPMatchRequest, VirtualService } from '../manifest/virtual-service.ts'
import type { Judgement } from '../policy/judgement.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import { type Dropped, droppedEntries, fingerprintOf } from '../rules/delegation/dropped/dropped-entries.ts'
import { droppedEntry } from '../rules/delegation/dropped-entry.ts'
import { onBase } from './both-sides.ts'

/** An entry that Istio drops because of what is proposed, under the first of its delegates. */
export interface BlockingDrop extends Dropped {
  readonly edge: DelegateEdge
  /** The matches that no match of the delegate goes together with; never none. */
  readonly bad: readonly HTTPMatchRequest[]
  readonly base?: VirtualService
  readonly basePrimary?: VirtualService
}

/** The entries behind the findings of `dropped-entry` that block. */
export function blockingDrops(judgement: Judgement): readonly BlockingDrop[] {
  const blocking = judgement.findings.filter(
    ({ rule, status, effect }) => rule === droppedEntry.id && status === 'introduced' && effect === 'block',
  )
  if (blocking.length === 0) return []
  const wanted = new Set(
    blocking.map(({ mesh, resource, fingerprint }) => keyOf(mesh, resource, fingerprint)),
  )
  return judgement.comparison.merged.meshes.flatMap((mesh) =>
    droppedEntries(mesh, () => true).flatMap((dropped): readonly BlockingDrop[] => {
      const [first] = dropped.under
      if (first === undefined) return []
      if (!wanted.has(keyOf(mesh.name, identityOf(dropped.secondary), fingerprintOf(dropped)))) return []
      const base = onBase(judgement, mesh.name, dropped.secondary)
      const basePrimary = onBase(judgement, mesh.name, first.edge.primary)
      return [
        {
          ...dropped,
          edge: first.edge,
          bad: first.matches,
          ...(base && { base }),
          ...(basePrimary && { basePrimary }),
        },
      ]
    }),
  )
}

function keyOf(mesh: string, resource: string, fingerprint: string): string {
  return JSON.stringify([mesh, resource, fingerprint])
}
