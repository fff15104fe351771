import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Observed } from '../../src/app/observer.ts'
import { createWebhookDoor } from '../../src/github/webhook-door.ts'
import { recordingLog } from '../support/github.ts'

let close = () => {}
afterEach(() => close())

async function open() {
  const facts: Observed[] = []
  const log = recordingLog()
  const clock = { now: 0 }
  const admitted: (string | undefined)[] = []
  const verified: string[] = []
  const door = createWebhookDoor({
    path: '/hooks',
    observe: (fact) => void facts.push(fact),
    log,
    now: () => clock.now,
    verify: async (body, signature) => {
      verified.push(body)
      if (signature === 'broken') throw new Error('cannot compare')
      return signature === 'right'
    },
    admit: ({ body }, response) => {
      admitted.push(body)
      response.end('ok')
    },
  })
  const server = createServer((request, response) => {
    void door(request, response).then((taken) => {
      if (!taken) response.writeHead(404).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => {
    server.close()
    server.closeAllConnections()
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = (body: string, headers: Record<string, string>, path = '/hooks') =>
    fetch(url + path, { method: 'POST', body, headers })
  return { admitted, verified, url, post, facts, log, clock }
}

describe('the door', () => {
  test('lets in what is signed, with its body as it was sent', async () => {
    const { post, admitted } = await open()

    const { status } = await post('{"ä":1}', { 'x-hub-signature-256': 'right' })

    expect([status, admitted]).toEqual([200, ['{"ä":1}']])
  })

  test.each([
    ['without a signature', {}],
    ['with a wrong signature', { 'x-hub-signature-256': 'wrong' }],
    ['with a signature that cannot be compared', { 'x-hub-signature-256': 'broken' }],
  ])('refuses what comes %s', async (_, headers) => {
    const { post, admitted } = await open()

    const { status } = await post('{}', headers as Record<string, string>)

    expect([status, admitted]).toEqual([400, []])
  })

  test('tells how each ended, and in its log once a minute that a secret is wrong', async () => {
    const { post, facts, log, clock } = await open()
    const wrong = () => post('{}', { 'x-hub-signature-256': 'wrong' })

    await post('{}', { 'x-hub-signature-256': 'right', 'x-github-event': 'ping' })
    await post('{}', {})
    for (let count = 0; count < 3; count++) await wrong()
    clock.now = 60_000
    await wrong()

    expect(facts).toEqual([
      { kind: 'webhook', end: 'accepted', event: 'ping' },
      { kind: 'webhook', end: 'unsigned' },
      ...Array(4).fill({ kind: 'webhook', end: 'wrong-signature' }),
    ])
    const message = 'a webhook is signed with another secret than WEBHOOK_SECRET; it is refused'
    expect(log.lines).toEqual([
      { level: 'warn', fields: { count: 1 }, message },
      { level: 'warn', fields: { count: 3 }, message },
    ])
  })

  test('does not even read what says it is too large', async () => {
    const { url, verified } = await open()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(`${url}/hooks`, {
        method: 'POST',
        headers: { 'content-length': String(30 * 1024 * 1024), 'x-hub-signature-256': 'right' },
      })
      sent.on('response', (response) => resolve(response.statusCode)).on('error', reject)
      sent.flushHeaders()
    })

    expect([status, verified]).toEqual([413, []])
  })

  test('stops reading what turns out too large', async () => {
    const { url, verified } = await open()
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const outcome = await new Promise<number | string | undefined>((resolve) => {
      const sent = httpRequest(`${url}/hooks`, {
        method: 'POST',
        headers: { 'x-hub-signature-256': 'right' },
      })
      sent.on('response', (response) => resolve(response.statusCode)).on('error', () => resolve('cut off'))
      for (let index = 0; index < 28; index++) sent.write(chunk)
      sent.end()
    })

    expect([413, 'cut off']).toContain(outcome)
    expect(verified).toEqual([])
  })

  test('is not for other paths', async () => {
    const { post } = await open()

    expect((await post('{}', { 'x-hub-signature-256': 'right' }, '/other')).status).toBe(404)
  })
})
