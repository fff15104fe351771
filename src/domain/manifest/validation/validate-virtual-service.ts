import { rangeOf } from '../../source/located.ts'
import { features } from '../istio-features.ts'
import type { HTTPMatchRequest, VirtualService } from '../virtual-service.ts'
import { type Problem, refused } from './problem.ts'
import { validateHttpRoute } from './routes/validate-http-route.ts'
import { validateTcpRoute, validateTlsRoutes } from './routes/validate-l4-route.ts'
import { validateExportTo, validateGatewayNames } from './routes/validate-names.ts'
import { validateAnnotations } from './validate-annotations.ts'
import { isOnGatewaysOnly, validateHosts } from './validate-hosts.ts'
import type { Validation } from './validation.ts'
import { isJwtClaim } from './values/header-names.ts'

/**
 * The verdict of Istio's webhook on one VirtualService by itself (Istio `ValidateVirtualService`): errors are refused,
 * warnings admitted. Left to rules of their own: bindings of a secondary, delegates in it, a delegate beside an action,
 * entries that nothing reaches.
 */
export function validateVirtualService(
  virtualService: VirtualService,
  validation: Validation,
): readonly Problem[] {
  const { spec } = virtualService
  const isSecondary = (spec.hosts ?? []).length === 0
  return [
    ...validateAnnotations(virtualService),
    ...validateGatewayNames(spec.gateways ?? [], rangeOf(spec, 'gateways')),
    ...(isOnGatewaysOnly(spec) ? [] : validateNoClaims(virtualService, validation)),
    ...validateHosts(spec),
    ...validateHasRoutes(virtualService),
    ...(spec.http ?? []).flatMap((entry) => {
      const type = isSecondary ? 'delegate' : entry.delegate === undefined ? 'independent' : 'root'
      return validateHttpRoute(entry, type, validation)
    }),
    ...(isSecondary ? [] : validateL4(virtualService, validation)),
    ...validateExportTo(spec.exportTo ?? [], virtualService.namespace, rangeOf(spec, 'exportTo')),
  ]
}

function validateL4({ spec }: VirtualService, validation: Validation): readonly Problem[] {
  return [
    ...validateTlsRoutes(spec.tls ?? [], spec, validation),
    ...(spec.tcp ?? []).flatMap((route) => validateTcpRoute(route, validation)),
  ]
}

function validateHasRoutes(virtualService: VirtualService): readonly Problem[] {
  const { spec } = virtualService
  const entries = [spec.http, spec.tcp, spec.tls].some((list) => (list ?? []).length > 0)
  const range = rangeOf(virtualService, 'spec')
  return entries ? [] : [refused('no-routes', range)]
}

/** JWT claims are known to gateways only; a secondary counts as part of the mesh, whoever delegates to it (1.12). */
function validateNoClaims({ spec }: VirtualService, { version }: Validation): readonly Problem[] {
  if (!features(version).claimsNeedGateways) return []
  const matches = (spec.http ?? []).flatMap((entry) => entry.match ?? [])
  return matches.flatMap((match) => [...claimsIn(match, 'headers'), ...claimsIn(match, 'withoutHeaders')])
}

function claimsIn(match: HTTPMatchRequest, field: 'headers' | 'withoutHeaders'): readonly Problem[] {
  const headers = match[field]
  return Object.keys(headers ?? {})
    .filter(isJwtClaim)
    .map((key) => refused('claim-in-mesh', headers && rangeOf(headers, key), key))
}
