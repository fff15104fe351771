import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { lossUnder } from '../../reach/loss-under.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { exportsOf } from '../../routing/visibility.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { fewOf } from '../../words/few-of.ts'
import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A secondary must be exported to the namespace of the primary: else Istio treats it as missing. */
export const hiddenSecondary: Rule = {
  id: 'hidden-secondary',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: "The secondary's exportTo hides it from the primary's namespace.",
  *check(side, { settings }) {
    for (const mesh of side.meshes) {
      const edges = mesh.graph.edges.filter((edge) => edge.state === 'hidden')
      const pairs = Map.groupBy(edges, (edge) => `${identityOf(edge.primary)} ${edge.target}`)
      for (const alike of pairs.values()) yield* explain(alike, mesh, settings)
    }
  },
}

function* explain(edges: readonly DelegateEdge[], mesh: Mesh, settings: IstioSettings): Iterable<Fault> {
  const [edge] = edges
  const secondary = edge?.secondary
  if (edge === undefined || secondary === undefined) return
  const { primary } = edge
  const loss = lossUnder(edges, mesh, conditionOptions(settings))
  const cause = say`${nameOf(secondary)} is exported to ${exportWords(secondary, settings)}, not to ${code(primary.namespace ?? '?')} where ${nameOf(primary)} is`
  yield {
    code: 'hidden-secondary',
    clause: loss === undefined ? cause : say`${cause}: ${loss}`,
    range: secondary.spec.exportTo ? rangeOf(secondary.spec, 'exportTo') : rangeOf(secondary, 'name'),
    because: [
      note(say`${nameOf(primary)} delegates to it here`, rangeOf(edge.route, 'delegate')),
      {
        clause: words("What counts is the primary's namespace, not the gateway's"),
        rest: words('; Istio treats it as missing'),
      },
    ],
    todo: say`Add ${code(primary.namespace ?? '?')} to ${quoted('exportTo')} of ${nameOf(secondary)}`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: canonicalJson([identityOf(primary), exportsOf(secondary, settings)]),
  }
}

function exportWords(secondary: VirtualService, settings: IstioSettings): Phrase {
  const own = (secondary.spec.exportTo ?? []).length > 0
  const names = exportsOf(secondary, settings).map((each) =>
    each === '.' ? say`its own namespace ${code(secondary.namespace ?? '?')}` : code(each),
  )
  const list = fewOf(names, 4)
  return own ? list : say`${list} (the mesh's default)`
}
