import { expect, test } from 'vitest'
import type { Window } from '../../src/github/pacing/cost.ts'
import type { Ledger } from '../../src/github/pacing/ledger.ts'

const window = (over: Partial<Window> = {}): Window => ({
  of: 'rest',
  span: 60_000,
  most: 10,
  weight: 5,
  ...over,
})

/** What every ledger keeps to; installations are not those of the other tests. */
export function ledgerContract(open: () => Ledger): void {
  test('so much goes within a window, and what is too much is told for how long', async () => {
    const ledger = open()

    expect(await ledger.reserve(1, [window()])).toBe(0)
    expect(await ledger.reserve(1, [window()])).toBe(0)
    const wait = await ledger.reserve(1, [window({ weight: 1 })])
    expect(wait).toBeGreaterThan(50_000)
    expect(wait).toBeLessThanOrEqual(60_000)
  })

  test('a window is full for its time alone', async () => {
    const ledger = open()
    const short = window({ of: 'writes', span: 40, most: 1, weight: 1 })

    expect(await ledger.reserve(2, [short])).toBe(0)
    const wait = await ledger.reserve(2, [short])
    expect(wait).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(await ledger.reserve(2, [short])).toBe(0)
  })

  test('what one window has no room for is noted in none', async () => {
    const ledger = open()
    const full = window({ of: 'content', most: 1, weight: 1 })
    await ledger.reserve(3, [full])

    for (let tries = 0; tries < 5; tries++)
      expect(await ledger.reserve(3, [window(), full])).toBeGreaterThan(0)
    expect(await ledger.reserve(3, [window()])).toBe(0)
  })

  test('one installation takes nothing from another', async () => {
    const ledger = open()
    for (const installation of [4, 5])
      expect(await ledger.reserve(installation, [window({ weight: 10 })])).toBe(0)
  })

  test('nothing goes while GitHub wants none', async () => {
    const ledger = open()
    await ledger.hold(6, 50)

    expect(await ledger.reserve(6, [window()])).toBeGreaterThan(0)
    expect(await ledger.reserve(7, [window()])).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(await ledger.reserve(6, [window()])).toBe(0)
  })
}
