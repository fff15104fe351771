import { type ClientRequest, createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Bodies, type BodiesOptions, type Body, createBodies } from '../../src/github/bodies.ts'

let close = () => {}
afterEach(() => close())

/** A server that reads bodies and keeps them; each client is known by the path that it asks. */
async function open(limits: Partial<BodiesOptions> = {}) {
  const bodies: Bodies = createBodies({ largest: 1000, together: 2000, seconds: 60, ...limits })
  const read = new Map<string, Body>()
  const begun = new Set<string | undefined>()
  const server = createServer(async (request, response) => {
    request.once('data', () => begun.add(request.url))
    const body = await bodies.read(request)
    read.set(request.url ?? '', body)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => {
    server.close()
    server.closeAllConnections()
  }
  const { port } = server.address() as AddressInfo
  function send(path: string, bytes: number): ClientRequest {
    const sent = httpRequest({ port, path, method: 'POST', headers: { 'transfer-encoding': 'chunked' } })
    sent.on('error', () => undefined)
    sent.write('x'.repeat(bytes))
    return sent
  }
  const outcome = (path: string) => {
    const body = read.get(path)
    return body?.kind === 'none' ? body.why : body?.text.length
  }
  /** Resolves when bytes of a client have come. */
  const arrival = (path: string) => expect.poll(() => begun.has(path)).toBe(true)
  return { bodies, read, send, outcome, arrival }
}

test('a body is what was sent, in however many parts', async () => {
  const { send, outcome, arrival } = await open()
  const sent = send('/parts', 400)
  await arrival('/parts')
  sent.end('x'.repeat(500))

  await expect.poll(() => outcome('/parts')).toBe(900)
})

test('where all together are too large, the largest that is not whole gives way, and a small one passes', async () => {
  const { send, outcome, arrival } = await open()
  send('/a', 900)
  send('/b', 950)
  for (const path of ['/a', '/b']) await arrival(path)
  send('/small', 200).end()

  await expect.poll(() => outcome('/small')).toBe(200)
  expect([outcome('/a'), outcome('/b')]).toEqual([undefined, 'crowded-out'])
})

test('a body counts until it is released', async () => {
  const { send, outcome, read } = await open()
  for (const path of ['/a', '/b']) send(path, 950).end()
  await expect.poll(() => outcome('/b')).toBe(950)
  send('/c', 200).end()
  await expect.poll(() => outcome('/c')).toBe('crowded-out')

  const held = read.get('/a')
  if (held?.kind === 'whole') {
    held.release()
    held.release()
  }
  send('/d', 900).end()

  await expect.poll(() => outcome('/d')).toBe(900)
  send('/e', 900).end()
  await expect.poll(() => outcome('/e')).toBe('crowded-out')
})

test('what was given up or broken off holds nothing any more', async () => {
  const { send, outcome, arrival } = await open()
  send('/too-large', 1001)
  await expect.poll(() => outcome('/too-large')).toBe('too-large')
  const broken = send('/broken', 900)
  await arrival('/broken')
  broken.destroy()
  await expect.poll(() => outcome('/broken')).toBe('aborted')

  for (const path of ['/a', '/b']) send(path, 1000).end()

  await expect.poll(() => [outcome('/a'), outcome('/b')]).toEqual([1000, 1000])
})

test('a body that comes byte by byte has no more time than any other', async () => {
  const { send, outcome } = await open({ seconds: 0.3 })
  const sent = send('/slow', 1)
  const drip = setInterval(() => sent.write('x'), 20)

  await expect.poll(() => outcome('/slow')).toBe('too-slow')
  clearInterval(drip)
  sent.destroy()
})

test('once stopped nothing that is not whole is waited for', async () => {
  const { send, outcome, bodies, arrival } = await open()
  send('/before', 10)
  await arrival('/before')
  bodies.stop()
  send('/after', 10).end()

  await expect.poll(() => [outcome('/before'), outcome('/after')]).toEqual(['stopping', 'stopping'])
})
