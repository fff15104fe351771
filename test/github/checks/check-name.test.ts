import { expect, test } from 'vitest'
import { checkName, isCheckName } from '../../../src/github/checks/check-name.ts'
import { pullRequest } from '../../support/github.ts'

test('each base but the default one has a name of its own', () => {
  expect(checkName(pullRequest())).toBe('firebreak')
  expect(checkName(pullRequest({ base: { branch: 'main', tip: 'x' }, defaultBranch: 'trunk' }))).toBe(
    'firebreak (main)',
  )
})

test('every name of ours is known as one, others are not', () => {
  expect(['firebreak', 'firebreak (release/1)'].map(isCheckName)).toEqual([true, true])
  expect(['Firebreak', 'firebreaks', 'firebreak ()', 'my firebreak'].map(isCheckName)).toEqual(
    Array(4).fill(false),
  )
})
