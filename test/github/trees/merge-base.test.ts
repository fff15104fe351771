import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GitHubClient } from '../../../src/github/client.ts'
import { meetings, readMergeBase } from '../../../src/github/trees/merge-base.ts'
import { pullRequest } from '../../support/github.ts'

/** Commits by name with their parents, every one after its parents. */
type History = Readonly<Record<string, readonly string[]>>

function ancestors(history: History, commit: string): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [commit]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!found.has(next)) waiting.push(...(history[next] ?? []))
    found.add(next)
  }
  return found
}

/** The common ancestors that are no ancestors of another one. */
function mergeBases(history: History, a: string, b: string): readonly string[] {
  const common = [...ancestors(history, a).intersection(ancestors(history, b))]
  return common.filter(
    (each) => !common.some((other) => other !== each && ancestors(history, other).has(each)),
  )
}

interface Told {
  readonly history: History
  readonly base: string
  readonly head: string
  /** How many commits GitHub lists; all of them unless told. */
  readonly listed?: number
}

/** GitHub's comparison over a history; of several merge bases it names the one that is written last. */
function clientOf({ history, listed = Number.POSITIVE_INFINITY }: Told) {
  const asked: string[] = []
  async function compare(given: { basehead: string; per_page: number; page: number }) {
    asked.push(given.basehead)
    const [base = '', head = ''] = given.basehead.split('...')
    const bases = mergeBases(history, base, head)
    if (bases.length === 0) throw Object.assign(new Error('No common ancestor'), { status: 404 })
    const [before, after] = [ancestors(history, base), ancestors(history, head)]
    const own = Object.keys(history).filter((each) => after.has(each) && !before.has(each))
    const from = (given.page - 1) * given.per_page
    const commits = own
      .slice(0, listed)
      .slice(from, from + given.per_page)
      .map((sha) => ({ sha, parents: (history[sha] ?? []).map((parent) => ({ sha: parent })) }))
    const behind = before.difference(after).size
    const status = own.length > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical'
    const data = { merge_base_commit: { sha: bases.at(-1) }, total_commits: own.length, commits, status }
    return { data }
  }
  const client = { rest: { repos: { compareCommitsWithBasehead: compare } } } as unknown as GitHubClient
  return { client, asked }
}

async function read(told: Told) {
  const { base, head } = told
  const { client, asked } = clientOf(told)
  const pull = pullRequest({ base: { branch: 'main', tip: base } })
  return { mergeBase: await readMergeBase(client, pull, head), asked }
}

/** `main` and `topic` are the tips that are compared. */
const histories: Readonly<Record<string, History>> = {
  'both merged each other once': {
    p: [],
    m: ['p'],
    t: ['p'],
    main: ['m', 't'],
    topic: ['t', 'm'],
  },
  'and went on after it': {
    p: [],
    m: ['p'],
    t: ['p'],
    m2: ['m', 't'],
    t2: ['t', 'm'],
    m3: ['m2'],
    main: ['m3'],
    t3: ['t2'],
    topic: ['t3'],
  },
  twice: {
    p: [],
    m: ['p'],
    t: ['p'],
    m2: ['m', 't'],
    t2: ['t', 'm'],
    main: ['m2', 't2'],
    topic: ['t2', 'm2'],
  },
  'a merge of the base, and a commit before it that the base took over by another branch': {
    p: [],
    m: ['p'],
    t: ['p'],
    other: ['t'],
    main: ['m', 'other'],
    topic: ['t', 'm'],
  },
  'an octopus of the base and two branches that the base has merged as well': {
    p: [],
    m: ['p'],
    a: ['p'],
    b: ['p'],
    main: ['m', 'a', 'b'],
    topic: ['m', 'a', 'b'],
  },
  'two branches merged here and there': { p: [], a: ['p'], b: ['p'], main: ['a', 'b'], topic: ['b', 'a'] },
  'a merge that reverts': {
    p: [],
    bad: ['p'],
    t: ['p'],
    main: ['bad', 't'],
    revert: ['t', 'bad'],
    topic: ['revert'],
  },
  'several pushes between the merges': {
    p: [],
    m: ['p'],
    t1: ['p'],
    t2: ['t1'],
    main: ['m', 't1'],
    t3: ['t2', 'm'],
    topic: ['t3'],
  },
  'the merge hidden behind a second branch': {
    p: [],
    m: ['p'],
    t: ['p'],
    main: ['m', 't'],
    side: ['m'],
    topic: ['t', 'side'],
  },
  'two roots, merged both ways': { p: [], q: [], main: ['p', 'q'], topic: ['q', 'p'] },
  'three bases': {
    p: [],
    a: ['p'],
    b: ['p'],
    c: ['p'],
    main: ['a', 'b', 'c'],
    t: ['a', 'b'],
    topic: ['t', 'c'],
  },
}

const alone: Readonly<Record<string, History>> = {
  'a linear branch': { p: [], main: ['p'], t: ['p'], topic: ['t'] },
  'a branch on the tip of its base': { p: [], main: ['p'], topic: ['main'] },
  'a rebased branch': { p: [], m: ['p'], main: ['m'], topic: ['m'] },
  'a squashed branch whose first part the base has as another commit': {
    p: [],
    main: ['p'],
    t1: ['p'],
    topic: ['t1'],
  },
  'a base that is merged into the branch': {
    p: [],
    m: ['p'],
    t: ['p'],
    t2: ['t', 'm'],
    main: ['m'],
    topic: ['t2'],
  },
  'a base that is merged into the branch again and again': {
    p: [],
    t1: ['p'],
    m1: ['p'],
    t2: ['t1', 'm1'],
    m2: ['m1'],
    t3: ['t2', 'm2'],
    main: ['m2'],
    topic: ['t3'],
  },
  'another branch that is merged into it': { p: [], main: ['p'], a: ['p'], t: ['p'], topic: ['t', 'a'] },
  'an octopus of branches that are its own': { p: [], main: ['p'], a: ['p'], b: ['p'], topic: ['a', 'b'] },
  'a part of it that the base has merged': { p: [], t: ['p'], main: ['p', 't'], topic: ['t'] },
  'a revert by an ordinary commit': { p: [], bad: ['p'], main: ['bad'], topic: ['bad'] },
  'a branch that the base has swallowed': { p: [], topic: ['p'], main: ['topic'] },
  'a branch from another root that has merged the base': { p: [], main: ['p'], q: [], topic: ['q', 'p'] },
}

describe('of several merge bases none is told', () => {
  test.each(Object.entries(histories))('%s', async (_, history) => {
    expect(mergeBases(history, 'main', 'topic').length).toBeGreaterThan(1)
    expect((await read({ history, base: 'main', head: 'topic' })).mergeBase).toEqual({ kind: 'in-doubt' })
  })
})

describe('the only merge base is told', () => {
  test.each(Object.entries(alone))('%s', async (_, history) => {
    const [only] = mergeBases(history, 'main', 'topic')

    expect((await read({ history, base: 'main', head: 'topic' })).mergeBase).toEqual({
      kind: 'one',
      sha: only,
    })
  })
})

test('a linear branch costs one request', async () => {
  const { asked } = await read({ history: { p: [], main: ['p'], topic: ['p'] }, base: 'main', head: 'topic' })

  expect(asked).toEqual(['main...topic'])
})

test('histories with nothing in common have none', async () => {
  const { mergeBase } = await read({ history: { main: [], topic: [] }, base: 'main', head: 'topic' })

  expect(mergeBase).toEqual({ kind: 'none' })
})

const long: History = Object.fromEntries([
  ['p', []],
  ['main', ['p']],
  ['t0', ['p']],
  ...Array.from({ length: 249 }, (_, at) => [`t${at + 1}`, [`t${at}`]]),
  ['topic', ['t249']],
])

test('a long branch is read page by page', async () => {
  const { mergeBase, asked } = await read({ history: long, base: 'main', head: 'topic' })

  expect(mergeBase).toEqual({ kind: 'one', sha: 'p' })
  expect(asked).toHaveLength(3)
})

test('a list that was cut proves nothing', async () => {
  const { mergeBase } = await read({ history: long, base: 'main', head: 'topic', listed: 250 })

  expect(mergeBase).toEqual({ kind: 'in-doubt' })
})

test('a branch that meets its base at too many places is in doubt', async () => {
  const many = Array.from({ length: 60 }, (_, at) => at)
  const history: History = Object.fromEntries([
    ['m0', []],
    ...many.slice(1).map((at) => [`m${at}`, [`m${at - 1}`]]),
    ['main', ['m59']],
    ['t0', ['m0']],
    ...many.slice(1).map((at) => [`t${at}`, [`t${at - 1}`, `m${at}`]]),
    ['topic', ['t59']],
  ])

  expect((await read({ history, base: 'main', head: 'topic' })).mergeBase).toEqual({ kind: 'in-doubt' })
})

const anyHistory = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 2, maxLength: 12 })
  .map((parents): History => {
    const names = parents.map((_, at) => `c${at}`)
    return Object.fromEntries(
      parents.map((seeds, at) => [
        `c${at}`,
        [...new Set(at === 0 ? [] : seeds.map((seed) => names[seed % at] ?? ''))],
      ]),
    )
  })

test('law: a merge base is told exactly where there is no other; of a list that was cut, never more', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory, fc.nat(), fc.nat(), fc.nat(12), async (history, a, b, listed) => {
      const names = Object.keys(history)
      const [base = '', head = ''] = [names[a % names.length], names[b % names.length]]
      const bases = mergeBases(history, base, head)
      const whole = (await read({ history, base, head })).mergeBase
      const cut = (await read({ history, base, head, listed })).mergeBase

      const told = bases.length === 0 ? { kind: 'none' } : { kind: 'one', sha: bases[0] }
      expect(whole).toEqual(bases.length > 1 ? { kind: 'in-doubt' } : told)
      if (cut.kind === 'one') expect(bases).toEqual([cut.sha])
    }),
  )
})

test('the places where a branch leaves its own commits are found whatever order they are listed in', () => {
  const own = new Map([
    ['t2', ['t1', 'm']],
    ['t1', ['p']],
  ])

  expect([...meetings('t2', own)].sort()).toEqual(['m', 'p'])
  expect(meetings('gone', own)).toEqual(['gone'])
})
