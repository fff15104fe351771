import { describe, expect, it } from 'vitest'
import type { Action, End } from '../../../src/domain/routing/action.ts'
import { mainWords, readAlike } from '../../../src/domain/terms/action-words.ts'
import { plainOf } from '../../../src/domain/words/phrase.ts'

const detail = { namespaces: false, ports: false }
const route = (...ends: readonly Partial<End>[]): Action => ({
  kind: 'route',
  destinations: ends.map((end) => ({ weight: 100, ...end })),
})

describe('where a request goes', () => {
  it.each<[string, Action]>([
    ['reviews', route({ host: 'reviews.default.svc.cluster.local' })],
    ['reviews v1', route({ host: 'reviews', subset: 'v1' })],
    [
      'reviews: 90 % v1, 10 % v2',
      route({ host: 'reviews', subset: 'v1', weight: 90 }, { host: 'reviews', subset: 'v2', weight: 10 }),
    ],
    ['50 % one, 50 % two', route({ host: 'one', weight: 50 }, { host: 'two', weight: 50 })],
    ['no host v1', route({ subset: 'v1' })],
    ['no host: 90 % v1, 10 % v2', route({ subset: 'v1', weight: 90 }, { subset: 'v2', weight: 10 })],
    ['no destination', route()],
  ])('%s', (said, action) => {
    expect(plainOf(mainWords(action, detail))).toBe(said)
  })
})

describe('whether two actions read alike', () => {
  const to = (host: string, weight = 100) => route({ host, weight })
  const [inA, inB] = [to('x.a.svc.cluster.local'), to('x.b.svc.cluster.local')]

  it('hangs on what is told in this detail', () => {
    expect(readAlike(inA, inB, detail)).toBe(true)
    expect(readAlike(inA, inB, { ...detail, namespaces: true })).toBe(false)
    expect(readAlike(route({ host: 'x', port: 1 }), route({ host: 'x', port: 2 }), detail)).toBe(true)
    expect(
      readAlike(route({ host: 'x', port: 1 }), route({ host: 'x', port: 2 }), { ...detail, ports: true }),
    ).toBe(false)
  })

  it('takes no account of the share of an only destination, nor of less than a hundredth of a percent', () => {
    const shares = (weight: number) => route({ host: 'x', weight }, { host: 'y', weight: 100 - weight })

    expect(readAlike(to('x', 100), to('x', 1), detail)).toBe(true)
    expect(readAlike(shares(50), shares(50.001), detail)).toBe(true)
    expect(readAlike(shares(50), shares(50.1), detail)).toBe(false)
  })
})
