import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Listing } from '../../../src/app/reading/git-objects.ts'
import { blobId } from '../../../src/git/object-id.ts'
import { diffLinesOf } from '../../../src/github/trees/diff-lines.ts'
import { localDiffLines } from '../../../src/github/trees/local-diff.ts'
import { createGitHubTrees, createObjectCache } from '../../../src/github/trees/trees.ts'
import { at, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest()
const { tip } = pull.base
const { sha: head } = pull.head
const straight = new Map([[head, [tip]]])

type Files = Readonly<Record<string, string | Buffer>>
type Modes = Readonly<Record<string, string>>

function listingOf(files: Files, modes: Modes = {}): Listing {
  const entries = Object.entries(files).map(([path, text]) => {
    const content = Buffer.from(text)
    return [path, { sha: blobId(content), mode: modes[path] ?? '100644', size: content.length }] as const
  })
  return { tree: new Map(entries), cut: [] }
}

interface Sides {
  readonly before: Files
  readonly after: Files
  readonly modes?: Modes
  readonly own?: ReadonlyMap<string, readonly string[]> | undefined
  readonly cut?: readonly string[]
}

/** Everything is held: whatever is asked of GitHub fails. */
async function linesOf({ before, after, modes, own = straight, cut = [] }: Sides) {
  const cache = createObjectCache()
  const trees = createGitHubTrees(testClient(), at, { cache })
  trees.learn(tip, '1'.repeat(40), listingOf(before))
  trees.learn(head, '2'.repeat(40), { ...listingOf(after, modes), cut })
  for (const text of [...Object.values(before), ...Object.values(after)]) {
    const content = Buffer.from(text)
    await cache.blobs.get(`1:bookinfo/mesh:${blobId(content)}`, async () => content)
  }
  return localDiffLines(trees, pull, own)
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`)
const text = (of: readonly string[]) => of.map((line) => `${line}\n`).join('')
const long = text(lines(40))

test('each change is shown with three lines around it', async () => {
  const before = { 'a.yaml': long, 'same.yaml': 'x\n' }
  const after = { ...before, 'a.yaml': long.replace('line 20\n', 'twenty\n'), 'new.yaml': 'one\ntwo\n' }

  expect(await linesOf({ before, after })).toEqual(
    new Map([
      ['a.yaml', [[17, 23]]],
      ['new.yaml', [[1, 2]]],
    ]),
  )
})

test('commits of its own may have merged the tip', async () => {
  const [one, two] = ['3'.repeat(40), '4'.repeat(40)]
  const own = new Map([
    [head, [one, two]],
    [one, [tip]],
    [two, [tip]],
  ])

  expect(await linesOf({ before: { a: 'x\n' }, after: { a: 'y\n' }, own })).toEqual(
    new Map([['a', [[1, 1]]]]),
  )
})

describe('GitHub is asked what it shows', () => {
  const plain = { before: { a: 'x\n' }, after: { a: 'y\n' } }
  const other = '3'.repeat(40)
  const cases: readonly [why: string, sides: Sides][] = [
    ['where its commits are not known', { ...plain, own: new Map() }],
    ['where the base has moved on since', { ...plain, own: new Map([[head, [other]]]) }],
    ['where it has met its base twice', { ...plain, own: new Map([[head, [tip, other]]]) }],
    ['where a commit has no parent', { ...plain, own: new Map([[head, []]]) }],
    ['of a tree that is cut', { ...plain, cut: ['folder/'] }],
    ['of a removed file', { before: { a: 'x\n', b: 'z\n' }, after: { a: 'y\n' } }],
    ['of a file that has moved', { before: { b: 'z\n' }, after: { c: 'z\n' } }],
    ['of a file that has moved and changed', { before: { b: long }, after: { c: `${long}end\n` } }],
    ['of a link', { ...plain, modes: { a: '120000' } }],
    ['of a submodule', { ...plain, modes: { a: '160000' } }],
    ['of what is no text', { before: { a: 'x\n' }, after: { a: Buffer.from([0xc3, 0x28]) } }],
    ['of what has a zero in it', { before: { a: 'x\0\n' }, after: { a: 'x\n' } }],
    ['of a large file', { before: { a: 'x\n' }, after: { a: 'x\n'.repeat(300_000) } }],
    [
      'of more than a page of files',
      { before: {}, after: Object.fromEntries(lines(101).map((name) => [name, 'x'])) },
    ],
  ]
  test.each(cases)('%s', async (_, sides) => {
    expect(await linesOf(sides)).toBeUndefined()
  })

  test('where nothing was said of its commits', async () => {
    const trees = createGitHubTrees(testClient(), at, { cache: createObjectCache() })

    expect(await localDiffLines(trees, pull, undefined)).toBeUndefined()
  })
})

describe('Git shows the same lines', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-diff-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  function byGit(before: string, after: string) {
    writeFileSync(join(folder, 'before'), before)
    writeFileSync(join(folder, 'after'), after)
    const { stdout } = spawnSync('git', ['diff', '--no-index', '--no-color', 'before', 'after'], {
      cwd: folder,
      encoding: 'utf8',
    })
    return diffLinesOf([{ filename: 'a', patch: stdout }])
  }

  const edits: readonly [what: string, before: string, after: string][] = [
    ['a line at the start', long, `new\n${long}`],
    ['a line at the end', long, `${long}new\n`],
    ['no end of the last line', long, long.trimEnd()],
    ['an end of the last line', long.trimEnd(), long],
    ['another end of each line', long, long.replaceAll('\n', '\r\n')],
    ['a removed line', long, long.replace('line 9\n', '')],
    ['two changes that meet', long, long.replace('line 9\n', 'nine\n').replace('line 16\n', 'sixteen\n')],
    ['two changes that do not', long, long.replace('line 9\n', 'nine\n').replace('line 17\n', 'seventeen\n')],
    ['everything', long, text(lines(40).map((line) => `${line}!`))],
    ['nothing left', long, ''],
    ['something where nothing was', '', long],
    ['lines put elsewhere', long, `${long.split('line 5\n').join('')}line 5\n`],
  ]
  test.each(edits)('of %s', async (_, before, after) => {
    expect(await linesOf({ before: { a: before }, after: { a: after } })).toEqual(byGit(before, after))
  })
})
