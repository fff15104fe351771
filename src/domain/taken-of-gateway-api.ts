import type { Comparison } from './diff/comparison.ts'
import type { RouteChange } from './diff/route-change.ts'
import { type Doubt, doubt } from './doubt.ts'
import { identityOf, shownName } from './manifest/names.ts'
import { canShareAPod } from './routing/listeners/gateways.ts'
import type { Mesh } from './routing/snapshot.ts'
import { rangeOf } from './source/located.ts'

/** What is taken for granted of the Kubernetes Gateways, and of the Ingresses, behind a change. */
export function takenOfGatewayApi(change: RouteChange, { base, merged }: Comparison): readonly Doubt[] {
  const meshes = [...base.meshes, ...merged.meshes].filter(({ name }) => name === change.mesh)
  return [...meshes.flatMap((mesh) => takenAtGateway(change.gateway, mesh)), ...takenOfIngresses(change)]
}

function takenAtGateway(name: string, { gatewayApi, gateways }: Mesh): readonly Doubt[] {
  const own = (gatewayApi?.gateways ?? []).filter((each) => identityOf(each) === name && each.pods)
  return own.flatMap((gateway) => {
    const isSecured = (gateway.spec.servers ?? []).some(({ tls }) => tls !== undefined)
    const anywhere = { ...gateway, ...(gateway.pods && { pods: { ...gateway.pods, managed: false } }) }
    const apart = gateways.filter((each) => canShareAPod(anywhere, each) && !canShareAPod(gateway, each))
    const of = apart.map(identityOf).toSorted()
    const at = rangeOf(gateway)
    return [
      ...(isSecured ? [doubt({ code: 'certificate-taken', gateway: name }, at)] : []),
      ...(of.length > 0 ? [doubt({ code: 'strict-merging', gateway: name, of }, at)] : []),
    ]
  })
}

function takenOfIngresses({ before, after }: RouteChange): readonly Doubt[] {
  const suppliers = [before, after].flatMap((route) => route?.from.secondary ?? [])
  const ingresses = suppliers.filter(({ madeOf }) => madeOf?.kind === 'Ingress')
  const of = [...new Set(ingresses.map(shownName))].toSorted()
  return of.length === 0
    ? []
    : [doubt({ code: 'ingress-gateway', of }, ...ingresses.map((each) => rangeOf(each)))]
}
