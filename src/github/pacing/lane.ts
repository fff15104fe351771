import type { Cost } from './cost.ts'

export interface LaneOptions {
  /** How many are under way at a time. */
  readonly atOnce: number
  /** Gives 0 where it may go, else for how many milliseconds it has to wait. */
  readonly reserve: (cost: Cost) => Promise<number>
}

/** A queue of calls in which the most urgent goes first. */
export interface Lane {
  pass<T>(cost: Cost, send: () => Promise<T>): Promise<T>
}

interface Waiting {
  readonly cost: Cost
  readonly go: () => void
}

/** Whoever waits for a window holds up nobody who is more urgent and comes later. */
export function createLane({ atOnce, reserve }: LaneOptions): Lane {
  /** The most urgent first, and of equals the one that came first. There may be thousands. */
  const waiting: Waiting[] = []
  let running = 0
  let arrived = Promise.withResolvers<void>()
  let letting = false

  async function letIn(): Promise<void> {
    if (letting) return
    letting = true
    for (let [next] = waiting; next !== undefined && running < atOnce; [next] = waiting) {
      const { cost } = next
      arrived = Promise.withResolvers()
      const wait = await reserve(cost)
      if (wait > 0) await withinTime(wait, arrived.promise)
      else start(next)
    }
    letting = false
  }

  function start(next: Waiting): void {
    waiting.splice(waiting.indexOf(next), 1)
    running += 1
    next.go()
  }

  function wait(cost: Cost): Promise<void> {
    return new Promise((go) => {
      const before = waiting.findLastIndex((each) => each.cost.rank <= cost.rank)
      waiting.splice(before + 1, 0, { cost, go })
      arrived.resolve()
      void letIn()
    })
  }

  return {
    async pass(cost, send) {
      await wait(cost)
      try {
        return await send()
      } finally {
        running -= 1
        void letIn()
      }
    },
  }
}

/** Until something happens, and no longer than that. */
async function withinTime(milliseconds: number, happens: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([over, happens])
  clearTimeout(timer)
}
