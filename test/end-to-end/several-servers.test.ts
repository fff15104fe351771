import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { Settings } from '../../src/settings.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { type SpawnedServer, spawnServer } from '../support/spawned-server.ts'
import { openTheatre, type Story } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

/** Two servers in processes of their own that share a Redis, each of which judges one pull request at a time. */
async function pair() {
  const redis = await startRedis()
  ends.push(redis.stop)
  const servers: SpawnedServer[] = []
  const begin = async (settings: Settings) => {
    const server = await spawnServer(settings, { REDIS_URL: redis.url, CONCURRENCY: '1' })
    servers.push(server)
    ends.push(() => server.end('SIGKILL'))
    return `${server.url}/api/github/webhooks`
  }
  let addresses: readonly string[] = []
  const theatre = await openTheatre({}, {}, async (settings) => {
    addresses = await Promise.all([begin(settings), begin(settings)])
    const [url = ''] = addresses
    return { url, webhookUrl: url, idle: async () => {}, close: async () => {} }
  })
  ends.push(theatre.close)
  const [one = '', other = ''] = addresses
  return { theatre, one, other }
}

const edited = (story: Story) => story.edited(login, 'exact: /login', 'exact: /log-in')

test.skipIf(!hasRedis)(
  'a verdict counts, though two servers are told of one head at once and each begins a run there',
  async () => {
    const { theatre, one, other } = await pair()
    const { github } = theatre
    const [story, busy] = [await theatre.story(), await theatre.story()]
    const pull = await story.propose('carla', edited(story))
    const { sha } = github.pullRequest(story.repo, pull.number).head
    const runs = () => github.checkRuns(story.repo, sha)
    const newest = () => runs().at(-1)
    const patient = { interval: 100 }
    await expect.poll(() => newest()?.conclusion, patient).toBe('action_required')
    await github.idle()
    await pause(1_000)

    // Both are kept busy elsewhere, so that what they are told of now has to wait.
    const slow = new RegExp(`^/repos/${busy.repo}/check-runs/\\d+$`)
    github.inject({ method: 'PATCH', path: slow, effect: { kind: 'delay', milliseconds: 8_000 }, times: 2 })
    for (let each = 0; each < 2; each++) await busy.propose('carla', edited(busy))
    await pause(3_000)
    const creating = { method: 'POST', path: new RegExp(`^/repos/${story.repo}/check-runs$`) }
    github.inject({ ...creating, effect: { kind: 'delay', milliseconds: 1_500 }, times: 2 })
    const at = { repo: story.repo, number: pull.number }
    const before = runs().length
    await github.submitReview({ ...at, by: 'leo', event: 'APPROVE', body: 'Fine.' })
    await pause(300)
    github.setWebhookUrl(other)
    await github.submitReview({ ...at, by: 'lina', event: 'APPROVE', body: 'Fine.' })
    github.setWebhookUrl(one)

    await expect.poll(() => runs().length, patient).toBeGreaterThanOrEqual(before + 2)
    await expect.poll(() => newest()?.conclusion, patient).toBe('success')
    await expect.poll(() => runs().every(({ status }) => status === 'completed'), patient).toBe(true)
  },
)
