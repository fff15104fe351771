import type { MessagePort } from 'node:worker_threads'
import type { ChannelOptions } from 'birpc'
import type { Log } from '../app/log.ts'
import type { Observed } from '../app/observer.ts'
import type { Judged, JudgedRepository, PullRequest } from '../app/ports.ts'
import type { ChartRenderer } from '../app/reading/chart-port.ts'
import type { GitObjects } from '../app/reading/git-objects.ts'
import type { SentPeople } from '../app/sent-people.ts'
import type { TrafficLogs } from '../app/traffic-port.ts'
import type { Merged } from '../report/sentences/report-context.ts'

/** What is to be judged: everything else is asked for. */
export interface Task {
  readonly pull: PullRequest
  readonly today: string
  readonly merged?: Merged
}

/** What a thread does for whoever has it. */
export interface ThreadCalls {
  judge(task: Task): Promise<Judged>
}

/** What a thread asks of whoever gave it something to judge. */
export interface WorldCalls
  extends Omit<JudgedRepository, 'files' | 'contents' | 'people'>,
    Pick<GitObjects, 'listing'>,
    ChartRenderer {
  /** From now on its time counts. */
  begun(): Promise<void>
  blob(...object: Parameters<GitObjects['blob']>): Promise<Uint8Array>
  people(pull: PullRequest, owners: readonly string[]): Promise<SentPeople>
  log(level: keyof Log, fields: object, message: string): Promise<void>
  traffic(...repository: Parameters<TrafficLogs['of']>): ReturnType<TrafficLogs['of']>
  observe(fact: Observed): Promise<void>
}

/** What calls go over in both directions. None has a time limit: it may wait for GitHub. */
export function channelOver(port: MessagePort): ChannelOptions & { readonly timeout: number } {
  return {
    post: (message) => port.postMessage(message),
    on: (receive) => port.on('message', receive),
    timeout: -1,
  }
}
