import { expect, test } from 'vitest'
import { JudgingLimit, JudgingNotBegun } from '../../../src/app/judging-limit.ts'
import { isWorthAnotherTry, reasonOfFault } from '../../../src/app/work/reason-of-fault.ts'

const beyond = new JudgingLimit('judgingSeconds', { size: 120, unit: 'seconds' })
const notBegun = new JudgingNotBegun(60)
const refused = Object.assign(new Error('Bad gateway at https://ghe.example/'), { status: 502 })
const ours = new TypeError('x of undefined in /srv/secret')

test.each([
  [beyond, 'judging it took more than 120 seconds, and was ended'],
  [notBegun, 'no thread began to judge it within 60 seconds'],
  [refused, 'GitHub answered 502'],
  [ours, 'Firebreak met an error, which its log tells'],
])('people are told of %s', (error, words) => {
  expect(reasonOfFault(error)).toBe(words)
})

test('what went beyond a limit is not tried again by itself; what nothing has begun with is', () => {
  expect([beyond, notBegun, refused, ours].map(isWorthAnotherTry)).toEqual([false, true, true, true])
})
