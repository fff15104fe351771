import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PeopleGrounds } from '../../../src/app/people-asked.ts'
import { budgets } from '../../../src/domain/budgets.ts'
import { peopleIn, peopleText } from '../../../src/github/checks/kept-people.ts'

const names = fc.array(fc.stringMatching(/^[!-~]+$/))
const grounds: fc.Arbitrary<PeopleGrounds> = fc.record({
  asked: fc.record({
    owners: names,
    logins: names,
    reviewers: names,
    codeowners: fc.constantFrom('asked', 'not-asked'),
  }),
  key: fc.stringMatching(/^[\w-]{16}$/),
})

test('law: what was asked is read back, and its comment ends where it should', () => {
  fc.assert(
    fc.property(grounds, (people) => {
      const text = peopleText(people)
      expect(text.slice('<!--'.length, -'-->'.length)).not.toMatch(/--|\n/)
      expect(peopleIn(`before\n${text}\nafter`)).toEqual(people)
    }),
  )
})

test.each([
  ['nothing', null],
  ['words', 'firebreak:people'],
  ['what cannot be unpacked', '<!-- firebreak:people AAAA -->'],
  [
    'something else, packed',
    '<!-- firebreak:people q1YqUbJSiq5VKsnMTVWyUsrJz0tX0lEqSy0qzszPU7Iy1FHKzS9KBQA= -->',
  ],
])('of %s nobody was asked', (_, text) => {
  expect(peopleIn(text)).toBeUndefined()
})

const asked = (owners: readonly string[]): PeopleGrounds => ({
  asked: { owners, logins: ['leo'], reviewers: ['leo'], codeowners: 'asked' },
  key: 'k'.repeat(16),
})

test('four hundred teams fit', () => {
  const teams = Array.from({ length: 400 }, (_, at) => `@organization/team-of-the-service-${at}`)
  expect(peopleIn(peopleText(asked(teams)))?.asked.owners).toEqual(teams)
})

test('what does not fit is not kept', () => {
  const random = (seed: number) => `@organization/${Math.sin(seed)}${Math.cos(seed)}`
  const teams = Array.from({ length: 3_000 }, (_, at) => random(at))
  expect(peopleText(asked(teams))).toBe('')
  expect(budgets.peopleAsked.size).toBeLessThan(budgets.checkText.size)
})

test('where nobody was asked nothing is said', () => {
  expect(peopleText(undefined)).toBe('')
})
