import type { Log } from '../log.ts'
import type { Job } from '../ports.ts'

/** One job a pull request or merge group; a newer request for the same one replaces a waiting one and follows a running one. */
export interface CheckQueue {
  /** Resolves once the job is over, or kept for whoever comes after this process: `failed` where neither is so. */
  add(request: Job): Promise<'over' | 'failed'>
  /** Whether a job would be done at once, has to wait, or waits already. */
  turnOf(request: Job): Promise<'now' | 'later' | 'waits'>
  /** How many jobs wait, and how many run, here or elsewhere. */
  load(): Promise<QueueLoad>
  /** Resolves when nothing is waiting or running. */
  idle(): Promise<void>
  /** Takes and begins nothing more, and resolves when nothing runs here any more: what waits is `failed`, or kept for the next server. */
  close(): Promise<void>
  /** Lets go of everything at once, whatever runs. */
  abandon(): void
}

/** How much there is to do. */
export interface QueueLoad {
  readonly waiting: number
  readonly running: number
}

/** How a queue does its jobs. */
export interface QueueOptions {
  readonly run: (request: Job) => Promise<void>
  /** Jobs of different pull requests that may run here at the same time. */
  readonly concurrency: number
  readonly log: Log
}
