import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import { type GitObject, objectContents } from './object-reader.ts'
import { remember } from './remember.ts'

const known = remember<GitObject | undefined>(5000, (found) => found !== undefined)

/** The object of an id, or undefined. What Git keeps as a file of its own is read as that, the rest is left to Git. */
export function findObject(directory: string, sha: string): Promise<GitObject | undefined> {
  return known(
    `${directory} ${sha}`,
    async () => readLoose(directory, sha) ?? (await objectContents(directory, sha)),
  )
}

// The files are small and many: to wait for each of them costs several times as much as to read it.
function readLoose(directory: string, sha: string): GitObject | undefined {
  const file = fileOf(directory, sha)
  return existsSync(file) ? readObject(sha, inflateSync(readFileSync(file))) : undefined
}

/** `TYPE SIZE`, a zero, and the content. */
function readObject(sha: string, bytes: Buffer): GitObject {
  const end = bytes.indexOf(0)
  const [type = ''] = bytes.subarray(0, end).toString().split(' ')
  const content = bytes.subarray(end + 1)
  return { sha, type, size: content.length, content }
}

/** Writes an object where Git keeps those that it has not packed, and returns its id. */
export function writeObject(
  directory: string,
  type: 'blob' | 'tree' | 'commit',
  content: string | Uint8Array,
): string {
  const bytes = Buffer.concat([Buffer.from(`${type} ${Buffer.byteLength(content)}\0`), Buffer.from(content)])
  const sha = createHash('sha1').update(bytes).digest('hex')
  const file = fileOf(directory, sha)
  if (existsSync(file)) return sha
  writeNew(file, deflateSync(bytes, { level: 1 }))
  return sha
}

/** Nothing names an object before it is written; where Git was quicker, it is there. */
function writeNew(file: string, content: Buffer): void {
  const folder = dirname(file)
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(file, content, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** Where Git keeps an object that it has not packed. */
export function fileOf(directory: string, sha: string): string {
  return join(directory, 'objects', sha.slice(0, 2), sha.slice(2))
}
