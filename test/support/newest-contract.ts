import { expect, test } from 'vitest'
import type { NewestRuns } from '../../src/github/checks/newest-runs.ts'

const run = (id: number, headSha: string, name = 'firebreak') => ({ id, headSha, name })

/** What all that remember runs keep to; commits are not those of the other tests. */
export function newestContract(open: () => NewestRuns): void {
  test('a run of which none newer is known is the newest', async () => {
    expect(await open().isNewest(run(5, 'unknown'))).toBe(true)
    await open().note(run(5, 'known'))
    expect(await open().isNewest(run(5, 'known'))).toBe(true)
  })

  test('one that was begun later takes its place, in whatever order they are told', async () => {
    await Promise.all([open().note(run(7, 'both')), open().note(run(6, 'both'))])

    expect(await open().isNewest(run(6, 'both'))).toBe(false)
    expect(await open().isNewest(run(7, 'both'))).toBe(true)
  })

  test('ids are numbers: a longer one is larger', async () => {
    await open().note(run(99_999_999_999, 'long'))
    await open().note(run(100_000_000_000, 'long'))

    expect(await open().isNewest(run(99_999_999_999, 'long'))).toBe(false)
  })

  test('another commit, or another name, has another newest', async () => {
    await open().note(run(9, 'here'))

    expect(await open().isNewest(run(8, 'there'))).toBe(true)
    expect(await open().isNewest(run(8, 'here', 'firebreak (release)'))).toBe(true)
  })
}
