import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBareRepository, writeCommit } from '../../simulator/git/commit.ts'
import { endReaders } from '../../simulator/git/object-reader.ts'
import { readCommit, readFileAt } from '../../simulator/git/objects.ts'
import { listReferences, resolveRevision, updateReference } from '../../simulator/git/references.ts'
import { git, gitText } from '../../simulator/git/run.ts'

const author = { name: 'Maya', email: 'maya@example.test', date: '2026-01-02T03:04:05Z' }
const names = ['refs/heads/main', 'refs/heads/feature/x', 'refs/heads/feature-x', 'refs/pull/1/head']

let folder: string
let directory: string
let first: string
let second: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'references-'))
  directory = join(folder, 'one.git')
  await createBareRepository(directory, { branch: 'main' })
  first = await writeCommit(directory, { files: { 'a/b': 'one\n' }, message: 'One', author })
  second = await writeCommit(directory, { files: { 'a/b': 'two\n' }, message: 'Two', author, parent: first })
  for (const name of names) await updateReference(directory, name, first)
})
afterEach(async () => {
  await endReaders(folder)
  await rm(folder, { recursive: true })
})

async function asGitLists(): Promise<readonly string[]> {
  return (await gitText(directory, ['for-each-ref', '--format=%(refname) %(objectname)'])).split('\n')
}

function asListed(beginning: string): readonly string[] {
  return listReferences(directory, beginning).map(({ name, sha }) => `${name} ${sha}`)
}

test('they are those that Git lists, packed or not, and what moved since counts', async () => {
  expect(asListed('refs/')).toEqual(await asGitLists())

  await git(directory, ['pack-refs', '--all'])
  await updateReference(directory, 'refs/heads/main', second)
  await updateReference(directory, 'refs/heads/new', second)

  expect(asListed('refs/')).toEqual(await asGitLists())
  expect(asListed('refs/heads/feature').length).toBe(2)
  expect(await resolveRevision(directory, 'refs/heads/main')).toBe(second)
  expect(await resolveRevision(directory, 'refs/heads/feature/x')).toBe(first)
})

test('what is deleted is gone, packed or not', async () => {
  await git(directory, ['pack-refs', '--all'])
  await updateReference(directory, 'refs/heads/new', second)
  for (const name of ['refs/heads/new', 'refs/heads/feature/x', 'refs/heads/none'])
    await updateReference(directory, name, undefined)

  expect(await resolveRevision(directory, 'refs/heads/feature/x')).toBeUndefined()
  expect(asListed('refs/')).toEqual(await asGitLists())
})

test('a branch may take the place of a folder of branches that are gone, and of no other', async () => {
  await updateReference(directory, 'refs/heads/feature/x', undefined)
  await updateReference(directory, 'refs/heads/feature', second)
  expect(await resolveRevision(directory, 'feature')).toBe(second)

  await expect(updateReference(directory, 'refs/heads/main/x', second)).rejects.toThrow('refs/heads/main')
})

test('names are looked up as Git does: branches, tags that stand for commits, ids and parts of them', async () => {
  const tag = [
    '-c',
    'user.name=Maya',
    '-c',
    'user.email=maya@example.test',
    'tag',
    '-a',
    '-m',
    'Tag',
    'v1',
    first,
  ]
  await git(directory, tag)

  for (const revision of ['main', 'heads/main', 'v1', 'refs/tags/v1', first, first.slice(0, 9), 'HEAD'])
    expect(await resolveRevision(directory, revision), revision).toBe(first)
  const tree = await gitText(directory, ['rev-parse', `${first}^{tree}`])
  expect(await resolveRevision(directory, 'v1', 'tree')).toBe(tree)
  for (const revision of ['', '-x', 'none', 'refs/heads/none', tree, '1'.repeat(40)])
    expect(await resolveRevision(directory, revision), revision).toBeUndefined()
})

test('what Git has packed is read, too', async () => {
  await git(directory, ['repack', '-a', '-d', '--quiet'])
  const copy = join(folder, 'copy.git')
  await createBareRepository(copy, { copyOf: directory })

  expect((await readCommit(copy, 'main'))?.message).toBe('One')
  expect((await readFileAt(copy, first, 'a/b'))?.toString()).toBe('one\n')
  expect(await readFileAt(copy, first, 'a/b/c')).toBeUndefined()
})
