import { compare } from '../../src/domain/diff/compare.ts'
import type { RouteChange } from '../../src/domain/diff/route-change.ts'
import type { Gateway } from '../../src/domain/manifest/gateway.ts'
import type { VirtualService } from '../../src/domain/manifest/virtual-service.ts'
import { describeRequests } from '../../src/domain/match/describe-request-set.ts'
import { createOwnership } from '../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../src/domain/routing/istio-settings.ts'
import { manifests } from './meshes.ts'
import { answerOf } from './worked-mesh.ts'

/** What one side of a mesh holds. */
export type MeshSide = readonly [virtualServices: readonly VirtualService[], gateways?: readonly Gateway[]]

/** What changes between two sides of the one mesh, which nobody owns. */
export function changesBetween(
  [before, gates]: MeshSide,
  [after, laterGates]: MeshSide,
): readonly RouteChange[] {
  return compare(manifests(before, gates), manifests(after, laterGates), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  }).changes
}

/** `n/gw a.example:80 /a: old -> new`. */
export function changeLine({ gateway, host, ports, requests, before, after }: RouteChange): string {
  const at = ports === undefined ? '' : `:${ports}`
  return `${gateway} ${host}${at} ${describeRequests(requests)}: ${answerOf(before)} -> ${answerOf(after)}`
}
