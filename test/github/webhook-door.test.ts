import { createHmac } from 'node:crypto'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Observed } from '../../src/app/observer.ts'
import { MalformedEvent } from '../../src/app/work/malformed-event.ts'
import { createWebhookDoor, type WebhookEvent } from '../../src/github/webhook-door.ts'
import { recordingLog } from '../support/github.ts'

let close = () => {}
afterEach(() => close())

const json = { 'content-type': 'application/json' }
const heading = { ...json, 'x-github-event': 'push', 'x-github-delivery': 'd-1' }

/** The headers of a body that is signed with a secret. */
function signed(body: string, secret = 'new', over: Readonly<Record<string, string>> = {}) {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return { ...heading, 'x-hub-signature-256': signature, ...over }
}

const right = signed('{}')
const wrong = signed('{}', 'another')

async function open(receive: (event: WebhookEvent) => Promise<void> = async () => undefined) {
  const facts: Observed[] = []
  const log = recordingLog()
  const clock = { now: 0 }
  const received: WebhookEvent[] = []
  const door = createWebhookDoor({
    path: '/hooks',
    observe: (fact) => void facts.push(fact),
    log,
    now: () => clock.now,
    secrets: { current: 'new', previous: 'old' },
    receive: (event) => {
      received.push(event)
      return receive(event)
    },
  })
  let begun = 0
  const server = createServer((request, response) => {
    begun++
    void door.answer(request, response).then((taken) => {
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
  const ends = () => facts.flatMap((fact) => (fact.kind === 'webhook' ? fact.end : []))
  return { received, url, post, facts, ends, log, clock, door, begun: () => begun }
}

describe('the door', () => {
  test('lets in what is signed, as it was sent', async () => {
    const { post, received } = await open()

    const { status } = await post('{"ä":1}', signed('{"ä":1}'))

    expect([status, received]).toEqual([200, [{ id: 'd-1', name: 'push', payload: { ä: 1 } }]])
  })

  test.each([
    ['without a signature', json],
    ['with a wrong signature', wrong],
    ['with a signature that cannot be compared', { ...right, 'x-hub-signature-256': 'broken' }],
    ['with the signature of another body', signed('[]')],
  ])('refuses what comes %s', async (_, headers) => {
    const { post, received } = await open()

    const { status } = await post('{}', headers)

    expect([status, received]).toEqual([400, []])
  })

  test.each([
    ['null', {}],
    ['5', {}],
    ['"pull_request"', {}],
    ['[]', {}],
    ['', {}],
    ['{', {}],
    ['{"installation":5}', {}],
    ['{"installation":{"id":"x"}}', {}],
    ['payload=%7B%7D', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['{}', { 'x-github-event': '' }],
    ['{}', { 'x-github-delivery': '' }],
  ])('refuses %s, though it is signed', async (body, headers) => {
    const { post, received, ends } = await open()

    expect((await post(body, signed(body, 'new', headers))).status).toBe(400)
    expect([received, ends()]).toEqual([[], ['no-event']])
  })

  test.each(['constructor', '__proto__', 'error', '*', 'deployment'])(
    'lets %s pass, which is nothing of ours',
    async (name) => {
      const { post, received } = await open()

      expect((await post('{}', { ...right, 'x-github-event': name })).status).toBe(200)
      expect(received).toEqual([])
    },
  )

  test('tells a payload that is none from an event that could not be kept, for which GitHub is to try again', async () => {
    const faults = [new MalformedEvent('no number'), new Error('the disk is full')]
    const { post, ends, log } = await open(() => Promise.reject(new AggregateError([faults.shift()])))

    expect((await post('{}', right)).status).toBe(400)
    expect((await post('{}', right)).status).toBe(503)
    expect(ends()).toEqual(['no-event', 'failed'])
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['error', 'a signed event is not as GitHub sends it; nothing is done for it'],
      ['error', 'an event was not kept'],
    ])
  })

  test('takes both secrets while one is replaced, and says that the old one is still in use', async () => {
    const { post, received, ends, log } = await open()

    for (const secret of ['old', 'new', 'older']) await post('{}', signed('{}', secret))

    expect(received).toHaveLength(2)
    expect(ends()).toEqual(['accepted', 'accepted', 'wrong-signature'])
    expect(log.lines[0]?.message).toBe('a webhook is signed with WEBHOOK_SECRET_PREVIOUS still')
  })

  test('does not say that it was kept before it is', async () => {
    const kept = Promise.withResolvers<void>()
    const { post } = await open(() => kept.promise)
    let status = 0
    const answered = post('{}', right).then((response) => {
      status = response.status
    })
    await new Promise((resolve) => setTimeout(resolve, 50))

    expect(status).toBe(0)
    kept.resolve()
    await answered
    expect(status).toBe(200)
  })

  test('once stopped refuses what comes, and what has not come wholly', async () => {
    const { url, post, door, ends } = await open()
    const half = new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...right, 'content-length': '10' }
      const sent = httpRequest(`${url}/hooks`, { method: 'POST', headers })
      sent.on('response', (response) => resolve(response.statusCode)).on('error', reject)
      sent.write('{')
    })
    await new Promise((resolve) => setTimeout(resolve, 50))

    door.stop()

    expect(await half).toBe(503)
    expect((await post('{}', right)).status).toBe(503)
    expect(ends()).toEqual(['stopping', 'stopping'])
  })

  test('says that a request was broken off for whoever looks closely, and does not call it a fault', async () => {
    const { url, log, ends, begun } = await open()
    const sent = httpRequest(`${url}/hooks`, {
      method: 'POST',
      headers: { ...right, 'content-length': '10' },
    })
    sent.on('error', () => undefined).write('{')
    await expect.poll(begun).toBe(1)
    sent.destroy()

    await expect.poll(ends).toEqual(['aborted'])
    expect(log.lines).toEqual([{ level: 'debug', fields: {}, message: 'a request was broken off' }])
  })

  test('tells how each ended, and in its log once a minute that a secret is wrong', async () => {
    const { post, facts, log, clock } = await open()

    await post('{}', right)
    await post('{}', json)
    for (let count = 0; count < 3; count++) await post('{}', wrong)
    clock.now = 60_000
    await post('{}', wrong)

    const seconds = expect.any(Number)
    expect(facts).toEqual([
      { kind: 'webhook', end: 'accepted', event: 'push', seconds },
      { kind: 'webhook', end: 'unsigned', seconds },
      ...Array(4).fill({ kind: 'webhook', end: 'wrong-signature', event: 'push', seconds }),
    ])
    const message = 'a webhook is signed with another secret than WEBHOOK_SECRET; it is refused'
    expect(log.lines).toEqual([
      { level: 'warn', fields: { count: 1 }, message },
      { level: 'warn', fields: { count: 3 }, message },
    ])
  })

  test('does not even read what says it is too large', async () => {
    const { url, received } = await open()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(`${url}/hooks`, {
        method: 'POST',
        headers: { 'content-length': String(30 * 1024 * 1024), 'x-hub-signature-256': 'right' },
      })
      sent.on('response', (response) => resolve(response.statusCode)).on('error', reject)
      sent.flushHeaders()
    })

    expect([status, received]).toEqual([413, []])
  })

  test('stops reading what turns out too large', async () => {
    const { url, received } = await open()
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
    expect(received).toEqual([])
  })

  test('is not for other paths', async () => {
    const { post } = await open()

    expect((await post('{}', right, '/other')).status).toBe(404)
  })
})
