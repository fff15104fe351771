import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, test } from 'vitest'
import { hasRedis, startRedis } from '../support/redis.ts'
import { replaceableServer } from '../support/spawned-server.ts'
import { openTheatre } from '../support/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-killed-'))
const ends: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ends) await end()
  rmSync(folder, { recursive: true })
})

async function stage(environment: Readonly<Record<string, string>> = {}) {
  const journal = join(folder, `journal-${ends.length}`)
  const server = replaceableServer({ CATCH_UP_MINUTES: '0', JOURNAL: journal, ...environment })
  ends.push(server.kill)
  return { theatre: await openTheatre({}, {}, server.start), ...server }
}

test.concurrent.for(['file', ...(hasRedis ? ['Redis'] : [])])(
  'an objection that was accepted and is kept in %s closes the gate, though the server is killed before it has looked at it',
  async (kept, { expect }) => {
    const redis = kept === 'Redis' ? await startRedis() : undefined
    if (redis !== undefined) ends.push(redis.stop)
    const { theatre, replace, kill } = await stage(redis && { REDIS_URL: redis.url })
    const { github } = theatre
    const story = await theatre.story()
    const pull = await story.propose(
      'carla',
      story.edited('teams/login/vs-1.yaml', 'exact: /login', 'exact: /log-in'),
    )
    const verdict = async () => (await pull.verdict()).conclusion
    await expect.poll(verdict).toBe('action_required')
    await pull.approve('lina')
    await expect.poll(verdict).toBe('success')

    // Nothing is at work any more: the comment that follows the verdict is written.
    await pause(2_000)
    github.inject({ path: /./, effect: { kind: 'delay', milliseconds: 3_000 }, times: 2 })
    await pull.review('leo', 'REQUEST_CHANGES', 'No.')
    await github.idle()
    await pause(500)
    await kill()
    expect(await verdict()).toBe('success')

    await replace(github)
    // Sooner than what a killed server was at is taken for left.
    await expect.poll(verdict, { timeout: 20_000 }).not.toBe('success')
    await expect.poll(verdict).toBe('action_required')
    await kill()
    await theatre.close()
  },
)

test.concurrent.for<readonly [string, Readonly<Record<string, string>>]>([
  ['that its journal tells of', {}],
  ['though its journal is lost', { JOURNAL: ':memory:', CATCH_UP_MINUTES: '10' }],
])('a server that is killed in the middle leaves no run in progress, %s', async ([, over], { expect }) => {
  const { theatre, replace, kill } = await stage()
  const { github } = theatre
  const story = await theatre.story()
  github.inject({ path: /\/git\/trees\//, effect: { kind: 'delay', milliseconds: 5_000 } })
  const pull = await story.propose(
    'lina',
    story.edited('teams/login/vs-1.yaml', 'exact: /login', 'exact: /log-in'),
  )
  const { head } = github.pullRequest(story.repo, pull.number)
  const runs = () => new Set(github.checkRuns(story.repo, head.sha).map(({ status }) => status))
  await expect.poll(runs).toContain('in_progress')
  await kill()

  await replace(github, over)
  await expect.poll(runs).toEqual(new Set(['completed']))
  expect((await pull.verdict()).conclusion).toBe('success')
  await kill()
  await theatre.close()
})
