import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Simulator } from '@firebreak/simulator'
import { afterAll, expect, test } from 'vitest'
import type { Start } from '../../demo/play.ts'
import type { Settings } from '../../src/settings.ts'
import { openTheatre } from '../support/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-killed-'))
const started: ChildProcess[] = []
afterAll(() => {
  for (const server of started) server.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

function environmentOf({ appId, privateKey, webhookSecret, apiUrl }: Settings): Record<string, string> {
  return {
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: apiUrl,
    GITHUB_PACE: 'unlimited',
    HOST: '127.0.0.1',
    PORT: '0',
    CATCH_UP_MINUTES: '0',
    JOURNAL: join(folder, 'journal'),
    PATH: process.env['PATH'] ?? '',
  }
}

/** A server as people run it; where GitHub sends its webhooks, as its log says. */
async function spawnServer(
  settings: Settings,
): Promise<{ readonly server: ChildProcess; readonly url: string }> {
  const server = spawn(process.execPath, ['src/server.ts'], {
    env: environmentOf(settings),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(server)
  for await (const line of createInterface({ input: server.stdout })) {
    const { url } = JSON.parse(line) as { readonly url?: string }
    if (url !== undefined) return { server, url }
  }
  throw new Error('the server has ended')
}

/** Ends by nothing but a signal, so that whoever closes it has nothing to wait for. */
function killable() {
  let settings: Settings | undefined
  const start: Start = async (all) => {
    settings = all
    const { url } = await spawnServer(all)
    return { url, webhookUrl: `${url}/api/github/webhooks`, idle: async () => {}, close: async () => {} }
  }
  const restart = async (github: Simulator) => {
    if (settings === undefined) throw new Error('nothing has been started')
    const { url } = await spawnServer(settings)
    github.setWebhookUrl(`${url}/api/github/webhooks`)
  }
  return { start, restart, kill: () => Promise.all(started.map(kill)) }
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGKILL')
  await once(server, 'exit')
}

test('an objection that was accepted closes the gate, though the server is killed before it has looked at it', async () => {
  const { start, restart, kill } = killable()
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
