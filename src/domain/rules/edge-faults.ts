import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import { rangeOf } from '../source/located.ts'
import type { Fault } from './rule.ts'

/** One fault for each delegate reference in one of these states, at the reference. */
export function* edgeFaults(
  side: Snapshot,
  states: readonly DelegateEdge['state'][],
  explain: (edge: DelegateEdge) => Pick<Fault, 'message' | 'advice'>,
): Iterable<Fault> {
  for (const mesh of side.meshes) {
    for (const edge of mesh.graph.edges) {
      if (!states.includes(edge.state)) continue
      const range = rangeOf(edge.delegate) ?? rangeOf(edge.route)
      yield {
        ...explain(edge),
        ...(range && { range }),
        resource: identityOf(edge.primary),
        mesh: mesh.name,
        fingerprint: canonicalJson([edge.target, edge.route.match ?? []]),
      }
    }
  }
}
