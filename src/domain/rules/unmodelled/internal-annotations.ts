import type { Gateway } from '../../manifest/gateway.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { hostMatches, identityOf } from '../../manifest/names.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { code } from '../../terms/code.ts'
import { joined, say } from '../../words/phrase.ts'
import type { Unmodelled } from './unmodelled.ts'

/**
 * What Istio writes on objects that it makes itself, and takes from whoever else writes it: on which pods a Gateway is, which Gateways
 * are left out beside it, how a VirtualService is read.
 */
const ofGateways = /^internal\.istio\.io\/(?:gateway-service|gateway-semantics|service-account-name)$/
const ofVirtualServices = /^internal\.istio\.io\/route-semantics$/

/** VirtualServices and Gateways of a mesh that bear such annotations, with whoever is served beside them. */
export function internalAnnotations({ name: mesh, virtualServices, gateways }: Mesh): readonly Unmodelled[] {
  const atGateways = virtualServices.filter(({ spec }) =>
    (spec.gateways ?? []).some((each) => each !== 'mesh'),
  )
  return [
    ...gateways.flatMap((each) => internalOf(each, mesh, ofGateways, () => [...atGateways, ...gateways])),
    ...virtualServices.flatMap((each) =>
      internalOf(each, mesh, ofVirtualServices, () => virtualServices.filter((other) => meet(each, other))),
    ),
  ]
}

function meet(a: VirtualService, b: VirtualService): boolean {
  return (a.spec.hosts ?? []).some((own) =>
    (b.spec.hosts ?? []).some((other) => hostMatches(own.toLowerCase(), other.toLowerCase())),
  )
}

function internalOf(
  resource: VirtualService | Gateway,
  mesh: string,
  keys: RegExp,
  beside: () => readonly Resource[],
): readonly Unmodelled[] {
  const { kind, name, file, annotations } = resource
  const found = Object.entries(annotations).filter(([key]) => keys.test(key))
  if (found.length === 0) return []
  return [
    {
      key: `${mesh} ${kind} ${identityOf(resource)} internal`,
      content: canonicalJson([found.toSorted(), resource.spec]),
      code: 'unmodelled-change.internal',
      name: say`What only Istio itself writes, on ${kind} ${code(name)},`,
      why: say`${joined(
        found.map(([key]) => code(key)),
        ', ',
      )}: what Istio makes of it there is not looked into`,
      resource: identityOf(resource),
      kind: fullKind(resource),
      mesh,
      path: file.path,
      others: [...new Set(beside().map((each) => each.file.path))],
      node: resource,
      field: 'name',
    },
  ]
}
