import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPRoute, VirtualService } from '../../manifest/virtual-service.ts'
import { lossUnder } from '../../reach/loss-under.ts'
import { type DelegateEdge, isSecondary } from '../../routing/delegation-graph.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'
import { secondaryBefore } from './secondary-before.ts'

/** A secondary that delegates itself: delegation has one level only (vendor rule 1). */
export const nestedDelegate: Rule = {
  id: 'nested-delegate',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'A secondary that delegates itself: neither delegate takes effect.',
  *check(side, comparison) {
    for (const mesh of side.meshes) {
      for (const secondary of mesh.graph.secondaries) {
        for (const entry of secondary.spec.http ?? []) {
          if (entry.delegate !== undefined) yield explain({ secondary, entry, mesh, side, comparison })
        }
      }
    }
  },
}

interface Nested {
  readonly secondary: VirtualService
  readonly entry: HTTPRoute
  readonly mesh: Mesh
  readonly side: Snapshot
  readonly comparison: Comparison
}

/** More places than this are not shown. */
const maxNotes = budgets.notes.size

function explain(nested: Nested): Fault {
  const { secondary, entry, mesh } = nested
  const edges = mesh.graph.edges.filter((edge) => edge.secondary === secondary)
  return {
    code: edges.length === 0 ? 'nested-delegate.unused' : 'nested-delegate',
    clause: clauseOf(nested, edges),
    range: rangeOf(entry, 'delegate'),
    because: [
      ...edges
        .slice(0, maxNotes)
        .map(({ primary, route }) =>
          note(say`${nameOf(primary)} delegates to ${nameOf(secondary)} here`, rangeOf(route, 'delegate')),
        ),
      {
        clause: words("Istio's webhook refuses a secondary that delegates"),
        rest: words(
          '; where it gets in, Envoy may refuse all routes of the port, and every host and team of it stops updating',
        ),
      },
    ],
    todo: say`Give this entry of ${nameOf(secondary)} a route of its own, or delegate to ${target(entry)} from the primary`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson(entry),
    admission: 'rejected',
  }
}

function target({ delegate }: HTTPRoute): Phrase {
  return code([delegate?.namespace, delegate?.name ?? ''].filter((part) => part !== undefined).join('/'))
}

function clauseOf(nested: Nested, edges: readonly DelegateEdge[]): Phrase {
  const { secondary, entry, mesh, comparison } = nested
  const { settings } = comparison
  const both = say`${nameOf(secondary)} is a secondary and delegates to ${target(entry)}`
  if (edges.length === 0) return say`${both}: a delegate in a secondary has no effect`
  if (settings.dialect === 'istio') return say`${both}: this entry is left without any destination`
  const loss = lossUnder(
    edges.map((edge) => asBefore(edge, nested)),
    mesh,
    conditionOptions(settings),
  )
  return loss === undefined
    ? say`${both}: neither delegate takes effect`
    : say`${both}, so neither delegate takes effect: ${loss}`
}

/** What is lost is what the secondary took until it began to delegate. */
function asBefore(edge: DelegateEdge, { mesh, side, comparison }: Nested): DelegateEdge {
  const secondary = secondaryBefore(edge, mesh.name, side, comparison)
  const served = secondary?.spec.http?.every(({ delegate }) => delegate === undefined)
  return secondary && served && isSecondary(secondary) ? { ...edge, secondary } : edge
}
