import { canonicalJson } from '../../../manifest/json.ts'
import { identityOf } from '../../../manifest/names.ts'
import type { HTTPMatchRequest, HTTPRoute, VirtualService } from '../../../manifest/virtual-service.ts'
import type { DelegateEdge } from '../../../routing/delegation-graph.ts'
import { conflictOf } from '../../../routing/merge-http-routes.ts'
import type { Mesh } from '../../../routing/snapshot.ts'

/** An entry of a secondary, the delegates under which it is dropped, and those under which it lives on. */
export interface Dropped {
  readonly secondary: VirtualService
  readonly entry: HTTPRoute
  readonly under: readonly Conflicting[]
  readonly alive: readonly DelegateEdge[]
}

/** A delegate under which an entry is dropped, and because of which of its matches. */
export interface Conflicting {
  readonly edge: DelegateEdge
  /** Every match that no match of the primary's entry goes together with. */
  readonly matches: readonly HTTPMatchRequest[]
}

/** Every entry, of the secondaries asked about, that Istio drops under some delegate, in the order of the graph. */
export function droppedEntries(
  mesh: Mesh,
  isAsked: (secondary: VirtualService) => boolean,
): readonly Dropped[] {
  const resolved = mesh.graph.edges.filter((edge) => edge.state === 'resolved')
  const bySecondary = Map.groupBy(resolved, (edge) => edge.secondary)
  return [...bySecondary].flatMap(([secondary, edges]) => {
    if (secondary === undefined || !isAsked(secondary)) return []
    return (secondary.spec.http ?? []).flatMap((entry): readonly Dropped[] => {
      const tried = edges.map((edge) => ({ edge, matches: conflicting(edge.route, entry) }))
      const under = tried.filter(({ matches }) => matches.length > 0)
      const alive = tried.filter(({ matches }) => matches.length === 0).map(({ edge }) => edge)
      return under.length === 0 ? [] : [{ secondary, entry, under, alive }]
    })
  })
}

function conflicting(outer: HTTPRoute, inner: HTTPRoute): readonly HTTPMatchRequest[] {
  const given = outer.match ?? []
  if (given.length === 0) return []
  return (inner.match ?? []).filter((own) => given.every((each) => conflictOf(each, own) !== undefined))
}

/** What such a fault is about, in normal form: the entry, and what it is given by whom. */
export function fingerprintOf({ entry, under }: Dropped): string {
  return canonicalJson([entry, givenUnder(under)])
}

/** The same of its matches alone, whatever the entry does with the requests. */
export function matterOf({ entry, under }: Dropped): string {
  return canonicalJson([entry.match ?? [], givenUnder(under)])
}

function givenUnder(under: Dropped['under']): readonly unknown[] {
  return under.map(({ edge }) => [identityOf(edge.primary), edge.route.match ?? []])
}
