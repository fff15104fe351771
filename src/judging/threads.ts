import { MessageChannel as Line, Worker as Thread } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import type { Judge } from '../app/judge-pull-request.ts'
import { JudgingLimit } from '../app/judging-limit.ts'
import { budgets } from '../domain/budgets.ts'
import { type Answer, type Answering, resultOf } from './answer.ts'
import { lineOver, type ThreadCalls, type WorldCalls } from './calls.ts'
import { countOwnTime } from './own-time.ts'
import { servedWorld } from './served-world.ts'

/** Judges pull requests apart from whoever answers webhooks. */
export interface JudgingThreads {
  readonly judge: Judge
  /** Ends all threads, whatever they are doing. */
  close(): Promise<void>
}

export interface JudgingOptions {
  /** Pull requests that are judged at the same time; the others wait their turn. */
  readonly threads: number
  /** Seconds that one judgement may take, not counted what it waits for GitHub. */
  readonly seconds?: number
  /** Mebibytes of memory for each thread. */
  readonly memory?: number
}

/** Beside the sources, and beside what is built of them. */
const program = new URL(
  import.meta.url.endsWith('.ts') ? './thread.ts' : './judging-thread.js',
  import.meta.url,
)

/** A thread, and whose pull request it had last: what it has read of that repository it need not read again. */
interface Place {
  readonly thread: Thread
  had: string
  busy: boolean
}

/**
 * Threads that judge, each one pull request at a time. What exceeds its time or memory is ended with its thread, which another takes the
 * place of: nobody else's pull request, and no webhook, waits for it.
 */
export function createJudgingThreads({
  threads,
  seconds = budgets.judgingSeconds.size,
  memory = budgets.judgingMemory.size,
}: JudgingOptions): JudgingThreads {
  const places = new Set<Place>()
  const waiting: (() => void)[] = []

  function open(): Place {
    const thread = new Thread(program, { resourceLimits: { maxOldGenerationSizeMb: memory } })
    const place: Place = { thread, had: '', busy: false }
    thread.unref()
    // Whoever waits for its answer is told by `judgeIn`.
    for (const end of ['error', 'exit']) thread.on(end, () => places.delete(place))
    places.add(place)
    return place
  }

  /** The one that had the repository last, else one that had none, else whichever is free. */
  function freePlace(repository: string): Place | undefined {
    const free = [...places].filter(({ busy }) => !busy)
    const known = free.find(({ had }) => had === repository)
    if (known !== undefined) return known
    return places.size < threads ? open() : free[0]
  }

  async function takePlace(repository: string): Promise<Place> {
    for (;;) {
      const place = freePlace(repository)
      if (place !== undefined) return Object.assign(place, { busy: true, had: repository })
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }

  return {
    async judge(pull, world, merged) {
      const { owner, repo } = pull.ref
      const place = await takePlace(`${owner}/${repo}`.toLowerCase())
      const task = { pull, today: world.today(), ...(merged === undefined ? {} : { merged }) }
      try {
        return await judgeIn(place.thread, {
          task,
          world,
          seconds,
          memory,
          onOver: () => places.delete(place),
        })
      } finally {
        place.busy = false
        waiting.shift()?.()
      }
    },
    async close() {
      await Promise.all([...places].map(({ thread }) => thread.terminate()))
    },
  }
}

interface Judging extends Required<Omit<JudgingOptions, 'threads'>> {
  readonly task: Parameters<ThreadCalls['judge']>[0]
  readonly world: Parameters<Judge>[1]
  /** The thread is about to be ended. */
  readonly onOver: () => void
}

async function judgeIn(thread: Thread, { task, world, seconds, memory, onOver }: Judging): ReturnType<Judge> {
  const { port1: ours, port2: theirs } = new Line()
  const ended = Promise.withResolvers<Answer<never>>()
  const time = countOwnTime(seconds * 1000, () => {
    ended.reject(new JudgingLimit({ size: seconds, unit: 'seconds' }))
    onOver()
    void thread.terminate()
  })
  const onError = (error: Error) => ended.reject(lossOf(error, memory))
  const onExit = () => ended.reject(new Error('the thread that judged it has ended'))
  thread.once('error', onError).once('exit', onExit)
  try {
    const line = createBirpc<Answering<ThreadCalls>, Answering<WorldCalls>>(
      servedWorld(world, time.waiting),
      lineOver(ours),
    )
    thread.postMessage(theirs, [theirs])
    return resultOf(await Promise.race([line.judge(task), ended.promise]))
  } finally {
    time.stop()
    thread.off('error', onError).off('exit', onExit)
    ours.close()
  }
}

function lossOf(error: Error, memory: number): Error {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new JudgingLimit({ size: memory, unit: 'MiB of memory' })
    : error
}
