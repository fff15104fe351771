import type { Log } from '../log.ts'
import type { Forge } from '../ports.ts'
import { backOff } from './patience.ts'
import type { Sweep } from './sweep.ts'

/** What it takes to make up for what was missed. */
export interface CatchUpOptions {
  readonly forge: Forge
  readonly sweep: Sweep
  /** Takes up what was accepted and is not done. */
  readonly resume: () => Promise<void>
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly pause: (milliseconds: number) => Promise<void>
}

/** As long as GitHub keeps what it has delivered. */
const kept = 3 * 24 * 60 * 60 * 1000

async function resumeAccepted({ resume, log }: CatchUpOptions): Promise<void> {
  await resume().catch((error: unknown) => log.error({ err: error }, 'what was accepted could not be read'))
}

/** Asks once more for the events that did not arrive since then; false where that failed. */
async function redeliverSince(from: number, { forge, log }: CatchUpOptions): Promise<boolean> {
  try {
    const count = await forge.redeliver(new Date(from).toISOString())
    if (count > 0) log.warn({ count }, 'events that did not arrive are asked for once more')
    return true
  } catch (error) {
    log.error({ err: error }, 'events that did not arrive could not be asked for')
    return false
  }
}

/** A repository that cannot be read does not keep the others waiting. False where not all could be. */
async function sweepAll(when: 'start' | 'later', options: CatchUpOptions): Promise<boolean> {
  const { forge, sweep } = options
  const installations = await readInstallations(options)
  if (installations === undefined) return false
  return forEach(installations, options, async (installation) =>
    forEach(await forge.repositories(installation), options, async (at) => {
      await sweep(at, when)
      return true
    }),
  )
}

async function readInstallations({ forge, log }: CatchUpOptions): Promise<readonly number[] | undefined> {
  return forge.installations().catch((error: unknown) => {
    log.error({ err: error }, 'installations could not be listed')
    return undefined
  })
}

/** Whether all of the work was done. */
async function forEach<T>(
  values: readonly T[],
  { log }: CatchUpOptions,
  work: (value: T) => Promise<boolean>,
): Promise<boolean> {
  let isWhole = true
  for (const value of values) {
    const isDone = await work(value).catch((error: unknown) => {
      log.error({ err: error, where: value }, 'what was missed there is not known')
      return false
    })
    isWhole &&= isDone
  }
  return isWhole
}

/** Makes up for what was missed as long as the server runs. */
export interface CatchingUp {
  /** Resolves when it is not at work. */
  idle(): Promise<void>
  /** Begins nothing more, and resolves when it is not at work. */
  stop(): Promise<void>
}

/**
 * Asks for every lost event that the forge still has, and looks for what no event told of: at once, and again every so many minutes, or
 * sooner where not all of it could be done. Where they are none, only what was accepted is taken up, and once.
 */
export function startCatchingUp(minutes: number, options: CatchUpOptions): CatchingUp {
  if (minutes === 0) {
    const resumed = resumeAccepted(options)
    return { idle: () => resumed, stop: () => resumed }
  }
  const { now, pause } = options
  const interval = minutes * 60 * 1000
  let isStopped = false
  /** Since when events are still to be asked for: that has failed, or was not tried. */
  let unasked: number | undefined = now() - kept
  /** After which it looks sooner than is its turn. */
  let waits: readonly number[] = []
  let atWork = Promise.resolve()

  /** What was accepted comes before what never arrived. */
  async function look(when: 'start' | 'later'): Promise<void> {
    if (isStopped) return
    await resumeAccepted(options)
    // Twice as far back as the last time, in case that GitHub was slow to list them.
    const from = unasked ?? now() - 2 * interval
    unasked = (await redeliverSince(from, options)) ? undefined : from
    const isWhole = await sweepAll(when, options)
    if (!isWhole || unasked !== undefined) void lookSooner(when)
  }

  async function lookSooner(when: 'start' | 'later'): Promise<void> {
    const [wait, ...later] = waits
    waits = later
    if (wait === undefined) return
    await pause(wait)
    lookNext(when)
  }

  function lookNext(when: 'start' | 'later'): void {
    atWork = atWork.then(() => look(when))
  }

  function lookInTurn(when: 'start' | 'later'): void {
    waits = backOff.filter((wait) => wait < interval)
    lookNext(when)
  }

  lookInTurn('start')
  const timer = setInterval(() => lookInTurn('later'), interval)
  timer.unref()
  return {
    idle: () => atWork,
    stop() {
      isStopped = true
      clearInterval(timer)
      return atWork
    },
  }
}
