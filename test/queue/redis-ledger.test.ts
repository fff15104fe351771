import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Window } from '../../src/github/pacing/cost.ts'
import { createRedisLedger, type RedisLedger } from '../../src/queue/redis-ledger.ts'
import { recordingLog } from '../support/github.ts'
import { ledgerContract } from '../support/ledger-contract.ts'
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts'

const full: readonly Window[] = [{ of: 'rest', span: 60_000, most: 1, weight: 1 }]

describe.skipIf(!hasRedis)('the ledger that servers share', () => {
  let redis: RedisServer
  let shared: RedisLedger
  const opened: RedisLedger[] = []
  const open = (name: string = randomUUID()) => {
    const ledger = createRedisLedger({ url: redis.url, name })
    opened.push(ledger)
    return ledger
  }
  /** Until it is connected it paces by itself. */
  const connected = async (ledger: RedisLedger) => {
    await vi.waitFor(() => expect(ledger.isShared()).toBe(true), 60_000)
    return ledger
  }
  beforeAll(async () => {
    redis = await startRedis()
    shared = await connected(open())
  })
  afterAll(async () => {
    for (const ledger of opened) ledger.close()
    await redis.stop()
  })

  ledgerContract(() => shared)

  test('counts what the others have sent', async () => {
    const name = randomUUID()
    const [one, other] = await Promise.all([connected(open(name)), connected(open(name))])

    expect(await one.reserve(1, full)).toBe(0)
    expect(await other.reserve(1, full)).toBeGreaterThan(0)
  })

  test('leaves each to its own pace while Redis is away, and says so', async () => {
    const away = await startRedis()
    const ledger = await connected(createRedisLedger({ url: away.url }))
    const log = recordingLog()
    ledger.sayFaultsTo(log)
    await away.stop()
    await expect.poll(() => ledger.isShared()).toBe(false)

    expect(await ledger.reserve(1, full)).toBe(0)
    expect(await ledger.reserve(1, full)).toBeGreaterThan(0)
    await expect.poll(() => log.lines.length).toBeGreaterThan(0)
    ledger.close()
  })
})
