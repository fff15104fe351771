import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSimulator } from '@firebreak/simulator'
import { afterAll, test } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import type { Start } from '../../demo/play.ts'
import type { Settings } from '../../src/settings.ts'
import { type SpawnedServer, spawnServer } from '../support/spawned-server.ts'
import { openTheatre } from '../support/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-starting-'))
const closers: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closers.toReversed()) await close()
  rmSync(folder, { recursive: true })
})
let servers = 0

async function start(
  settings: Settings,
  environment: Readonly<Record<string, string>> = {},
): Promise<SpawnedServer> {
  servers += 1
  const journal = join(folder, `journal-${servers}`)
  const server = await spawnServer(settings, { JOURNAL: journal, ...environment })
  closers.push(() => server.end('SIGKILL'))
  return server
}

function settingsFor({
  appId,
  privateKey,
  webhookSecret,
  apiUrl,
}: Pick<Settings, 'appId' | 'privateKey' | 'webhookSecret' | 'apiUrl'>): Settings {
  return {
    ...{ appId, privateKey, webhookSecret, apiUrl, host: '127.0.0.1', port: 0, logLevel: 'info' },
    ...{ concurrency: 1, stopSeconds: 8, pace: 'unlimited', catchUpMinutes: 0, searchPath: '' },
  }
}

test.concurrent('what the App was not granted is told at start, a line each with what is lost', async ({
  expect,
}) => {
  const github = await startSimulator({
    webhookSecret: 'secret',
    permissions: { checks: 'write', contents: 'read', metadata: 'read', pull_requests: 'write' },
    events: ['pull_request', 'pull_request_review', 'merge_group', 'organization', 'member', 'repository'],
  })
  closers.push(github.close)
  const server = await start(settingsFor(github))
  const told = () => server.lines.flatMap(({ needed, lost }) => (lost === undefined ? [] : [needed]))

  await expect.poll(told).toEqual(['merge_queues: read', 'members: read', 'push', 'membership', 'team'])
})

test.concurrent('a key that is not that of the App is told at start', async ({ expect }) => {
  const github = await startSimulator({ webhookSecret: 'secret' })
  closers.push(github.close)
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const server = await start(settingsFor({ ...github, privateKey }))

  await expect
    .poll(() => server.lines.map(({ msg }) => msg))
    .toContain('GitHub does not accept APP_ID with this private key: 401')
})

test.concurrent('while the secret is replaced events come in by the old one', async ({ expect }) => {
  const startOne: Start = async (settings) => {
    const rotated = { WEBHOOK_SECRET: 'the next', WEBHOOK_SECRET_PREVIOUS: settings.webhookSecret }
    const { url } = await start(settings, rotated)
    return { url, webhookUrl: `${url}/api/github/webhooks`, idle: async () => {}, close: async () => {} }
  }
  const theatre = await openTheatre({}, {}, startOne)
  closers.push(theatre.close)
  const story = await theatre.story()
  const login = 'teams/login/vs-1.yaml'
  const pull = await story.propose('lina', { [login]: `${bookinfoFiles()[login]}      timeout: 9s\n` })

  await expect.poll(async () => (await pull.verdict()).conclusion).toBe('success')
})
