import { describe, expect, it } from 'vitest'
import { authorOf, pullRequestOf } from '../../../src/commands/past/author-of.ts'
import type { Author, BranchCommit, BranchHistory } from '../../../src/git/branch-history.ts'

const lina = { name: 'Lina', email: '12+lina@users.noreply.github.com' }
const leo = { name: 'Leo', email: 'leo@example.test' }

function author(own: Author, between?: readonly Author[]) {
  const history: Pick<BranchHistory, 'authorsBetween'> = { authorsBetween: async () => between ?? [] }
  const step: BranchCommit = {
    sha: 'c',
    parent: 'p',
    ...(between && { merged: 'm' }),
    at: 0,
    author: own,
    subject: '',
    further: '',
    changed: [],
  }
  return authorOf(step, history)
}

describe('the author of a merged change', () => {
  it('is that of the commit, with the login that an address of GitHub holds', async () => {
    expect(await author(lina)).toEqual({ name: 'Lina', login: 'lina' })
    expect(await author(leo)).toEqual({ name: 'Leo' })
    expect(await author({ name: 'b', email: '49699333+dependabot[bot]@users.noreply.github.com' })).toEqual({
      name: 'b',
      login: 'dependabot[bot]',
    })
    expect(await author({ name: 'b', email: 'lina@users.noreply.github.com.evil.test' })).toEqual({
      name: 'b',
    })
  })

  it('is whoever wrote the branch, not who merged it', async () => {
    expect(await author(leo, [lina, lina])).toEqual({ name: 'Lina', login: 'lina' })
    expect(await author(leo, [])).toEqual({ name: 'Leo' })
  })

  it('has no login where others wrote some of it', async () => {
    expect(await author(leo, [lina, leo])).toEqual({ name: 'Lina' })
    expect(await author(leo, [leo, lina])).toEqual({ name: 'Leo' })
  })
})

it('asks for whatever a merge brings, all its branches', async () => {
  const asked: (readonly string[])[] = []
  const history = {
    authorsBetween: async (...range: readonly string[]) => {
      asked.push(range)
      return [lina, leo]
    },
  }
  const step = {
    sha: 'c',
    parent: 'p',
    merged: 'm',
    at: 0,
    author: leo,
    subject: '',
    further: '',
    changed: [],
  }

  expect(await authorOf(step, history)).toEqual({ name: 'Lina' })
  expect(asked).toEqual([['p', 'c']])
})

it('takes title and number of a pull request from what GitHub writes', () => {
  const of = (subject: string, further = '') => pullRequestOf({ subject, further })

  expect(of('Merge pull request #12 from acme/topic', 'The title')).toEqual({
    subject: 'The title',
    number: 12,
  })
  expect(of('Merge pull request #12 from acme/topic')).toEqual({
    subject: 'Merge pull request #12 from acme/topic',
    number: 12,
  })
  expect(of('The title (#7)')).toEqual({ subject: 'The title', number: 7 })
  expect(of('Fixes (#7) and more')).toEqual({ subject: 'Fixes (#7) and more' })
  expect(of('Far (#99999999999999999999999)')).toEqual({ subject: 'Far (#99999999999999999999999)' })
  expect(of("Merge branch 'topic'")).toEqual({ subject: "Merge branch 'topic'" })
})
