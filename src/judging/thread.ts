import { type MessagePort as End, parentPort } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { judgePullRequest } from '../app/judge-pull-request.ts'
import { createObjectCache } from '../github/trees/trees.ts'
import { type Answering, answerOf } from './answer.ts'
import { askedWorld } from './asked-world.ts'
import { lineOver, type ThreadCalls, type WorldCalls } from './calls.ts'

/** A thread that judges, one pull request after the other; what it has read and found stays with it. */
const cache = createObjectCache()

/** A line of its own for each: what an abandoned judgement still asks reaches nobody. */
function takePlace(port: End): void {
  const calls: Answering<ThreadCalls> = {
    judge: (task) => answerOf(() => judgePullRequest(task.pull, askedWorld(world, task, cache), task.merged)),
  }
  const world = createBirpc<Answering<WorldCalls>, Answering<ThreadCalls>>(calls, lineOver(port))
}

parentPort?.on('message', takePlace)
