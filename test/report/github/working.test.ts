import { expect, test } from 'vitest'
import { workingWords } from '../../../src/report/github/working.ts'

const tip = '9c1e2f4aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'

test('as long as there is no verdict, a check says with what it compares', () => {
  expect(workingWords({ branch: 'main', tip }, false).title).toBe('Working: comparing with main at 9c1e2f4')
  expect(workingWords({ branch: 'main', tip }, true).title).toBe(
    'Working: comparing with what is ahead in the queue at 9c1e2f4',
  )
  expect(workingWords({ branch: `release/${'long'.repeat(30)}`, tip }, false).title).toBe(
    'Working: comparing with the base branch at 9c1e2f4',
  )
})
