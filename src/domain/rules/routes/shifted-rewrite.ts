import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPMatchRequest, HTTPRoute } from '../../manifest/virtual-service.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import { conflictOf } from '../../routing/merge-http-routes.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { uriWords } from '../../terms/match-words.ts'
import { say } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** Envoy rewrites what the merged route matched, which is the secondary's path and not the primary's prefix. */
export const shiftedRewrite: Rule = {
  id: 'shifted-rewrite',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary:
    "A primary's rewrite replaces more than its own prefix, because the secondary matches a longer path.",
  *check(side) {
    for (const mesh of side.meshes) {
      for (const edge of mesh.graph.edges) {
        if (edge.state !== 'resolved' || edge.route.rewrite?.uri === undefined) continue
        for (const entry of edge.secondary?.spec.http ?? []) {
          const fault = shifted(edge, entry, mesh)
          if (fault !== undefined) yield fault
        }
      }
    }
  },
}

/** The first match of an entry that inherits the rewrite and whose path is not the primary's prefix. */
function shifted(edge: DelegateEdge, entry: HTTPRoute, mesh: Mesh): Fault | undefined {
  if (entry.rewrite !== undefined || entry.route === undefined) return undefined
  const given = edge.route.match ?? []
  for (const inner of entry.match ?? []) {
    const outer = given.find((each) => conflictOf(each, inner) === undefined)
    const prefix = outer?.uri?.prefix
    const own = inner.uri?.prefix ?? inner.uri?.exact
    if (outer !== undefined && prefix !== undefined && own !== undefined && own !== prefix) {
      return explain({ edge, entry, mesh, outer, inner }, prefix, own)
    }
  }
  return undefined
}

interface Shifted {
  readonly edge: DelegateEdge
  readonly entry: HTTPRoute
  readonly mesh: Mesh
  readonly outer: HTTPMatchRequest
  readonly inner: HTTPMatchRequest
}

function explain({ edge, entry, mesh, inner }: Shifted, prefix: string, own: string): Fault {
  const { primary, route } = edge
  const secondary = edge.secondary ?? primary
  const uri = route.rewrite?.uri ?? ''
  const path = inner.uri?.exact ?? `${own}${own.endsWith('/') ? 'x' : '/x'}`
  const arrives = uri + (inner.uri?.exact === undefined ? path.slice(own.length) : '')
  const meant = uri + path.slice(prefix.length)
  return {
    code: 'shifted-rewrite',
    clause: say`${nameOf(primary)}'s rewrite to ${code(uri)} replaces ${uriWords(inner.uri)} here, not ${uriWords({ prefix })}: ${code(path)} arrives as ${code(arrives)}, not as ${code(meant)}`,
    range: rangeOf(inner, 'uri'),
    because: [note(say`${nameOf(primary)} rewrites here`, rangeOf(route, 'rewrite'))],
    todo: say`Write the rewrite that is meant in this entry of ${nameOf(secondary)}`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson([route.rewrite, prefix, entry]),
  }
}
