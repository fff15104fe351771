import type { KindEntry } from '../kind-entry.ts'
import { workloadsReached } from './selected.ts'
import { specOf } from './spec.ts'

const groups = ['security.istio.io', 'telemetry.istio.io', 'extensions.istio.io']

/** AuthorizationPolicy, RequestAuthentication, PeerAuthentication, Telemetry, WasmPlugin: whatever their workloads are. */
export const policies: readonly KindEntry[] = groups.map((group) => ({
  group,
  decides: specOf,
  reach: workloadsReached,
}))
