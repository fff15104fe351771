import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Git objects that outlive the process. It is a store of copies: whatever is wrong with it costs no more than asking again. */
export interface DiskStore {
  /** What `take` makes of what is kept; undefined where there is none, or `take` does not know it again, which ends it. */
  read<T>(sha: string, take: (content: Buffer) => T | undefined): Promise<T | undefined>
  keep(sha: string, content: Buffer): Promise<void>
}

export interface DiskStoreOptions {
  readonly directory: string
  /** Bytes of all of them; those that were not asked for the longest time go first. */
  readonly most: number
  /** Is told what the disk does not do. */
  readonly onFault: (error: unknown) => void
}

interface Kept {
  readonly path: string
  readonly size: number
  readonly usedAt: number
}

/** What a disk takes for a file besides its bytes, on the average. */
const overhead = 4_096

/** What is left once there is too much: to look at all of them each time would take too long. */
const share = 0.8

export function createDiskStore({ directory, most, onFault }: DiskStoreOptions): DiskStore {
  let total: Promise<number> | undefined
  let tidying: Promise<void> | undefined

  const pathOf = (sha: string) => join(directory, sha.slice(0, 2), sha.slice(2))

  async function count(): Promise<number> {
    return sum(await listKept(directory))
  }

  /** Several servers may keep theirs in one place, so that what is there is looked at, and not what was written. */
  async function tidy(): Promise<void> {
    const oldestFirst = (await listKept(directory)).toSorted((a, b) => a.usedAt - b.usedAt)
    let left = sum(oldestFirst)
    for (const { path, size } of oldestFirst) {
      if (left <= most * share) break
      await rm(path, { force: true })
      left -= size + overhead
    }
    total = Promise.resolve(left)
  }

  async function add(size: number): Promise<void> {
    total ??= count()
    const now = (await total) + size + overhead
    total = Promise.resolve(now)
    if (now <= most) return
    tidying ??= tidy().finally(() => {
      tidying = undefined
    })
    await tidying
  }

  async function write(sha: string, content: Buffer): Promise<void> {
    const path = pathOf(sha)
    // What was begun and not finished has no name of an object.
    const draft = join(directory, `draft-${randomUUID()}`)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(draft, content)
    await rename(draft, path).catch(async (error: unknown) => {
      await rm(draft, { force: true })
      throw error
    })
    await add(content.length)
  }

  return {
    async read(sha, take) {
      const path = pathOf(sha)
      const content = await readFile(path).catch(() => undefined)
      if (content === undefined) return undefined
      const taken = take(content)
      if (taken === undefined) {
        await rm(path, { force: true }).catch(onFault)
        return undefined
      }
      const now = new Date()
      await utimes(path, now, now).catch(onFault)
      return taken
    },
    keep: (sha, content) => write(sha, content).catch(onFault),
  }
}

function sum(kept: readonly Kept[]): number {
  return kept.reduce((bytes, { size }) => bytes + size + overhead, 0)
}

async function listKept(directory: string): Promise<readonly Kept[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const kept: Kept[] = []
  for (const path of files) {
    // Another server may have removed it meanwhile.
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined) kept.push({ path, size: found.size, usedAt: found.mtimeMs })
  }
  return kept
}
