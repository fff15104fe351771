import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDiskStore } from '../../src/git/disk-store.ts'
import { blobId, isBlobOf } from '../../src/git/object-id.ts'

let directory: string
let faults: unknown[]
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'blobs-'))
  faults = []
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const open = (most = 1_000_000, at = directory) =>
  createDiskStore({ directory: at, most, onFault: (error) => faults.push(error) })
const contentOf = (text: string) => ({ content: Buffer.from(text), sha: blobId(Buffer.from(text)) })
/** Asks for the bytes of this name, and no others. */
const blob = (sha: string) =>
  [sha, (content: Buffer) => (isBlobOf(sha, content) ? content : undefined)] as const
const fileOf = (sha: string) => join(directory, sha.slice(0, 2), sha.slice(2))
const count = () =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length

test('what is kept is there for the next process', async () => {
  const { sha, content } = contentOf('a: 1\n')
  await open().keep(sha, content)

  expect(await open().read(...blob(sha))).toEqual(content)
  expect(await open().read(...blob(contentOf('other').sha))).toBeUndefined()
  expect(faults).toEqual([])
})

describe('what is not the very bytes any more is not there, and goes', () => {
  const harm: readonly [string, (path: string) => void][] = [
    ['cut off', (path) => truncateSync(path, 2)],
    ['empty', (path) => truncateSync(path, 0)],
    ['changed', (path) => writeFileSync(path, 'a: 2\n')],
    ['longer', (path) => writeFileSync(path, 'a: 1\n\n')],
  ]
  test.each(harm)('%s', async (_, damage) => {
    const { sha, content } = contentOf('a: 1\n')
    await open().keep(sha, content)
    damage(fileOf(sha))

    expect(await open().read(...blob(sha))).toBeUndefined()
    expect(count()).toBe(0)
    await open().keep(sha, content)
    expect(await open().read(...blob(sha))).toEqual(content)
  })
})

test('of too much goes what was not asked for the longest time, also what an earlier process left', async () => {
  const all = Array.from({ length: 20 }, (_, index) => contentOf(`n: ${index}\n`))
  const earlier = open()
  for (const { sha, content } of all) await earlier.keep(sha, content)
  for (const [index, { sha }] of all.entries()) utimesSync(fileOf(sha), index, index)
  const store = open(10 * 4_200)
  const [first] = all
  await store.read(...blob(first?.sha ?? ''))

  const { sha, content } = contentOf('one more')
  await store.keep(sha, content)

  expect(count()).toBeLessThanOrEqual(10)
  expect(await store.read(...blob(sha))).toEqual(content)
  expect(await store.read(...blob(first?.sha ?? ''))).toEqual(first?.content)
  expect(await store.read(...blob(all[1]?.sha ?? ''))).toBeUndefined()
})

test('a disk that takes nothing is told of, and is no fault of whoever reads', async () => {
  const path = join(directory, 'a file')
  writeFileSync(path, '')
  const { sha, content } = contentOf('a: 1\n')
  const store = open(1_000_000, path)

  await store.keep(sha, content)

  expect(await store.read(...blob(sha))).toBeUndefined()
  expect(faults).toHaveLength(1)
})
