import fc from 'fast-check'
import { expect, it } from 'vitest'
import { regexLanguage } from '../../../src/domain/language/regex.ts'
import {
  BudgetExceeded,
  charge,
  demandLeft,
  intersect,
  isUsedUp,
  type Once,
  once,
  sharesOf,
  startingWith,
  unmetered,
  type Work,
  within,
  workOf,
} from '../../../src/domain/language/string-set.ts'

const cost = (run: (work: Work) => unknown) => {
  const work: Work = { of: 'comparison', left: 1_000_000 }
  run(work)
  return 1_000_000 - work.left
}

it('operations take from the work together, and none is done when it is used up', () => {
  const meet = (work: Work) => intersect(startingWith('/a'), startingWith('/'), work)
  const work: Work = { of: 'comparison', left: 3 * cost(meet) }

  expect(() => [meet(work), meet(work), meet(work)]).not.toThrow()
  expect(() => meet(work)).toThrow(BudgetExceeded)
})

it('what is exceeded is the budget that the work is of', () => {
  expect(workOf('escape')).toMatchObject({ of: 'escape', left: 500_000 })
  expect(() => regexLanguage('/exceeded/.*', { of: 'escape', left: 3 })).toThrow(
    expect.objectContaining({ budget: 'escape' }),
  )
})

it('a pattern costs the same whether it is remembered or not', () => {
  const pattern = (work: Work) => regexLanguage('/work/[a-z]{1,20}/.*', work)

  expect(cost(pattern)).toBeGreaterThan(20)
  expect(cost(pattern)).toBe(cost(pattern))
})

it('what is not metered is never used up', () => {
  regexLanguage('/unmetered/.*', unmetered)

  expect(unmetered.left).toBe(Number.POSITIVE_INFINITY)
})

it('a law: whatever the others need, everybody gets the share that all would get of one half', () => {
  const needs = fc.array(fc.nat(3000), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(needs, (each) => {
      const work = { of: 'comparison' as const, left: 1000 }
      const shares = sharesOf(work, each.length)
      const used = each.map((need) =>
        shares((share) => {
          expect(share.left).toBeGreaterThanOrEqual(500 / each.length - 1e-6)
          const done = Math.min(need, share.left)
          charge(share, done)
          return done
        }),
      )

      expect(work.left).toBeCloseTo(1000 - used.reduce((sum, done) => sum + done, 0))
    }),
  )
})

it('who uses up more than its share is refused, and the next one is not', () => {
  const work = { of: 'comparison' as const, left: 1000 }
  const shares = sharesOf(work, 2)

  expect(() => shares((share) => charge(share, 5000))).toThrow(BudgetExceeded)
  expect(shares((share) => share.left)).toBe(250)
  expect(work.left).toBe(250)
})

it('parts of one whole take from it, too, and say which of them did not suffice', () => {
  const whole: Work = { of: 'judgement', left: 10 }
  const [one, other] = [workOf('escape'), workOf('fate')]
  const small: Work = { of: 'escape', left: 1 }

  within(whole, () => {
    charge(one, 4)
    charge(other, 6)
    expect(isUsedUp()).toBe(false)
    expect(() => charge(other, 1)).toThrow(expect.objectContaining({ budget: 'judgement' }))
    expect(isUsedUp()).toBe(true)
  })
  expect(isUsedUp()).toBe(false)
  expect(() => charge(small, 2)).toThrow(expect.objectContaining({ budget: 'escape' }))
  expect(() => charge(other, 1)).not.toThrow()
})

it('what is bounded by its input is counted, and done although nothing is left', () => {
  const whole: Work = { of: 'judgement', left: 1 }

  within(whole, () => charge(unmetered, 5))
  expect(whole.left).toBe(-4)
  within(whole, () => expect(() => charge(unmetered, 5)).not.toThrow())
})

it('a pattern costs the whole the same whether it is remembered or not, and is remembered as it is', () => {
  const pattern = (left: number) => {
    const whole: Work = { of: 'judgement', left }
    const set = within(whole, () => regexLanguage('/whole/[a-z]{1,20}/.*', unmetered))
    return { cost: left - whole.left, set }
  }
  const known = pattern(1)

  expect(known.cost).toBeGreaterThan(20)
  expect(pattern(1_000_000)).toEqual(known)
  expect(known.set).toHaveProperty('states')
})

it('what is part of a whole already takes from that one alone', () => {
  const [outer, inner]: Work[] = [
    { of: 'tryingOut', left: 10 },
    { of: 'judgement', left: 10 },
  ]

  within(outer!, () => within(inner!, () => charge(workOf('fate'), 3)))

  expect([outer!.left, inner!.left]).toEqual([7, 10])
})

it('a whole is left behind by what throws', () => {
  expect(() =>
    within({ of: 'judgement', left: -1 }, () => {
      throw new Error('a fault of ours')
    }),
  ).toThrow('a fault of ours')
  expect(isUsedUp()).toBe(false)
})

it('what is worked out once costs the whole the same for whoever asks first, metered or not', () => {
  const spent = (work: Work, room: Once<string>) => {
    const whole: Work = { of: 'judgement', left: 100 }
    within(whole, () =>
      once(room, work, (own) => {
        charge(own, 7)
        return 'done'
      }),
    )
    return 100 - whole.left
  }
  const [known, other]: Once<string>[] = [{}, {}]

  expect([spent(unmetered, known!), spent(unmetered, known!)]).toEqual([7, 7])
  expect([spent(workOf('fate'), other!), spent(unmetered, other!)]).toEqual([7, 7])
})

it('what may take far more than its input is long is begun by nobody once the whole is used up', () => {
  within({ of: 'judgement', left: 0 }, () => expect(demandLeft).not.toThrow())
  within({ of: 'judgement', left: -1 }, () =>
    expect(demandLeft).toThrow(expect.objectContaining({ budget: 'judgement' })),
  )
  expect(demandLeft).not.toThrow()
})
