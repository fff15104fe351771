import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBareRepository, removeBareRepository, writeCommit } from '../../simulator/git/commit.ts'
import { endReaders, objectContents, objectInfo } from '../../simulator/git/object-reader.ts'

const author = { name: 'Maya', email: 'maya@example.test', date: '2026-01-02T03:04:05Z' }
const bytes = Uint8Array.from({ length: 200_000 }, (_, at) => at % 256)

let folder: string
let directory: string
let commit: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'objects-'))
  directory = join(folder, 'one.git')
  await createBareRepository(directory, { branch: 'main' })
  commit = await writeCommit(directory, {
    files: { 'a b.txt': 'missing\n', 'large.bin': bytes, empty: '' },
    message: 'One',
    author,
  })
})

afterAll(async () => {
  await endReaders(folder)
  await rm(folder, { recursive: true })
})

test('answers come to those who asked, however many ask at once and whatever the objects hold', async () => {
  const [text, large, empty, none, info] = await Promise.all([
    objectContents(directory, `${commit}:a b.txt`),
    objectContents(directory, `${commit}:large.bin`),
    objectContents(directory, `${commit}:empty`),
    objectContents(directory, `${commit}:a b.txt missing`),
    objectInfo(directory, `${commit}^{tree}`),
  ])

  expect(text?.content.toString()).toBe('missing\n')
  expect(Buffer.compare(large?.content ?? Buffer.alloc(0), bytes)).toBe(0)
  expect([empty?.size, empty?.content.length]).toEqual([0, 0])
  expect(none).toBeUndefined()
  expect(info?.type).toBe('tree')
})

test('what is written later is found, too', async () => {
  const name = '2'.repeat(40)
  expect(await objectInfo(directory, name)).toBeUndefined()
  const files = { later: 'later\n' }
  const later = await writeCommit(directory, { files, message: 'Two', author, parent: commit })

  expect((await objectContents(directory, `${later}:later`))?.content.toString()).toBe('later\n')
})

test('a name of two lines names nothing, and nobody else gets its answer', async () => {
  const [odd, even] = await Promise.all([
    objectInfo(directory, `${commit}\n${commit}`),
    objectInfo(directory, commit),
  ])

  expect([odd, even?.sha]).toEqual([undefined, commit])
})

test('a process that was ended begins anew, and a repository that is gone has no objects', async () => {
  await endReaders(folder)
  expect((await objectInfo(directory, commit))?.type).toBe('commit')
  const gone = join(folder, 'gone.git')
  await createBareRepository(gone, { branch: 'main' })
  await removeBareRepository(gone)

  expect(await objectInfo(gone, commit)).toBeUndefined()
})
