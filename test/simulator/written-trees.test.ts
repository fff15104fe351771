import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewFile } from '../../simulator/git/change-tree.ts'
import { createBareRepository, writeCommit } from '../../simulator/git/commit.ts'
import { endReaders } from '../../simulator/git/object-reader.ts'
import { git, gitText } from '../../simulator/git/run.ts'

const author = { name: 'Maya', email: 'maya@example.test', date: '2026-01-02T03:04:05Z' }
const by = `${author.name} <${author.email}> ${Date.parse(author.date) / 1000} +0000`

let folder: string
let directory: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trees-'))
  directory = join(folder, 'one.git')
  await createBareRepository(directory, { branch: 'main' })
})
afterAll(async () => {
  await endReaders(folder)
  await rm(folder, { recursive: true })
})

type Files = Readonly<Record<string, NewFile>>

const step = fc.constantFrom('a', 'a.b', 'a-b', 'ä', 'b "c"', 'd\nd')
const path = fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('/'))
const text = fc.constantFrom('', 'one\n', 'two')
const file: fc.Arbitrary<NewFile> = fc.oneof(
  fc.constant(null),
  text,
  text.map((executable) => ({ executable })),
  text.filter((target) => target !== '').map((symlink) => ({ symlink })),
  fc.uint8Array({ maxLength: 3 }),
)
const files: fc.Arbitrary<Files> = fc.dictionary(path, file, { maxKeys: 6 })

function data(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')])
}

function command([path, file]: readonly [string, NewFile]): Buffer {
  const quoted = `"${path.replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
  if (file === null) return Buffer.from(`D ${quoted}\n`)
  if (typeof file === 'string' || file instanceof Uint8Array)
    return Buffer.concat([Buffer.from(`M 100644 inline ${quoted}\n`), data(file)])
  return 'symlink' in file
    ? Buffer.concat([Buffer.from(`M 120000 inline ${quoted}\n`), data(file.symlink)])
    : Buffer.concat([Buffer.from(`M 100755 inline ${quoted}\n`), data(file.executable)])
}

/** The commits that Git's own importer makes of a line of them. */
async function imported(line: readonly Files[]): Promise<readonly string[]> {
  const stream = line.flatMap((files, at) => [
    Buffer.from(`commit refs/imports/line\nmark :${at + 1}\nauthor ${by}\ncommitter ${by}\n`),
    data(`Step ${at}`),
    Buffer.from(at === 0 ? 'from 0000000000000000000000000000000000000000\n' : `from :${at}\n`),
    ...Object.entries(files).map(command),
    Buffer.from(`\nget-mark :${at + 1}\n`),
  ])
  const input = Buffer.concat([...stream, Buffer.from('done\n')])
  return (await gitText(directory, ['fast-import', '--quiet', '--done', '--force'], { input })).split('\n')
}

async function written(line: readonly Files[]): Promise<readonly string[]> {
  const commits: string[] = []
  for (const [at, files] of line.entries()) {
    const parent = commits.at(-1)
    const above = parent === undefined ? {} : { parent }
    commits.push(await writeCommit(directory, { files, message: `Step ${at}`, author, ...above }))
  }
  return commits
}

test("commits are, to the last byte, those that Git's importer makes of the same files", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(files, { minLength: 60, maxLength: 60 }), async (line) => {
      expect(await written(line)).toEqual(await imported(line))
    }),
    { numRuns: 4 },
  )
})

test('Git finds nothing wrong with what is written', async () => {
  const line = [{ 'a/b': 'one', 'a.b': 'two', a0: 'three' }, { a: null }, { 'a.b': null, a0: null }]
  const last = (await written(line)).at(-1) ?? ''
  await git(directory, ['update-ref', 'refs/heads/line', last])

  expect((await git(directory, ['fsck', '--strict', '--no-dangling'])).toString()).toBe('')
  expect(await gitText(directory, ['ls-tree', '-r', '--name-only', `${last}~2`])).toBe('a.b\na/b\na0')
})

test.each(['', 'a//b', '/a', 'a/', './a', '../a', 'a/.git/config'])('%j is no path', async (path) => {
  await expect(writeCommit(directory, { files: { [path]: 'text' }, message: 'No', author })).rejects.toThrow(
    'is no path of Git',
  )
})
