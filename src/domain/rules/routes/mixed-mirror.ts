import { features } from '../../manifest/istio-features.ts'
import type { IstioVersion } from '../../manifest/istio-version.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPRoute } from '../../manifest/virtual-service.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { say } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A mirror and its share are inherited apart from each other, and `mirror` and `mirrors` both apply. */
export const mixedMirror: Rule = {
  id: 'mixed-mirror',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: "A secondary's mirror takes over the share, or the further mirrors, of its primary.",
  *check(side, { settings }) {
    for (const mesh of side.meshes) {
      for (const edge of mesh.graph.edges) {
        if (edge.state !== 'resolved') continue
        for (const entry of edge.secondary?.spec.http ?? []) yield* mixed(edge, entry, mesh, settings.version)
      }
    }
  },
}

const shares = ['mirrorPercentage', 'mirrorPercent'] as const

function* mixed(edge: DelegateEdge, entry: HTTPRoute, mesh: Mesh, version: IstioVersion): Iterable<Fault> {
  const { route } = edge
  const share = shares.find((field) => route[field] !== undefined)
  const ownShare = shares.some((field) => entry[field] !== undefined)
  if (entry.mirror !== undefined && share !== undefined && !ownShare) yield explain(edge, entry, mesh, share)
  const both = entry.mirror !== undefined && entry.mirrors === undefined && route.mirrors !== undefined
  if (both && features(version).mirrorsAreInherited) yield explain(edge, entry, mesh, 'mirrors')
}

function explain(
  edge: DelegateEdge,
  entry: HTTPRoute,
  mesh: Mesh,
  field: 'mirrors' | (typeof shares)[number],
): Fault {
  const { primary, route } = edge
  const secondary = edge.secondary ?? primary
  const host = code(entry.mirror?.host ?? '')
  return {
    code: field === 'mirrors' ? 'mixed-mirror.mirrors' : 'mixed-mirror.share',
    clause:
      field === 'mirrors'
        ? say`${nameOf(secondary)} mirrors to ${host}, and ${nameOf(primary)}'s ${code('mirrors')} get the requests as well`
        : say`${nameOf(secondary)} mirrors to ${host}, but at the share of ${nameOf(primary)}: ${shareOf(route)} %, not all of the requests`,
    range: rangeOf(entry, 'mirror'),
    because: [note(say`${nameOf(primary)} sets ${code(field)} here`, rangeOf(route, field))],
    todo:
      field === 'mirrors'
        ? say`Write all mirrors of this entry under ${code('mirrors')}`
        : say`Write ${code('mirrorPercentage')} beside the mirror`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson([field, route[field], entry]),
  }
}

function shareOf({ mirrorPercentage, mirrorPercent }: HTTPRoute): number {
  const value = mirrorPercentage?.value ?? mirrorPercent ?? 0
  return typeof value === 'number' ? value : 0
}
