import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Simulator } from '@firebreak/simulator'
import { afterAll, expect, test } from 'vitest'
import type { Start } from '../../demo/play.ts'
import type { Settings } from '../../src/settings.ts'
import { type SpawnedServer, spawnServer } from '../support/spawned-server.ts'
import { openTheatre } from '../support/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-killed-'))
const started: SpawnedServer[] = []
const kill = () => Promise.all(started.map((server) => server.end('SIGKILL')))
afterAll(async () => {
  await kill()
  rmSync(folder, { recursive: true })
})

async function startOne(settings: Settings): Promise<SpawnedServer> {
  const server = await spawnServer(settings, { JOURNAL: join(folder, 'journal') })
  started.push(server)
  return server
}

/** Ends by nothing but a signal, so that whoever closes it has nothing to wait for. */
function killable() {
  let settings: Settings | undefined
  const start: Start = async (all) => {
    settings = all
    const { url } = await startOne(all)
    return { url, webhookUrl: `${url}/api/github/webhooks`, idle: async () => {}, close: async () => {} }
  }
  const restart = async (github: Simulator) => {
    if (settings === undefined) throw new Error('nothing has been started')
    const { url } = await startOne(settings)
    github.setWebhookUrl(`${url}/api/github/webhooks`)
  }
  return { start, restart }
}

test('an objection that was accepted closes the gate, though the server is killed before it has looked at it', async () => {
  const { start, restart } = killable()
  const theatre = await openTheatre({}, {}, start)
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
  await theatre.close()
})
