import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { unlimited } from '../../../src/github/pacing/ledger.ts'
import { createPacer } from '../../../src/github/pacing/pacer.ts'

/** A GitHub that has begun to answer and does not go on, or has not even begun; its address. */
async function silentAfter(begins: boolean): Promise<string> {
  const server = createServer((_, response) => {
    if (begins) response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`
}

test.each([
  ['nothing of its answer', false],
  ['its answer in part', true],
])('whoever sends %s is not waited for, and holds up nobody for longer', async (_, begins) => {
  const url = await silentAfter(begins)
  const send = createPacer(unlimited, 50).fetchAs(1)
  const began = performance.now()

  // The eleventh waits for one of the ten before it.
  const ends = await Promise.allSettled(Array.from({ length: 11 }, () => send(url)))

  expect(ends.map(({ status }) => status)).toEqual(Array(11).fill('rejected'))
  expect(performance.now() - began).toBeLessThan(5_000)
})
