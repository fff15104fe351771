import { createHmac, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../src/server.ts'
import type { Settings } from '../src/settings.ts'
import { scrape } from './support/exposition.ts'
import { hasRedis, startRedis } from './support/redis.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

const webhookSecret = 'a secret of the test'
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A forge that refuses everything, and remembers who asked. */
async function refusingForge() {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Bad credentials"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3` }
}

async function start(
  over: Partial<Settings> = {},
): Promise<{ server: RunningServer; requests: readonly string[] }> {
  const forge = await refusingForge()
  const settings: Settings = {
    appId: 42,
    privateKey,
    webhookSecret,
    apiUrl: forge.url,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'fatal',
    concurrency: 2,
    stopSeconds: 600,
    pace: 'unlimited',
    catchUpMinutes: 0,
    searchPath: '',
    ...over,
  }
  // The forge refuses however long it is waited for.
  const server = await startServer(settings, {
    pause: (milliseconds) => (milliseconds < 30_000 ? Promise.resolve() : new Promise(() => {})),
    today: () => '2026-01-31',
    now: () => Date.parse('2026-01-31'),
  })
  closers.push(() => server.close())
  return { server, requests: forge.requests }
}

function deliver(server: RunningServer, event: string, payload: object, secret = webhookSecret) {
  const body = JSON.stringify(payload)
  return fetch(server.webhookUrl, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': '1',
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
}

test('a server that can keep nothing does not start, and says so', async () => {
  await expect(start({ journal: '/nowhere/at/all' })).rejects.toThrow(
    'JOURNAL cannot be opened: /nowhere/at/all',
  )
})

test('a server whose journal another one has does not start, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-server-'))
  closers.push(async () => rmSync(folder, { recursive: true }))
  const journal = join(folder, 'journal')
  await start({ journal })

  await expect(start({ journal })).rejects.toThrow(`JOURNAL is in use by another server: ${journal}`)
})

/** What a server says is missing, by part. */
async function missing(server: RunningServer) {
  const response = await fetch(`${server.url}/readyz`)
  const { ready, missing: parts } = (await response.json()) as Readiness
  expect(response.status).toBe(ready ? 200 : 503)
  return parts
}

interface Readiness {
  readonly ready: boolean
  readonly missing: Readonly<Record<string, string>>
}

describe('the server', () => {
  test('lives, whether or not GitHub takes it for what it says it is', async () => {
    const { server } = await start()

    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404)
    expect((await fetch(`${server.url}/metrics`, { method: 'POST' })).status).toBe(404)
  })

  test('that GitHub does not know is not ready, and says why', async () => {
    const { server } = await start()

    expect(await missing(server)).toEqual({
      app: 'GitHub does not accept APP_ID with this private key: 401',
    })
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('firebreak_ready{part="app"} 0\n')
  })

  test('whose GitHub is away is alive, not ready, and answers in time', async () => {
    const { server } = await start({ apiUrl: 'http://127.0.0.1:9/api/v3' })

    expect(await missing(server)).toEqual({ app: 'GitHub has not been reached yet' })
  })

  test.skipIf(!hasRedis)('whose store is away is not ready, and counts on without it', async () => {
    const redis = await startRedis()
    const { server } = await start({ redisUrl: redis.url })
    await expect.poll(() => missing(server)).not.toHaveProperty('store')
    await redis.stop()
    await expect.poll(() => missing(server)).toHaveProperty('store')

    const { value } = await scrape(server.url)

    expect(value('firebreak_ready', { part: 'store' })).toBe(0)
    expect(value('firebreak_pending_events')).toBeNaN()
    const again = await startRedis(Number(new URL(redis.url).port))
    closers.push(again.stop)
    await expect.poll(() => missing(server)).not.toHaveProperty('store')
    await server.close()
  })

  test('answers a signed event', async () => {
    const { server } = await start()

    expect((await deliver(server, 'ping', { zen: 'Keep it logically awesome.' })).status).toBe(200)
  })

  test.each(['a wrong secret', 'development'])('refuses an event that is signed with %j', async (secret) => {
    const { server } = await start()

    expect((await deliver(server, 'ping', {}, secret)).status).toBe(400)
  })

  test('takes the base URL as told, for an Enterprise Server', async () => {
    const { server, requests } = await start()
    const repository = { name: 'mesh', owner: { login: 'bookinfo' } }
    const head = { installation: { id: 3 }, repository, action: 'opened', pull_request: { number: 7 } }

    expect((await deliver(server, 'pull_request', head)).status).toBe(200)
    await server.idle()

    expect(requests).toContain('GET /api/v3/app')
  })

  test('that is closed accepts nothing more', async () => {
    const { server } = await start()

    await server.close()

    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  })
})
