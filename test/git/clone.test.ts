import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type GitClone, openGitClone } from '../../src/git/clone.ts'
import { clone, commit, folder, write } from '../commands/fake-terminal.ts'

async function open(directory: string): Promise<GitClone> {
  const opened = await openGitClone({ directory, environment: process.env })
  if (opened === undefined) throw new Error('no clone')
  onTestFinished(() => opened.close())
  return opened
}

describe('a local clone', () => {
  it('is none where Git knows of none', async () => {
    expect(await openGitClone({ directory: folder(), environment: process.env })).toBeUndefined()
  })

  it('lists and reads files under names that would end a line or an argument', async () => {
    const names = ['a b.yaml', 'line\nbreak.yaml', '--output=x', 'ünïcode/ф.yaml', '"quoted".yaml']
    const { path } = clone(Object.fromEntries(names.map((name) => [name, `text of ${name}\n`])))
    const opened = await open(path)

    const store = opened.store((await opened.commit('HEAD')) ?? '')
    const { tree } = await store.listing()

    expect([...tree.keys()].toSorted()).toEqual(names.toSorted())
    for (const [name, { sha, size }] of tree) {
      const content = await store.blob(sha)
      expect(content.toString()).toBe(`text of ${name}\n`)
      expect(content.length).toBe(size)
    }
  })

  it('knows the addresses of its remotes, whatever they are called', async () => {
    const { path, git } = clone({ a: 'text' })
    const opened = await open(path)
    expect(await opened.remotes()).toEqual(new Map())

    git('remote', 'add', 'origin', 'https://git.example/bookinfo/mesh')
    git('remote', 'add', 'a.url.b', 'git@git.example:else/mesh.git')

    expect(await opened.remotes()).toEqual(
      new Map([
        ['origin', 'https://git.example/bookinfo/mesh'],
        ['a.url.b', 'git@git.example:else/mesh.git'],
      ]),
    )
  })

  it('knows branches and what was never merged by their names', async () => {
    const { path, git } = clone({ a: 'text' })
    git('tag', 'v1')
    git('branch', 'v2')
    git('remote', 'add', 'origin', 'https://git.example/a/b')
    git('update-ref', 'refs/remotes/origin/v3', 'HEAD')
    git('checkout', '--quiet', '-b', 'topic')
    write(path, { a: 'other' })
    commit({ path, git }, 'never merged')
    git('tag', '--annotate', '--message', 'v4', 'v4')
    const opened = await open(path)
    const base = (await opened.commit('main')) ?? ''
    const never = (await opened.commit('topic')) ?? ''

    const unmerged = async (names: readonly string[]) =>
      Promise.all(names.map((name) => opened.isUnmerged(name, base)))

    expect(await unmerged(['v2', 'v3', 'topic', 'v4', never])).toEqual([true, true, true, true, true])
    expect(await unmerged(['v1', base, 'v9', '--all', 'v*'])).toEqual([false, false, false, false, false])
  })

  it('reads many objects at a time through one process, large and empty ones among them', async () => {
    const large = 'x'.repeat(300_000)
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`f${i}`, i % 50 === 0 ? `${i}${large}` : `${i}`]),
    )
    const { path } = clone({ ...files, empty: '' })
    const opened = await open(path)

    const store = opened.store((await opened.commit('main')) ?? '')
    const { tree } = await store.listing()
    const contents = await Promise.all(
      [...tree].map(async ([name, { sha }]) => [name, (await store.blob(sha)).toString()]),
    )

    expect(Object.fromEntries(contents)).toEqual({ ...files, empty: '' })
  })

  it('says that an object is not there, and goes on', async () => {
    const { path } = clone({ a: 'text' })
    const opened = await open(path)
    const store = opened.store((await opened.commit('main')) ?? '')
    const sha = (await store.listing()).tree.get('a')?.sha ?? ''

    await expect(store.blob('0'.repeat(40))).rejects.toThrow('The clone lacks the object')
    await expect(store.blob('a\n-x')).rejects.toThrow('no name of an object')
    expect((await store.blob(sha)).toString()).toBe('text')
  })

  it('merges what both sides changed, and the files of the result can be read', async () => {
    const { path, git } = clone({ a: '1\n', b: '1\n' })
    git('checkout', '--quiet', '-b', 'feature')
    write(path, { b: '2\n' })
    commit({ path, git }, 'b')
    git('checkout', '--quiet', 'main')
    write(path, { a: '2\n' })
    commit({ path, git }, 'a')
    const opened = await open(path)
    const [base = '', head = ''] = [await opened.commit('main'), await opened.commit('feature')]

    const merge = await opened.merge(base, head)

    if (merge.kind !== 'tree') throw new Error(merge.kind)
    const store = opened.store(merge.sha)
    const { tree } = await store.listing()
    const texts = await Promise.all(
      [...tree.values()].map(async ({ sha }) => (await store.blob(sha)).toString()),
    )
    expect(texts).toEqual(['2\n', '2\n'])
  })

  it('merges over all merge bases where the branches have merged each other', async () => {
    const { path, git } = clone({ a: '1\n', b: '1\n' })
    git('checkout', '--quiet', '-b', 'feature')
    write(path, { b: '2\n' })
    commit({ path, git }, 'b')
    git('checkout', '--quiet', 'main')
    write(path, { a: '2\n' })
    commit({ path, git }, 'a')
    git('branch', 'before')
    git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'merge', '--quiet', '--no-edit', 'feature')
    git('checkout', '--quiet', 'feature')
    git(
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.com',
      'merge',
      '--quiet',
      '-s',
      'ours',
      '-m',
      'm',
      'before',
    )
    const opened = await open(path)
    const [base = '', head = ''] = [await opened.commit('main'), await opened.commit('feature')]

    const merge = await opened.merge(base, head)

    if (merge.kind !== 'tree') throw new Error(merge.kind)
    const store = opened.store(merge.sha)
    const { tree } = await store.listing()
    expect((await store.blob(tree.get('a')?.sha ?? '')).toString()).toBe('1\n')
  })

  it('does not merge where a shallow clone hides a merge base, and does where it hides none', async () => {
    const { path, git } = clone({ a: '1\n', b: '1\n' })
    const merging = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'merge', '--quiet', '--no-edit']
    git('checkout', '--quiet', '-b', 'feature')
    write(path, { b: '2\n' })
    commit({ path, git }, 'b')
    git('branch', 'linear')
    git('checkout', '--quiet', 'main')
    write(path, { a: '2\n' })
    commit({ path, git }, 'a')
    git('branch', 'before')
    git(...merging, 'feature')
    git('checkout', '--quiet', 'feature')
    git(...merging, '-s', 'ours', 'before')
    const shallow = folder()
    git('clone', '--quiet', '--depth=2', '--no-single-branch', `file://${path}`, shallow)
    const opened = await open(shallow)
    const at = async (name: string) => (await opened.commit(`origin/${name}`)) ?? ''

    expect(await opened.merge(await at('main'), await at('feature'))).toEqual({
      kind: 'impossible',
      because: { code: 'shallow' },
    })
    expect(await opened.merge(await at('main'), await at('linear'))).toMatchObject({ kind: 'tree' })
  })

  it('names the paths in conflict, each once, and no prose', async () => {
    const { path, git } = clone({ 'a b': '1\n', c: '1\n' })
    git('checkout', '--quiet', '-b', 'feature')
    write(path, { 'a b': '2\n', c: '2\n' })
    commit({ path, git }, 'two')
    git('checkout', '--quiet', 'main')
    write(path, { 'a b': '3\n', c: '3\n' })
    commit({ path, git }, 'three')
    const opened = await open(path)

    const merge = await opened.merge(
      (await opened.commit('main')) ?? '',
      (await opened.commit('feature')) ?? '',
    )

    expect(merge).toEqual({ kind: 'conflict', paths: ['a b', 'c'] })
  })

  it('runs no merge driver, hook or helper that the clone configures', async () => {
    const { path, git } = clone({ a: '1\n', '.gitattributes': 'a merge=evil\n' })
    git('checkout', '--quiet', '-b', 'feature')
    write(path, { a: '2\n' })
    commit({ path, git }, 'two')
    git('checkout', '--quiet', 'main')
    write(path, { a: '3\n' })
    commit({ path, git }, 'three')
    git('config', 'merge.evil.driver', `touch ${path}/ran`)
    git('config', 'core.fsmonitor', `touch ${path}/ran`)
    const opened = await open(path)

    await opened.merge((await opened.commit('main')) ?? '', (await opened.commit('feature')) ?? '')

    expect(readdirSync(path)).not.toContain('ran')
  })

  it('merges in a clone that may not be written', async () => {
    const { path, git } = clone({ a: '1\n' })
    git('checkout', '--quiet', '-b', 'feature')
    write(path, { b: '2\n' })
    commit({ path, git }, 'b')
    git('checkout', '--quiet', 'main')
    write(path, { c: '2\n' })
    commit({ path, git }, 'c')
    chmodSync(join(path, '.git/objects'), 0o555)
    const opened = await open(path)

    const merge = await opened.merge(
      (await opened.commit('main')) ?? '',
      (await opened.commit('feature')) ?? '',
    )

    chmodSync(join(path, '.git/objects'), 0o755)
    expect(merge.kind).toBe('tree')
  })

  it('leaves nothing behind when it is closed', async () => {
    const { path } = clone({ a: '1\n' })
    const temporary = folder()
    vi.stubEnv('TMPDIR', temporary)
    onTestFinished(() => void vi.unstubAllEnvs())

    const opened = await openGitClone({ directory: path, environment: process.env })
    const during = readdirSync(temporary)
    await opened?.close()

    expect(during).toHaveLength(1)
    expect(readdirSync(temporary)).toEqual([])
  })

  it('merges in a shallow clone whose history reaches the common ancestor', async () => {
    const { path: origin, git } = clone({ a: '0\n' })
    write(origin, { a: '1\n' })
    commit({ path: origin, git }, 'one')
    git('checkout', '--quiet', '-b', 'feature')
    write(origin, { b: '1\n' })
    commit({ path: origin, git }, 'two')
    const path = folder()
    git('clone', '--quiet', '--depth=2', '--no-single-branch', `file://${origin}`, path)
    const opened = await open(path)

    const [base = '', head = ''] = [await opened.commit('origin/main'), await opened.commit('origin/feature')]

    expect((await opened.merge(base, head)).kind).toBe('tree')
  })

  it('says what to do where Git refuses a clone that somebody else owns', async () => {
    const { path } = clone({ a: '1\n' })
    const environment = {
      ...process.env,
      GIT_TEST_ASSUME_DIFFERENT_OWNER: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    }

    await expect(openGitClone({ directory: path, environment })).rejects.toThrow('safe.directory')
  })

  it('says what to do where there is no Git', async () => {
    await expect(openGitClone({ directory: folder(), environment: { PATH: '/nowhere' } })).rejects.toThrow(
      'install Git',
    )
  })
})
