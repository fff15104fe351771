import { describe, expect, it } from 'vitest'
import { askedRange, type RangeOptions } from '../../../src/commands/past/asked-range.ts'

const commits = new Map([
  ['origin/HEAD', 'tip'],
  ['HEAD', 'local'],
  ['v1', 'one'],
  ['v2', 'two'],
  ['release', 'rel'],
])

async function range(options: RangeOptions) {
  const commit = async (ref: string) => commits.get(ref)
  const history = {
    nameOf: async () => 'origin/main',
    steps: async function* () {},
    count: async () => 0,
    cuts: async () => new Set<string>(),
    authorsBetween: async () => [],
  }
  const { branch, range: found } = await askedRange(options, {
    clone: { commit, history },
    today: '2026-03-31',
  })
  const { since, until, ...rest } = found
  const day = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '')
  return {
    branch,
    ...rest,
    ...(since !== undefined && { since: day(since) }),
    ...(until !== undefined && { until: day(until) }),
  }
}

const usual = { branch: 'origin/main', tip: 'tip' }

describe('what of the past is asked for', () => {
  it.each([
    ['90d', '2025-12-31T00:00:00Z'],
    ['2w', '2026-03-17T00:00:00Z'],
    ['1y', '2025-03-31T00:00:00Z'],
    ['100y', '1926-03-31T00:00:00Z'],
    ['3m', '2025-12-31T00:00:00Z'],
    ['2026-03-01', '2026-03-01T00:00:00Z'],
    ['2026-03-01T10:30', '2026-03-01T10:30:00Z'],
    ['2026-03-01T10:30:00+02:00', '2026-03-01T08:30:00Z'],
  ])('begins at %s', async (since, begin) => {
    expect(await range({ since })).toEqual({ ...usual, since: begin })
  })

  it('ends with the whole of its last day', async () => {
    expect(await range({ since: '90d', until: '2026-02-28' })).toMatchObject({
      until: '2026-02-28T23:59:59Z',
    })
    expect(await range({ since: '90d', until: '30d' })).toMatchObject({ until: '2026-03-01T23:59:59Z' })
  })

  it('begins after a commit, and is a range of commits', async () => {
    expect(await range({ since: 'v1' })).toEqual({ ...usual, not: 'one' })
    expect(await range({ since: 'v1..v2' })).toEqual({ branch: 'v2', tip: 'two', not: 'one' })
    expect(await range({ since: 'v1..' })).toEqual({ branch: 'HEAD', tip: 'local', not: 'one' })
    expect(await range({ since: 'v1', branch: 'release' })).toEqual({
      branch: 'release',
      tip: 'rel',
      not: 'one',
    })
  })

  it.each([
    [{ since: '2026-02-30' }, '--since 2026-02-30 is neither a duration'],
    [{ since: '90' }, '--since 90 is neither a duration'],
    [{ since: 'v9..v2' }, '--since v9 is neither'],
    [{ since: 'v1..v9' }, '--since v1..v9: v9 is no branch, tag or commit'],
    [{ since: 'v1...v2' }, '--since v1...v2 is neither a duration'],
    [{ since: 'v1..v2', branch: 'main' }, 'names a range, so that --branch main says nothing'],
    [{ since: '90d', branch: 'nowhere' }, '--branch nowhere is no branch'],
    [{ since: '90d', until: 'v1' }, '--until v1 is neither a day'],
  ])('is refused where it says nothing: %j', async (options, message) => {
    await expect(range(options)).rejects.toThrow(message)
  })
})
