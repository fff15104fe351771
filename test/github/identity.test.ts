import { expect, test } from 'vitest'
import { isOurs } from '../../src/github/identity.ts'

const us = { appId: 42, slug: 'firebreak' }

test('what our App wrote is ours', () => {
  expect(isOurs(us, { user: { login: 'firebreak[bot]', type: 'Bot' } })).toBe(true)
  expect(isOurs(us, { user: { login: 'anybody' }, performed_via_github_app: { id: 42 } })).toBe(true)
})

test('what anybody else wrote is not', () => {
  expect(isOurs(us, { user: { login: 'firebreak[bot]', type: 'User' } })).toBe(false)
  expect(isOurs(us, { user: { login: 'firebreak', type: 'Bot' } })).toBe(false)
  expect(isOurs(us, { user: null })).toBe(false)
  expect(
    isOurs(us, { user: { login: 'firebreak[bot]', type: 'Bot' }, performed_via_github_app: { id: 1 } }),
  ).toBe(false)
})
