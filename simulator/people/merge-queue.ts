import { accountNamed } from '../access/accounts.ts'
import { repositoryNamed } from '../access/permissions.ts'
import { dequeue, enqueue } from '../behaviour/merge-queue.ts'
import type { QueueEntry } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { type PullRequestBy, pullAt } from './pull-requests.ts'

/** What people do with the merge queue; it merges and throws out by itself when checks complete. */
export interface MergeQueueActions {
  /** Builds the group's commit and branch, and sends `merge_group` checks_requested. */
  enqueue(at: PullRequestBy): Promise<QueueEntry>
  dequeue(at: PullRequestBy): Promise<void>
  mergeQueue(repo: string): readonly QueueEntry[]
}

/** What people do with the merge queue. */
export function mergeQueueActions(world: World): MergeQueueActions {
  return {
    async enqueue(at) {
      const pull = pullAt(world, at)
      await enqueue(world, pull, accountNamed(world, at.by))
      const entry = pull.repository.queue.find((candidate) => candidate.pull === pull)
      if (!entry) throw new Error('an accepted pull request is not in the queue')
      return entry
    },
    dequeue: (at) => dequeue(world, pullAt(world, at), accountNamed(world, at.by)),
    mergeQueue: (repo) => repositoryNamed(world, repo).queue,
  }
}
