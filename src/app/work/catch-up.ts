import type { Log } from '../log.ts'
import type { Forge } from '../ports.ts'
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
}

/** As long as GitHub keeps what it has delivered. */
const kept = 3 * 24 * 60 * 60 * 1000

/** What was accepted comes before what never arrived. */
async function resumeAccepted({ resume, log }: CatchUpOptions): Promise<void> {
  await resume().catch((error: unknown) => log.error({ err: error }, 'what was accepted could not be read'))
}

/** Asks once more for the events that did not arrive within the last `milliseconds`. */
async function redeliverSince(milliseconds: number, { forge, log, now }: CatchUpOptions): Promise<void> {
  try {
    const count = await forge.redeliver(new Date(now() - milliseconds).toISOString())
    if (count > 0) log.warn({ count }, 'events that did not arrive are asked for once more')
  } catch (error) {
    log.error({ err: error }, 'events that did not arrive could not be asked for')
  }
}

/** What a server does that was away: it asks for every lost event that the forge still has, and looks for what no event told of. */
export async function catchUp(options: CatchUpOptions): Promise<void> {
  await resumeAccepted(options)
  await redeliverSince(kept, options)
  await sweepAll('start', options)
}

/** A repository that cannot be read does not keep the others waiting. */
async function sweepAll(when: 'start' | 'later', options: CatchUpOptions): Promise<void> {
  const { forge, sweep } = options
  await forEach(await readInstallations(options), options, async (installation) => {
    await forEach(await forge.repositories(installation), options, (at) => sweep(at, when))
  })
}

async function readInstallations({ forge, log }: CatchUpOptions): Promise<readonly number[]> {
  return forge.installations().catch((error: unknown) => {
    log.error({ err: error }, 'installations could not be listed')
    return []
  })
}

async function forEach<T>(
  values: readonly T[],
  { log }: CatchUpOptions,
  work: (value: T) => Promise<void>,
): Promise<void> {
  for (const value of values) {
    await work(value).catch((error: unknown) =>
      log.error({ err: error, where: value }, 'what was missed there is not known'),
    )
  }
}

/** Makes up for what was missed as long as the server runs. */
export interface CatchingUp {
  /** Resolves when it is not at work. */
  idle(): Promise<void>
  /** Begins nothing more, and resolves when it is not at work. */
  stop(): Promise<void>
}

/** Catches up at once, and again every so many minutes; where they are none, only with what was accepted, and once. */
export function startCatchingUp(minutes: number, options: CatchUpOptions): CatchingUp {
  if (minutes === 0) {
    const resumed = resumeAccepted(options)
    return { idle: () => resumed, stop: () => resumed }
  }
  const interval = minutes * 60 * 1000
  let atWork = catchUp(options)
  async function again(): Promise<void> {
    await resumeAccepted(options)
    // Twice as far back as the last time, in case that GitHub was slow to list them.
    await redeliverSince(2 * interval, options)
    await sweepAll('later', options)
  }
  const timer = setInterval(() => {
    atWork = atWork.then(again)
  }, interval)
  timer.unref()
  return {
    idle: () => atWork,
    stop() {
      clearInterval(timer)
      return atWork
    },
  }
}
