import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { killable } from '../support/killable.ts'
import { openTheatre } from '../support/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-killed-'))
const ends: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ends) await end()
  rmSync(folder, { recursive: true })
})

async function stage() {
  const journal = join(folder, `journal-${ends.length}`)
  const server = killable({ CATCH_UP_MINUTES: '0', JOURNAL: journal })
  ends.push(server.kill)
  return { theatre: await openTheatre({}, {}, server.start), ...server }
}

test('an objection that was accepted closes the gate, though the server is killed before it has looked at it', async () => {
  const { theatre, restart, kill } = await stage()
  const { github } = theatre
  const story = await theatre.story()
  const pull = await story.propose(
    'carla',
    story.edited('teams/login/vs-1.yaml', 'exact: /login', 'exact: /log-in'),
  )
  const verdict = async () => (await pull.verdict()).conclusion
  await expect.poll(verdict, { timeout: 60_000 }).toBe('action_required')
  await pull.approve('lina')
  await expect.poll(verdict, { timeout: 60_000 }).toBe('success')

  github.inject({ path: /./, effect: { kind: 'delay', milliseconds: 3_000 }, times: 2 })
  await pull.review('leo', 'REQUEST_CHANGES', 'No.')
  await github.idle()
  await kill()
  expect(await verdict()).toBe('success')

  await restart(github)
  await expect.poll(verdict, { timeout: 60_000 }).toBe('action_required')
  await kill()
  await theatre.close()
})

test.each([
  ['that its journal tells of', {}],
  ['though its journal is lost', { JOURNAL: ':memory:', CATCH_UP_MINUTES: '10' }],
])('a server that is killed in the middle leaves no run in progress, %s', async (_, over) => {
  const { theatre, restart, kill } = await stage()
  const { github } = theatre
  const story = await theatre.story()
  github.inject({ path: /\/git\/blobs\//, effect: { kind: 'delay', milliseconds: 5_000 } })
  const pull = await story.propose(
    'lina',
    story.edited('teams/login/vs-1.yaml', 'exact: /login', 'exact: /log-in'),
  )
  const { head } = github.pullRequest(story.repo, pull.number)
  const runs = () => new Set(github.checkRuns(story.repo, head.sha).map(({ status }) => status))
  await expect.poll(runs, { timeout: 60_000 }).toContain('in_progress')
  await kill()

  await restart(github, over)
  await expect.poll(runs, { timeout: 60_000 }).toEqual(new Set(['completed']))
  expect((await pull.verdict()).conclusion).toBe('success')
  await kill()
  await theatre.close()
})
