import { execFileSync } from 'node:child_process'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BranchCommit, BranchRange } from '../../src/git/branch-history.ts'
import { type GitClone, openGitClone } from '../../src/git/clone.ts'
import { clone, commit, folder, write } from '../commands/fake-terminal.ts'

async function open(directory: string): Promise<GitClone> {
  const opened = await openGitClone({ directory, environment: process.env })
  if (opened === undefined) throw new Error('no clone')
  onTestFinished(() => opened.close())
  return opened
}

async function steps(opened: GitClone, range: Partial<BranchRange> = {}): Promise<readonly BranchCommit[]> {
  const tip = (await opened.commit('main')) ?? ''
  const found: BranchCommit[] = []
  for await (const step of opened.history.steps({ tip, ...range })) found.push(step)
  return found
}

/** A commit on a branch of its own, merged. */
function mergeOf(
  { path, git }: ReturnType<typeof clone>,
  files: Record<string, string>,
  message: string,
): void {
  git('checkout', '--quiet', '-b', 'topic')
  write(path, files)
  git('add', '--all')
  git('commit', '--quiet', '--message', 'on a branch', '--author', 'Lina <1+lina@users.noreply.github.com>')
  git('checkout', '--quiet', 'main')
  git('merge', '--quiet', '--no-ff', '--message', message, 'topic')
  git('branch', '--delete', 'topic')
}

describe('the steps of a branch', () => {
  it('are merges and commits of its own line, each with what it changes of the one before', async () => {
    const made = clone({ a: '1' })
    mergeOf(made, { 'b c': '2' }, 'Merge pull request #7 from acme/topic\n\nThe title\n\nMore.')
    write(made.path, { a: '2' })
    commit(made, 'direct')
    const opened = await open(made.path)

    const found = await steps(opened)

    expect(
      found.map(({ subject, further, changed, merged }) => [subject, further, changed, merged !== undefined]),
    ).toEqual([
      ['direct', '', [{ path: 'a', modes: ['100644', '100644'] }], false],
      [
        'Merge pull request #7 from acme/topic',
        'The title',
        [{ path: 'b c', modes: ['000000', '100644'] }],
        true,
      ],
      ['base', '', [{ path: 'a', modes: ['000000', '100644'] }], false],
    ])
    expect(found.map(({ parent }) => parent)).toEqual([found[1]?.sha, found[2]?.sha, undefined])
    expect(await opened.history.count({ tip: 'main' })).toBe(3)
  })

  it('keep their places where nothing is changed, or a path looks like one of their lines', async () => {
    const made = clone({ ':000000 100644 a b A': '1', 'line\nbreak': '1' })
    commit(made, 'empty\n\n:100644 100644 x y M')
    const opened = await open(made.path)

    const found = await steps(opened)

    expect(found.map(({ subject, changed }) => [subject, changed.map(({ path }) => path)])).toEqual([
      ['empty', []],
      ['base', [':000000 100644 a b A', 'line\nbreak']],
    ])
  })

  it('do not hang on the settings of the user', async () => {
    const made = clone({ 'sub/a': '1', '.mailmap': 'Other <other@example.test> <a@example.test>' })
    write(made.path, { 'sub/b': '1', c: '1' })
    commit(made, 'second')
    for (const [name, value] of [
      ['log.showSignature', 'true'],
      ['log.mailmap', 'true'],
      ['log.diffMerges', 'off'],
      ['diff.relative', 'true'],
      ['diff.renames', 'copies'],
      ['log.showRoot', 'false'],
      ['core.abbrev', '4'],
      ['color.ui', 'always'],
    ] as const)
      made.git('config', name, value)
    const opened = await open(`${made.path}/sub`)

    const found = await steps(opened)

    expect(found.map(({ author, changed }) => [author.name, changed.map(({ path }) => path)])).toEqual([
      ['a', ['c', 'sub/b']],
      ['a', ['.mailmap', 'sub/a']],
    ])
  })

  it('are those of a range, and of some days', async () => {
    const made = clone({ a: '0' })
    for (const day of ['2026-03-01', '2026-03-02', '2026-03-03']) {
      write(made.path, { a: day })
      made.git('add', '--all')
      execFileSync(
        'git',
        ['-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '-q', '-m', day],
        {
          cwd: made.path,
          env: { ...process.env, GIT_COMMITTER_DATE: `${day}T12:00:00Z` },
        },
      )
    }
    const opened = await open(made.path)
    const seconds = (text: string) => Date.parse(text) / 1000
    const subjects = async (range: Partial<BranchRange>) =>
      (await steps(opened, range)).map(({ subject }) => subject)

    expect(await subjects({ not: (await opened.commit('main~2')) ?? '' })).toEqual([
      '2026-03-03',
      '2026-03-02',
    ])
    expect(
      await subjects({ since: seconds('2026-03-02T00:00:00Z'), until: seconds('2026-03-02T23:59:59Z') }),
    ).toEqual(['2026-03-02'])
    expect(
      await opened.history.count({
        ...{ tip: 'main', not: (await opened.commit('main~2')) ?? '' },
        since: seconds('2026-03-03T00:00:00Z'),
      }),
    ).toBe(1)
  })

  it.each([
    [Date.parse('1926-11-30T00:00:00Z') / 1000, 3],
    [Date.parse('1969-11-30T00:00:00Z') / 1000, 3],
    [0, 3],
    [Date.parse('9999-12-31T00:00:00Z') / 1000, 0],
    [Date.parse('2105-01-01T00:00:00Z') / 1000, 0],
  ])('begin at %d seconds of 1970, which Git would read as another day', async (since, count) => {
    const made = clone({ a: '1' })
    write(made.path, { a: '2' })
    commit(made, 'second')
    write(made.path, { a: '3' })
    commit(made, 'third')
    const opened = await open(made.path)

    expect(await steps(opened, { since })).toHaveLength(count)
    expect(await opened.history.count({ tip: 'main', since })).toBe(count)
  })

  it.each([
    ['99999999999999', 253_402_300_799],
    ['18446744073709551615', 253_402_300_799],
    ['253402300800', 253_402_300_799],
    ['1790000000', 1_790_000_000],
  ])('have a day of the calendar, whatever their commit says: %s', async (written, at) => {
    const made = clone({ a: '1' })
    const people = `A <a@example.test> ${written} +0000`
    const text = `tree ${made.git('rev-parse', 'main^{tree}').trim()}\nparent ${made.git('rev-parse', 'main').trim()}\nauthor ${people}\ncommitter ${people}\n\nfar\n`
    const args = ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally']
    const sha = execFileSync('git', args, { cwd: made.path, input: text, encoding: 'utf8' }).trim()
    const [step] = await steps(await open(made.path), { tip: sha })

    expect([step?.subject, step?.at]).toEqual(['far', at])
  })

  it('end where a shallow clone ends, which is known', async () => {
    const made = clone({ a: '1' })
    write(made.path, { a: '2' })
    commit(made, 'second')
    write(made.path, { a: '3' })
    commit(made, 'third')
    const shallow = folder()
    execFileSync('git', ['clone', '--quiet', '--depth', '2', `file://${made.path}`, shallow])
    const opened = await open(shallow)

    const found = await steps(opened)

    expect(found.map(({ subject }) => subject)).toEqual(['third', 'second'])
    expect(found.at(-1)?.parent).toBeUndefined()
    expect(await opened.history.cuts()).toEqual(new Set([found.at(-1)?.sha]))
    expect(await (await open(made.path)).history.cuts()).toEqual(new Set())
  })

  it('ends Git where nobody listens any more', async () => {
    const made = clone({ a: '1' })
    for (const text of ['2', '3']) {
      write(made.path, { a: text })
      commit(made, text)
    }
    const opened = await open(made.path)

    for await (const { subject } of opened.history.steps({ tip: 'main' })) {
      expect(subject).toBe('3')
      break
    }
  })

  it('fail where Git does', async () => {
    const opened = await open(clone({ a: '1' }).path)

    await expect(steps(opened, { tip: '0'.repeat(40) })).rejects.toThrow('git log failed')
  })
})

it('knows who wrote what was merged, and what HEAD stands for', async () => {
  const made = clone({ a: '1' })
  mergeOf(made, { b: '1' }, 'merged')
  const opened = await open(made.path)
  const [step] = await steps(opened)

  expect(await opened.history.authorsBetween(step?.parent ?? '', step?.merged ?? '')).toEqual([
    { name: 'Lina', email: '1+lina@users.noreply.github.com' },
  ])
  expect(await opened.history.nameOf('HEAD')).toBe('main')
  expect(await opened.history.nameOf('origin/HEAD')).toBe('origin/HEAD')
})
