import type { TrafficRead } from '../domain/traffic/traffic-read.ts'
import type { TrafficRequest } from '../domain/traffic/traffic-request.ts'
import type { PullRequest } from './ports.ts'

/** The requests of a repository's logs, each once, with how often it was made. */
export interface KeptTraffic {
  readonly read: TrafficRead
  readonly requests: readonly TrafficRequest[]
  /** Requests of further paths, of which it is not kept what they were. */
  readonly beyond: number
}

/** Where logs of requests may be. What cannot be read is said, and changes no verdict: it never fails. */
export interface TrafficLogs {
  of(repository: Pick<PullRequest['ref'], 'owner' | 'repo'>): Promise<KeptTraffic | 'unreadable' | undefined>
}
