import { rangeOfElement } from '../../manifest/decoding/written-as.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { origin, rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { say } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** A VirtualService is bound to Istio's own Gateways; a Kubernetes Gateway of the name that it means is none. */
export const deadGatewayReference: Rule = {
  id: 'dead-gateway-reference',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary: 'A VirtualService that names a Kubernetes Gateway: it has no route there.',
  *check(side) {
    // Names are resolved in copies, which keep their origin.
    const written = new Map(side.manifests.virtualServices.map((each) => [each[origin], each]))
    for (const mesh of side.meshes) yield* deadIn(mesh, written)
  },
}

function deadIn(
  { name: mesh, virtualServices, gateways, gatewayApi }: Mesh,
  written: ReadonlyMap<unknown, VirtualService>,
): readonly Fault[] {
  const own = new Set<string>(gateways.map(identityOf))
  const others = new Map<string, UnmodelledResource>(
    (gatewayApi?.all ?? []).filter(({ kind }) => kind === 'Gateway').map((each) => [identityOf(each), each]),
  )
  return virtualServices.flatMap((each) =>
    (each.spec.gateways ?? []).flatMap((named, at) => {
      const gateway = others.get(named)
      if (gateway === undefined || own.has(named)) return []
      return [
        {
          code: 'dead-gateway-reference' as const,
          clause: say`${nameOf(each)} names ${code(named)}, which is a Kubernetes Gateway`,
          rest: say`: it has no route there`,
          range:
            rangeOfElement(written.get(each[origin])?.spec.gateways, at) ?? rangeOf(each.spec, 'gateways'),
          because: [note(say`${code(named)} is of ${code(gateway.apiVersion)}`, rangeOf(gateway, 'kind'))],
          todo: say`Write an HTTPRoute with that parent, or name a Gateway of Istio`,
          resource: identityOf(each),
          mesh,
          fingerprint: canonicalJson(named),
        },
      ]
    }),
  )
}
