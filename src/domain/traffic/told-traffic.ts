import type { CountedTraffic } from './traffic-counter.ts'
import type { TrafficRead } from './traffic-read.ts'

/** The requests of some logs, and what would become of them: it is told, and decides nothing. */
export interface ToldTraffic {
  /** How the logs are called. */
  readonly source: string
  readonly read: TrafficRead
  readonly counted: CountedTraffic
  /** Requests of which it was not kept what they were, so that nothing is said of them. */
  readonly beyond?: number
}
