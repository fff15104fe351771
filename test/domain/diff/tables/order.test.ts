import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decisiveOrders, orders, ordersAround } from '../../../../src/domain/diff/tables/order.ts'
import { BudgetExceeded } from '../../../../src/domain/language/string-set.ts'

describe('orders', () => {
  it('are all there are, the given one first', () => {
    expect(orders(['a', 'b', 'c'])[0]).toEqual(['a', 'b', 'c'])
    expect(new Set(orders(['a', 'b', 'c']).map((order) => order.join('')))).toEqual(
      new Set(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']),
    )
  })

  it('are one of nothing, and too many of many', () => {
    expect(orders([])).toEqual([[]])
    expect(() => orders(['a', 'b', 'c', 'd', 'e', 'f'])).toThrow(BudgetExceeded)
  })
})

describe('the orders that decide', () => {
  it('try each that is the same among those that are changed, the others behind', () => {
    const found = decisiveOrders(['c'], ['x', 'y']).map((order) => order.join(''))

    expect(found.sort()).toEqual(['cxy', 'cyx', 'xcy', 'ycx'])
  })

  it('are too many for many that are the same', () => {
    const same = Array.from({ length: 30 }, (_, at) => `s${at}`)

    expect(() => decisiveOrders(['c'], same)).toThrow(BudgetExceeded)
  })

  /** Who takes a request: the first of an order that would. */
  const first = (order: readonly string[], takers: readonly string[]) =>
    order.find((each) => takers.includes(each))

  it('law: whatever some order leads to one of these leads to, on both sides at once', () => {
    const changed = fc.subarray(['a', 'b'])
    const same = fc.subarray(['x', 'y'])
    const takers = fc.subarray(['a', 'b', 'x', 'y'])
    fc.assert(
      fc.property(changed, same, takers, takers, (some, others, before, after) => {
        // Those that are the same take the same requests on both sides.
        const now = [
          ...after.filter((each) => some.includes(each)),
          ...before.filter((each) => others.includes(each)),
        ]
        const ends = (all: readonly (readonly string[])[]) =>
          new Set(
            all.map((order) => {
              const one = first(order, before)
              const other = first(order, now)
              return one !== undefined && one === other && others.includes(one) ? 'alike' : `${one} ${other}`
            }),
          )
        const all = ends(orders([...some, ...others]))
        all.delete('alike')

        for (const end of all) {
          const [one = '', other = ''] = end.split(' ')
          const name = (each: string) => (others.includes(each) ? 'same' : each)
          const found = [...ends(decisiveOrders(some, others))].map((each) =>
            each.split(' ').map(name).join(' '),
          )
          expect(found).toContain([one, other].map(name).join(' '))
        }
      }),
    )
  })
})

describe('the orders around those that are known', () => {
  const texts = (all: readonly (readonly string[])[]) => all.map((order) => order.join('')).sort()

  it('are one where all are known, however many', () => {
    const known = Array.from({ length: 30 }, (_, at) => `k${at}`)

    expect(ordersAround(known, { changed: known.slice(0, 9).toReversed(), same: known.slice(9) })).toEqual([
      known,
    ])
  })

  it('leave the others every place among them', () => {
    expect(texts(ordersAround(['a', 'b'], { changed: ['b', 'x'], same: ['a'] }))).toEqual([
      'abx',
      'axb',
      'xab',
    ])
  })

  it('are too many for many that are not known', () => {
    const changed = ['a', 'b', 'c', 'd', 'e']

    expect(() => ordersAround(['x', 'y'], { changed: ['x', 'y', ...changed], same: [] })).toThrow(
      BudgetExceeded,
    )
  })

  it('law: they are those of all orders that keep what is known', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd']), fc.nat(4), (all, count) => {
        const known = all.slice(0, count)
        const keeps = (order: readonly string[]) =>
          order.filter((each) => known.includes(each)).join() === known.join()

        expect(texts(ordersAround(known, { changed: all.toSorted(), same: [] }))).toEqual(
          texts(orders(all).filter(keeps)),
        )
      }),
    )
  })
})
