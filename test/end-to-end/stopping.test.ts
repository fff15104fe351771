import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { scrape } from '../support/exposition.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { replaceableServer } from '../support/spawned-server.ts'
import { openTheatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const timeout = (seconds: number) => ({ [login]: `${bookinfoFiles()[login]}      timeout: ${seconds}s\n` })

const folder = mkdtempSync(join(tmpdir(), 'firebreak-stopping-'))
const closers: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true })
})

/** A local GitHub with a server in a process of its own, and how to start the next one. */
async function open(environment: Readonly<Record<string, string>>) {
  const server = replaceableServer(environment)
  const theatre = await openTheatre({}, {}, server.start)
  closers.push(theatre.close, server.kill)
  return { theatre, current: server.current, next: () => server.replace(theatre.github) }
}

/** Seconds that a busy machine takes besides to end a process. */
const slack = 5

const quiet = async (url: string) => {
  const now = await scrape(url)
  return now.value('firebreak_pending_events') === 0 && now.value('firebreak_queue_jobs') === 0
}

describe.concurrent('a server that is told to end', () => {
  it('ends what is at work, leaves what waits to the next one, and loses nothing', async ({ expect }) => {
    const { theatre, current, next } = await open({ JOURNAL: join(folder, 'waiting'), CONCURRENCY: '1' })
    const { github } = theatre
    const story = await theatre.story()
    await expect.poll(() => quiet(current().url)).toBe(true)
    github.inject({ path: /\/git\/trees\//, effect: { kind: 'delay', milliseconds: 1_000 }, times: 2 })
    const pulls = [await story.propose('carla', timeout(3)), await story.propose('lina', timeout(9))]
    await github.idle()

    const { code, seconds } = await current().end('SIGTERM')

    expect(code).toBe(0)
    expect(seconds).toBeLessThan(8 + slack)
    expect(current().lines.at(-1)?.msg).toBe('stopped')
    const verdicts = () => Promise.all(pulls.map(async (pull) => (await pull.verdict()).conclusion))
    expect(await verdicts()).not.toContain('success')
    await next()
    await expect.poll(verdicts).toEqual(['action_required', 'success'])
  })

  it('ends in time though GitHub does not answer, and the next one does what was left', async ({
    expect,
  }) => {
    const { theatre, current, next } = await open({ JOURNAL: join(folder, 'silent'), STOP_SECONDS: '1' })
    const { github } = theatre
    const story = await theatre.story()
    await expect.poll(() => quiet(current().url)).toBe(true)
    github.inject({ path: /\/git\/trees\//, effect: { kind: 'delay', milliseconds: 12_000 }, times: 1 })
    const pull = await story.propose('lina', timeout(9))
    await github.idle()
    const verdict = async () => (await pull.verdict()).conclusion
    await expect.poll(verdict).toBe('in_progress')

    const { code, seconds } = await current().end('SIGTERM')

    expect(code).toBe(0)
    expect(seconds).toBeLessThan(1 + slack)
    expect(current().lines.map(({ msg }) => msg)).toContain('what is at work is left to the next server')
    await next()
    await expect.poll(verdict).toBe('success')
  })

  it('does not wait for a body that has not come, nor for a connection that is kept open', async ({
    expect,
  }) => {
    const { current } = await open({ JOURNAL: join(folder, 'half') })
    const { hostname, port } = new URL(current().url)
    const half = connect(Number(port), hostname)
    half.on('error', () => undefined)
    half.write(
      'POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\nx-hub-signature-256: sha256=x\r\ncontent-length: 100\r\n\r\n{',
    )
    await fetch(`${current().url}/healthz`)

    const { code, seconds } = await current().end('SIGTERM')

    expect(code).toBe(0)
    expect(seconds).toBeLessThan(8)
    half.destroy()
  })

  it.skipIf(!hasRedis)(
    'ends in time though Redis is away, and says before that it keeps nothing',
    async ({ expect }) => {
      const redis = await startRedis()
      const { current } = await open({ REDIS_URL: redis.url, STOP_SECONDS: '2' })
      const said = () => current().lines.map(({ weakness }) => weakness)
      await expect.poll(said).toContain('forgets')
      await redis.stop()

      const { code, seconds } = await current().end('SIGTERM')

      expect(code).toBe(0)
      expect(seconds).toBeLessThan(2 + slack)
    },
  )
})
