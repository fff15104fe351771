import { expect, it } from 'vitest'
import { features } from '../../../src/domain/manifest/istio-features.ts'

const at = (minor: number, major = 1) => Object.entries(features({ major, minor }))
const there = (minor: number) => at(minor).flatMap(([name, isThere]) => (isThere ? [name] : []))

it('what a version does every later one does, too', () => {
  const versions = Array.from({ length: 40 }, (_, minor) => there(minor))

  for (const [index, now] of versions.entries())
    expect(versions[index + 1] ?? now).toEqual(expect.arrayContaining(now))
})

it('the oldest version does nothing of it, and the next major one all', () => {
  expect(there(6)).toEqual([])
  expect(at(0, 2).every(([, isThere]) => isThere)).toBe(true)
})

it('a behaviour begins with its version', () => {
  expect(features({ major: 1, minor: 21 }).missingSatisfiesWithout).toBe(false)
  expect(features({ major: 1, minor: 22 }).missingSatisfiesWithout).toBe(true)
})
