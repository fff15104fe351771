import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import type { Start } from '../../demo/play.ts'
import { createJudgingThreads } from '../../src/judging/threads.ts'
import { buildInfo, type Metric, metrics } from '../../src/operations/metrics-table.ts'
import { judgingHere, type RunningServer, startServer } from '../../src/server.ts'
import { scrape } from '../support/exposition.ts'
import { type LogLine, replaceableServer } from '../support/spawned-server.ts'
import { openTheatre, type Story, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const timeout = (seconds: number) => ({ [login]: `${bookinfoFiles()[login]}      timeout: ${seconds}s\n` })

/** Drops an entry of the author's own: blocked, whoever agrees. */
const dropping = (story: Story) =>
  story.edited(
    login,
    '            exact: /logout\n',
    '            exact: /logout\n        - uri:\n            exact: /account\n',
  )

function post(url: string, event: string, body: string, secret: string): Promise<Response> {
  return fetch(`${url}/api/github/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': 'd-1',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
}

describe('the metrics of a server', () => {
  let theatre: Theatre
  let server: RunningServer
  beforeAll(async () => {
    const start: Start = async (settings, clock) => {
      server = await startServer(settings, clock, judgingHere)
      return server
    }
    theatre = await openTheatre({}, {}, start)
  })
  afterAll(() => theatre.close())

  it('count what has happened, as a scrape over HTTP shows', async () => {
    const { github } = theatre
    const story = await theatre.story({ configuration: 'override: true\n' })
    const foreign = await story.propose('carla', timeout(3))
    expect((await foreign.verdict()).conclusion).toBe('action_required')
    await foreign.approve('lina')
    expect((await foreign.verdict()).conclusion).toBe('success')
    const dropped = await story.propose('lina', dropping(story))
    expect((await dropped.verdict()).conclusion).toBe('failure')
    await dropped.approve('maya', '/firebreak override login is down')
    expect((await dropped.verdict()).conclusion).toBe('success')
    const regex = "          headers: { x-kind: { regex: '.*a.{20}' } }\n"
    const exact = '            exact: /logout\n'
    const large = await story.propose('lina', story.edited(login, exact, `${exact}${regex}`))
    await large.verdict()
    await post(server.url, 'ping', '{}', 'another secret')
    await post(server.url, 'ping', '{"zen":"Calm."}', github.webhookSecret)
    await post(server.url, 'a"} 1', '{}', github.webhookSecret)
    await theatre.settle()

    const now = await scrape(server.url)

    expect(now.contentType).toContain('text/plain; version=0.0.4')
    const verdicts = (conclusion: string) => now.value('firebreak_verdicts_total', { conclusion })
    expect(verdicts('action_required')).toBeGreaterThanOrEqual(1)
    expect(verdicts('failure')).toBeGreaterThanOrEqual(1)
    expect(verdicts('success')).toBeGreaterThanOrEqual(2)
    // All of them were asked for by events.
    const all = now.value('firebreak_verdicts_total')
    expect(now.value('firebreak_event_to_verdict_seconds_count')).toBe(all)
    expect(now.value('firebreak_evaluation_seconds_count')).toBe(all)
    expect(now.value('firebreak_event_to_verdict_seconds_sum')).toBeGreaterThan(0)
    expect(now.value('firebreak_overrides_total')).toBe(1)
    expect(now.value('firebreak_budgets_used_up_total', { budget: 'pattern' })).toBeGreaterThanOrEqual(1)
    const calls = Map.groupBy(github.requests(), ({ path }) => (path === '/graphql' ? 'graphql' : 'rest'))
    for (const api of ['rest', 'graphql'] as const) {
      expect(now.value('firebreak_github_calls_total', { api })).toBe(calls.get(api)?.length)
    }
    expect(now.value('firebreak_github_rate_limit_remaining', { resource: 'core' })).toBeLessThan(5000)
    expect(now.value('firebreak_cache_lookups_total', { of: 'blobs', found: 'hit' })).toBeGreaterThan(0)
    // Some come alone, and others many with one question.
    expect(now.value('firebreak_cache_lookups_total', { of: 'blobs', found: 'miss' })).toBeGreaterThan(
      github.requests().filter(({ path }) => path.includes('/git/blobs/')).length,
    )
    // The ping and the event that nobody knows came besides.
    expect(now.value('firebreak_webhooks_total', { end: 'accepted' })).toBe(github.deliveries().length + 2)
    expect(now.value('firebreak_webhooks_total', { end: 'wrong-signature' })).toBe(1)
    expect(now.value('firebreak_events_total', { event: 'pull_request_review' })).toBe(
      github.deliveries().filter(({ event }) => event === 'pull_request_review').length,
    )
    expect(now.value('firebreak_events_total', { event: 'other' })).toBe(1)
    expect(now.value('firebreak_pending_events')).toBe(0)
    expect(now.value('firebreak_queue_jobs')).toBe(0)
    expect(now.value('firebreak_ready')).toBe(3)
    expect(now.value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
    expect(now.value('process_cpu_seconds_total')).toBeGreaterThan(0)
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
    expect(now.value(buildInfo.name, { version })).toBe(1)
  })

  it('are those of the table, and no label says anything else', async () => {
    const { samples } = await scrape(server.url)
    const table = new Map(Object.values<Metric>(metrics).map((metric) => [metric.name, metric]))
    const strange = samples.filter(({ name, labels }) => {
      if (name === buildInfo.name) return false
      const metric = table.get(name.replace(/(?<=_seconds)_(?:bucket|sum|count)$/, ''))
      const { le: _, ...ours } = labels
      return (
        metric === undefined ||
        Object.entries(ours).some(([label, value]) => !metric.labels[label]?.includes(value))
      )
    })

    expect(strange).toEqual([])
    const exposed = new Set(samples.map(({ name }) => name.replace(/_(?:bucket|sum|count)$/, '')))
    expect([...table.keys()].filter((name) => !exposed.has(name))).toEqual([])
  })

  it('say how much waits, and since when, while it does', async () => {
    const { github } = theatre
    const story = await theatre.story()
    github.inject({ path: /\/pulls\/1$/, effect: { kind: 'delay', milliseconds: 4_000 }, times: 1 })
    const pull = await story.propose('lina', timeout(9))
    await github.idle()

    const during = await scrape(server.url)
    await pull.verdict()

    expect(during.value('firebreak_queue_jobs', { state: 'running' })).toBeGreaterThanOrEqual(1)
    expect(during.value('firebreak_pending_events')).toBeGreaterThanOrEqual(1)
    expect(during.value('firebreak_oldest_pending_event_seconds')).toBeGreaterThan(0)
    const after = await scrape(server.url)
    expect(after.value('firebreak_queue_jobs')).toBe(0)
    expect(after.value('firebreak_oldest_pending_event_seconds')).toBe(0)
  })

  it('tell how loaded the loop is, as does whoever asks whether it lives', async () => {
    const health = (await (await fetch(`${server.url}/healthz`)).json()) as {
      readonly alive: boolean
      readonly loopLagSeconds: { readonly p99: number }
    }

    expect(health.alive).toBe(true)
    expect(health.loopLagSeconds.p99).toBeGreaterThanOrEqual(0)
    expect((await scrape(server.url)).value('firebreak_loop_lag_seconds', { quantile: '1' })).toBeGreaterThan(
      0,
    )
  })
})

describe('the metrics of a server that judges in threads', () => {
  it('know what a thread asked its own store, and that one was ended by force', async () => {
    const urls: string[] = []
    const judgingFor =
      (seconds: number): Start =>
      async (settings, clock) => {
        const server = await startServer(settings, clock, (_, observe) =>
          createJudgingThreads({ threads: 1, seconds, observe }),
        )
        urls.push(server.url)
        return server
      }
    for (const seconds of [60, 0.001]) {
      const theatre = await openTheatre({}, {}, judgingFor(seconds))
      const story = await theatre.story()
      await (await story.propose('lina', timeout(9))).verdict()
      const now = await scrape(urls.at(-1) ?? '')
      await theatre.close()

      const isOver = seconds < 1
      expect(now.value('firebreak_cache_lookups_total', { at: 'thread', found: 'miss' }) > 0).toBe(!isOver)
      expect(now.value('firebreak_evaluations_abandoned_total', { why: 'fault' })).toBe(isOver ? 1 : 0)
      expect(now.value('firebreak_budgets_used_up_total', { budget: 'judgingSeconds' }) === 1).toBe(isOver)
      expect(now.value('firebreak_log_lines_total', { level: 'error' }) > 0).toBe(isOver)
    }
  })
})

describe('the log of a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-watched-'))
  let theatre: Theatre
  const server = replaceableServer({ JOURNAL: join(folder, 'journal') })
  beforeAll(async () => {
    theatre = await openTheatre({}, {}, server.start)
  })
  afterAll(async () => {
    await theatre.close()
    await server.kill()
    rmSync(folder, { recursive: true })
  })

  const linesOf = (message: string) => server.current().lines.filter(({ msg }) => msg === message)

  it('says on each line of an evaluation which delivery asked for it, of what, at which head, and for how long', async () => {
    const { github } = theatre
    const story = await theatre.story({ configuration: 'override: true\n' })
    // The first push concerns whatever is proposed meanwhile.
    const pending = async () => (await scrape(server.current().url)).value('firebreak_pending_events')
    await expect.poll(pending).toBe(0)
    const pull = await story.propose('lina', dropping(story))
    await expect.poll(() => linesOf('verdict published').length).toBe(1)
    await pull.approve('maya', '/firebreak override login is down')
    await expect.poll(() => linesOf('verdict published').length).toBe(2)

    const { head } = github.pullRequest(story.repo, pull.number)
    // GitHub wraps each of our review comments in a review of its own.
    const review = github.deliveries().find(({ body }) => body.includes('login is down'))
    // What is said in the thread that judges, and what is said here.
    for (const message of ['a verdict is set aside', 'verdict published']) {
      expect(linesOf(message).at(-1)).toMatchObject({
        delivery: review?.guid,
        repository: story.repo,
        pullRequest: pull.number,
        head: head.sha,
        duration: expect.any(Number),
      })
    }
  })

  it('says that a webhook has another secret, once a minute however many there are', async () => {
    for (let count = 0; count < 5; count++) {
      expect((await post(server.current().url, 'ping', '{}', 'another secret')).status).toBe(400)
    }
    const said = (): readonly LogLine[] =>
      server.current().lines.filter(({ msg }) => msg?.includes('WEBHOOK_SECRET'))
    await expect.poll(() => said().length).toBe(1)
    expect(
      (await scrape(server.current().url)).value('firebreak_webhooks_total', { end: 'wrong-signature' }),
    ).toBe(5)
  })
})
