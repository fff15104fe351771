import { type MessagePort, parentPort } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { judgePullRequest } from '../app/judge-pull-request.ts'
import { createObjectCache } from '../github/trees/trees.ts'
import { type Answering, answerOf } from './answer.ts'
import { askedWorld } from './asked-world.ts'
import { channelOver, type ThreadCalls, type WorldCalls } from './calls.ts'
import { countLookups } from './lookups.ts'

/** A thread that judges, one pull request after the other; what it has read and found stays with it. */
const lookups = countLookups()
const cache = createObjectCache(lookups.count)

/** A channel of its own for each judgement: what an abandoned one still asks reaches nobody. */
function serve(port: MessagePort): void {
  const calls: Answering<ThreadCalls> = {
    async judge(task) {
      void world.begun()
      const answer = await answerOf(() =>
        judgePullRequest(task.pull, askedWorld(world, task, cache), task.merged),
      )
      for (const counted of lookups.take()) void world.observe(counted)
      return answer
    },
  }
  const world = createBirpc<Answering<WorldCalls>, Answering<ThreadCalls>>(calls, channelOver(port))
}

parentPort?.on('message', serve)
