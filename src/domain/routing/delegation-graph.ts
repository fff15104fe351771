import type { Delegate, HTTPRoute, VirtualService } from '../manifest/virtual-service.ts'

/** One delegate reference of a primary (or, for `from: 'secondary'`, a forbidden one of a secondary). */
export interface DelegateEdge {
  readonly primary: VirtualService
  readonly entry: number
  readonly route: HTTPRoute
  readonly delegate: Delegate
  /** `ns/name` as Istio resolves it; `?/name` where the namespace is not known. */
  readonly target: string
  readonly state: 'resolved' | 'missing' | 'hidden' | 'has-hosts' | 'nested' | 'external'
  /** The object that carries the name, whatever the state; absent for `missing` and `external`. */
  readonly secondary?: VirtualService
}

/** Who delegates to whom in one mesh. */
export interface DelegationGraph {
  readonly primaries: readonly VirtualService[]
  readonly secondaries: readonly VirtualService[]
  readonly ordinary: readonly VirtualService[]
  readonly edges: readonly DelegateEdge[]
}
