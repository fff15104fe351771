import type { UnmodelledResource } from '../../../manifest/resource.ts'
import type { NamedSecret } from '../named-secrets.ts'
import type { ValuesRead } from '../values-read.ts'

/** Objects of both sides by their kinds: those that decide as a whole, and in part. */
export interface ByKind {
  objects(kind: string): readonly UnmodelledResource[]
  partial(kind: string): readonly UnmodelledResource[]
  /** Secrets by which something proves who it is. */
  secrets(): readonly Pick<NamedSecret, 'name'>[]
  /** Objects that make pods. */
  workloads(): readonly UnmodelledResource[]
  /** Secrets from which deployers take values. */
  values(): readonly Pick<ValuesRead, 'name'>[]
}
