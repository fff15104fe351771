import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type CatchUpOptions, startCatchingUp } from '../../../src/app/work/catch-up.ts'
import type { Scope } from '../../../src/app/work/scope.ts'
import type { Standing } from '../../../src/app/work/standing.ts'
import { createSweep } from '../../../src/app/work/sweep.ts'
import { at, recordingLog } from '../../support/github.ts'
import { createInMemoryForge } from '../../support/in-memory-forge.ts'

function unjudged(number: number): Standing {
  return { ref: { ...at, number }, head: 'head', branch: 'main', now: { tip: 'tip', opinions: 'none' } }
}

/** What it does at its start. */
async function catchUp(options: CatchUpOptions): Promise<void> {
  const catching = startCatchingUp(10, options)
  await catching.idle()
  await catching.stop()
}

function world() {
  const log = recordingLog()
  const forge = createInMemoryForge()
  forge.standing = [7, 8].map((number) => unjudged(number))
  const requested: Scope[] = []
  const request = async (scope: Scope) => void requested.push(scope)
  const options: CatchUpOptions = {
    forge,
    sweep: createSweep({ forge, request, observe: () => undefined, log }),
    resume: async () => void forge.reads.push('resume'),
    log,
    now: () => Date.parse('2026-01-04T00:00:00Z'),
    pause: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
  }
  return { forge, options, requested, log }
}

describe('a server that was away', () => {
  test('asks for what GitHub still has, and evaluates what was left without a verdict', async () => {
    const { forge, options, requested } = world()

    await catchUp(options)

    expect(forge.reads).toEqual(['resume', 'redeliver since 2026-01-01T00:00:00.000Z', 'standing'])
    expect(requested).toEqual([7, 8].map((number) => ({ kind: 'pull-request', ref: { ...at, number } })))
  })

  test('is not kept from one repository by another', async () => {
    const { forge, options, requested, log } = world()
    const other = { ...at, repo: 'gone' }
    const { connect } = forge
    forge.repositories = async () => [other, at]
    forge.connect = (to) => (to.repo === 'gone' ? Promise.reject(new Error('404')) : connect(to))

    await catchUp(options)

    expect(requested).toHaveLength(2)
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('starts all the same where GitHub does not answer', async () => {
    const { forge, options, log } = world()
    forge.redeliver = () => Promise.reject(new Error('502'))
    forge.installations = () => Promise.reject(new Error('502'))

    await catchUp(options)

    expect(log.lines.map(({ level }) => level)).toEqual(['error', 'error'])
  })
})

test('what cannot be taken up is logged, and keeps nobody waiting', async () => {
  const { options, requested, log } = world()

  await catchUp({ ...options, resume: () => Promise.reject(new Error('the disk is full')) })

  expect(requested).toHaveLength(2)
  expect(log.lines[0]).toMatchObject({ level: 'error', message: 'what was accepted could not be read' })
})

describe('as long as it runs', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('it asks for lost events, and looks at every verdict, every few minutes, until it is stopped', async () => {
    const { forge, options } = world()
    const catching = startCatchingUp(10, options)
    await catching.idle()
    forge.reads.length = 0

    await vi.advanceTimersByTimeAsync(20 * 60 * 1000)
    const once = ['resume', 'redeliver since 2026-01-03T23:40:00.000Z', 'standing']
    expect(forge.reads).toEqual([...once, ...once])

    await catching.stop()
    await vi.advanceTimersByTimeAsync(60 * 60 * 1000)
    expect(forge.reads).toHaveLength(6)
  })

  test('what could not be asked is asked again soon, for all events that may be lost, and not for ever', async () => {
    const { forge, options } = world()
    const { installations, redeliver } = forge
    forge.installations = () => Promise.reject(new Error('502'))
    forge.redeliver = async (since) => {
      await redeliver(since)
      throw new Error('502')
    }
    const catching = startCatchingUp(10, options)
    await catching.idle()
    const threeDays = ['resume', 'redeliver since 2026-01-01T00:00:00.000Z']
    expect(forge.reads).toEqual(threeDays)

    // After half a minute, one, two and five more.
    await vi.advanceTimersByTimeAsync(9 * 60 * 1000)
    expect(forge.reads).toEqual(Array(5).fill(threeDays).flat())

    forge.installations = installations
    forge.redeliver = redeliver
    await vi.advanceTimersByTimeAsync(60 * 1000)
    expect(forge.reads.slice(10)).toEqual([...threeDays, 'standing'])

    forge.reads.length = 0
    await vi.advanceTimersByTimeAsync(9 * 60 * 1000)
    expect(forge.reads).toEqual([])
    await catching.stop()
  })

  test('it takes up only what was accepted, where more is not wanted', async () => {
    const { forge, options } = world()

    await startCatchingUp(0, options).idle()

    expect(forge.reads).toEqual(['resume'])
  })
})
