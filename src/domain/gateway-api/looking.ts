import type { Specified } from '../manifest/gateway-api.ts'
import type { AssumedAges } from './ages.ts'
import type { BoundPods } from './bindings.ts'
import type { MissingFacts } from './missing-fact.ts'
import type { Surroundings } from './surroundings.ts'

/** The numbers of ports that Istio's own Gateways name which may be on some pods of a Kubernetes Gateway. */
export type NumbersNamed = (gateway: Specified<'Gateway'>, pods: BoundPods) => ReadonlySet<number>

/** With what the objects of one mesh are looked into. */
export interface Looking {
  readonly surroundings: Surroundings
  readonly missing: MissingFacts
  readonly clusterDomain: string
  readonly numbersNamed: NumbersNamed
  /** What is taken for granted of ages that nobody knows. */
  readonly oldest: AssumedAges
}
