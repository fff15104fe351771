import { conditionOptions } from '../../diff/tables/placed-route.ts'
import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { ConditionOptions } from '../../match/conditions.ts'
import { lossUnder } from '../../reach/loss-under.ts'
import type { DelegateEdge } from '../../routing/delegation-graph.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { listed, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A VirtualService with hosts is never found by a delegate, and serves its hosts by itself (vendor rule 4). */
export const secondaryWithHosts: Rule = {
  id: 'secondary-with-hosts',
  severity: 'error',
  effect: 'block',
  configurable: true,
  summary: 'The target of a delegate has hosts, so that Istio does not find it.',
  *check(side, { settings }) {
    for (const mesh of side.meshes) {
      const edges = mesh.graph.edges.filter((edge) => edge.state === 'has-hosts')
      const pairs = Map.groupBy(edges, (edge) => `${identityOf(edge.primary)} ${edge.target}`)
      for (const alike of pairs.values()) yield* explain(alike, mesh, conditionOptions(settings))
    }
  },
}

function* explain(edges: readonly DelegateEdge[], mesh: Mesh, options: ConditionOptions): Iterable<Fault> {
  const [edge] = edges
  const secondary = edge?.secondary
  if (edge === undefined || secondary === undefined) return
  const loss = lossUnder(edges, mesh, options)
  const isItself = secondary === edge.primary
  const cause = isItself
    ? say`${nameOf(secondary)} delegates to itself, and a VirtualService with hosts is no secondary`
    : say`${nameOf(secondary)} has hosts, so ${nameOf(edge.primary)} cannot delegate to it`
  yield {
    code: isItself ? 'secondary-with-hosts.itself' : 'secondary-with-hosts',
    clause: loss === undefined ? cause : say`${cause}: ${loss}`,
    range: rangeOf(secondary.spec, 'hosts'),
    because: [...edges.slice(0, 5).map(delegateNote), ...(isItself ? [] : [liveNote(secondary)])],
    todo: isItself
      ? words('Take this delegate out, or name the secondary that was meant')
      : say`Take the hosts out of ${nameOf(secondary)}, or take the delegate out of ${nameOf(edge.primary)}`,
    resource: identityOf(secondary),
    mesh: mesh.name,
    fingerprint: identityOf(edge.primary),
  }
}

function delegateNote({ primary, route, secondary }: DelegateEdge): Because {
  return note(
    say`${nameOf(primary)} delegates to ${secondary ? nameOf(secondary) : words('it')} here`,
    rangeOf(route, 'delegate'),
  )
}

/** The second effect: what was meant as a part of another VirtualService is live by itself. */
function liveNote({ spec, ...secondary }: VirtualService): Because {
  const hosts = (spec.hosts ?? []).slice(0, 3).map(code)
  const gateways = spec.gateways ?? []
  const where = gateways.length === 0 ? words('inside the mesh') : say`on ${listed(gateways.map(code))}`
  return { clause: say`With hosts ${nameOf(secondary)} serves ${listed(hosts)} by itself, ${where}` }
}
