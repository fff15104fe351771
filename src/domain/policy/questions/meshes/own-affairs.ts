import type { Comparison } from '../../../diff/comparison.ts'
import type { Gateway } from '../../../manifest/gateway.ts'
import { hostsMayMeet, identityOf, mayBeIdentity } from '../../../manifest/names.ts'
import { isUnknown } from '../../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../../manifest/virtual-service.ts'
import { distinctTeams, sameTeam, type Team, unowned } from '../../../ownership/team.ts'
import type { IstioSettings } from '../../../routing/istio-settings.ts'
import type { Redivided } from '../../../routing/meshes/mesh-division.ts'
import { resolveNames } from '../../../routing/resolve-names.ts'

/**
 * The one team of which all are that would lie in another mesh, where the tables of others are the same with and without them: none of
 * them shares a host with somebody else's, delegates or is delegated to, or is a Gateway where others are.
 */
export function teamAmongItself(
  found: readonly Redivided[],
  { ownership, settings }: Pick<Comparison, 'ownership' | 'settings'>,
): Team | undefined {
  const [team, ...more] = distinctTeams(found.map(({ object }) => ownership.teamOf(object)))
  if (team === undefined || more.length > 0 || sameTeam(team, unowned)) return undefined
  const isOfOthers = (object: Object) => !sameTeam(ownership.teamOf(object), team)
  const meets = found.some(({ object, among }) =>
    among.filter(isOfOthers).some((other) => mayShare(object, other, settings)),
  )
  return meets ? undefined : team
}

type Object = VirtualService | Gateway

function mayShare(own: Object, other: Object, { clusterDomain }: IstioSettings): boolean {
  if (own.kind === 'Gateway') return true
  if (other.kind === 'Gateway') return false
  const [a, b] = [resolveNames(own, clusterDomain), resolveNames(other, clusterDomain)]
  return delegates(a, b) || delegates(b, a) || (shareGateway(a, b) && shareHost(a, b))
}

function delegates(primary: VirtualService, to: VirtualService): boolean {
  return (primary.spec.http ?? []).some(({ delegate }) => {
    if (delegate === undefined) return false
    const { name = '', namespace = primary.namespace } = delegate
    return mayBeIdentity(identityOf({ name, ...(namespace !== undefined && { namespace }) }), identityOf(to))
  })
}

function shareGateway(a: VirtualService, b: VirtualService): boolean {
  const [some, others] = [gatewaysOf(a), gatewaysOf(b)]
  if ([...some, ...others].some(isUnknown)) return true
  return some.some((each) => others.some((other) => mayBeIdentity(each, other)))
}

function gatewaysOf({ spec }: VirtualService): readonly string[] {
  const { gateways = [] } = spec
  return gateways.length === 0 ? ['mesh'] : gateways
}

function shareHost(a: VirtualService, b: VirtualService): boolean {
  return (a.spec.hosts ?? []).some((host) => (b.spec.hosts ?? []).some((other) => hostsMayMeet(host, other)))
}
