import { type Doubt, doubt } from '../doubt.ts'
import { identityOf, isVisibleTo } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { rangeOf } from '../source/located.ts'
import type { IstioSettings } from './istio-settings.ts'

/** Whether the gateway pods see a VirtualService; `doubts` says why that is not sure. */
export type GatewayVisibility =
  | {
      readonly kind: 'visible'
      readonly doubts: readonly Doubt[]
      /** The namespaces it is exported to; absent where that is all of them. */
      readonly visibleTo?: readonly string[]
    }
  | { readonly kind: 'hidden' }

/**
 * A VirtualService reaches a gateway only if it is exported to the namespace of the gateway's pods, which is not the
 * namespace of the Gateway object (Istio `VirtualServicesForGateway`). Where that namespace is not known it is taken
 * to be reached, with a doubt.
 */
export function gatewayVisibility(
  virtualService: VirtualService,
  settings: IstioSettings,
): GatewayVisibility {
  const exportTo = exportsOf(virtualService, settings)
  if (exportTo.includes('*')) return { kind: 'visible', doubts: [] }
  const visibleTo = exportTo.flatMap((each) => (each === '.' ? (virtualService.namespace ?? []) : [each]))
  const { gatewayNamespaces } = settings
  if (gatewayNamespaces.length === 0)
    return { kind: 'visible', visibleTo, doubts: [podsUnknown(virtualService)] }
  const seen = gatewayNamespaces.filter((namespace) =>
    isVisibleTo(exportTo, virtualService.namespace, namespace, settings.defaultExportTo),
  )
  if (seen.length === 0) return { kind: 'hidden' }
  return {
    kind: 'visible',
    visibleTo,
    doubts: seen.length === gatewayNamespaces.length ? [] : [podsUnknown(virtualService)],
  }
}

/** The namespaces a VirtualService is exported to, with the mesh's default filled in. */
export function exportsOf(virtualService: VirtualService, settings: IstioSettings): readonly string[] {
  const written = virtualService.spec.exportTo ?? []
  return written.length > 0 ? written : settings.defaultExportTo
}

function podsUnknown(virtualService: VirtualService): Doubt {
  const at = rangeOf(virtualService.spec, 'exportTo')
  return doubt({ code: 'pods-unknown', of: identityOf(virtualService) }, at)
}
