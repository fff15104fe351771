import type { AssumedAges } from './ages.ts'
import type { MissingFacts } from './missing-fact.ts'
import type { Surroundings } from './surroundings.ts'

/** With what the objects of one mesh are looked into. */
export interface Looking {
  readonly surroundings: Surroundings
  readonly missing: MissingFacts
  readonly clusterDomain: string
  /** What is taken for granted of ages that nobody knows. */
  readonly oldest: AssumedAges
}
