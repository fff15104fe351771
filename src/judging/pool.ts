import { Worker } from 'node:worker_threads'

/** A thread, and whose pull request it had last: what it has read of that repository it need not read again. */
interface Slot {
  readonly thread: Worker
  had: string
  busy: boolean
}

/** Threads that are begun when they are needed, and each given to one at a time. */
export interface Pool {
  /** Resolves once a thread is free: the one that had the repository last, if that is. */
  take(repository: string): Promise<Slot>
  release(slot: Slot): void
  /** Its thread is not given to anybody any more; another may take its place. */
  drop(slot: Slot): void
  /** Ends all threads, whatever they are doing. */
  close(): Promise<void>
}

export interface PoolOptions {
  readonly threads: number
  /** Mebibytes for each. */
  readonly memory: number
}

/** Beside the sources, and beside what is built of them. */
const program = new URL(
  import.meta.url.endsWith('.ts') ? './thread.ts' : './judging-thread.js',
  import.meta.url,
)

export function createPool({ threads, memory }: PoolOptions): Pool {
  const slots = new Set<Slot>()
  const waiting: (() => void)[] = []

  function open(): Slot {
    const thread = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: memory } })
    const slot: Slot = { thread, had: '', busy: false }
    thread.unref()
    // Whoever waits for its answer is told by `judgeIn`.
    for (const end of ['error', 'exit']) thread.on(end, () => slots.delete(slot))
    slots.add(slot)
    return slot
  }

  /** The one that had the repository last, else one that had none, else whichever is free. */
  function freeSlot(repository: string): Slot | undefined {
    const free = [...slots].filter(({ busy }) => !busy)
    const known = free.find(({ had }) => had === repository)
    if (known !== undefined) return known
    return slots.size < threads ? open() : free[0]
  }

  return {
    async take(repository) {
      for (;;) {
        const slot = freeSlot(repository)
        if (slot !== undefined) return Object.assign(slot, { busy: true, had: repository })
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    release(slot) {
      slot.busy = false
      waiting.shift()?.()
    },
    drop: (slot) => void slots.delete(slot),
    close: async () => void (await Promise.all([...slots].map(({ thread }) => thread.terminate()))),
  }
}
