import { expect, it } from 'vitest'
import { isStarted, isTooOld } from '../src/main-module.ts'

it.for(['18.20.0', '20.20.2', '22.17.1', '21.9.0'])('Node %s is too old', (version) => {
  expect(isTooOld(version)).toBe(true)
})

it.for(['22.18.0', '22.20.1', '23.0.0', '24.21.0', '26.1.0', process.versions.node])(
  'Node %s is not',
  (version) => {
    expect(isTooOld(version)).toBe(false)
  },
)

it('a module that is imported was not started', () => {
  expect(isStarted(import.meta.url)).toBe(false)
})
