import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createAppender } from '../../records/append-lines.ts'
import type { PastVerdict } from '../../report/page/past-change.ts'
import { readKept } from './kept-shape.ts'

/** What came of one merged change: nothing that anything is said about, or a verdict. */
export type Kept = PastVerdict | 'untouched'

/** Verdicts of the past in a file, by all that they rest on, so that another run need not find them once more. */
export interface KeptVerdicts {
  get(key: string): Kept | undefined
  /** Adds a line at once: whoever ends us takes nothing of what was found before. */
  keep(key: string, kept: Kept): Promise<void>
}

/** Keeps nothing. */
export const noVerdicts: KeptVerdicts = { get: () => undefined, keep: async () => undefined }

/** By which a verdict is found again: equal parts alone give equal keys. */
export function keyOfVerdict(parts: Readonly<Record<string, string>>): string {
  return digest(JSON.stringify(Object.entries(parts).toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

/** Reads what is there, and adds to it; it names teams, and is for nobody else to read. A line that was cut off, or is not as it was written, counts for nothing. Throws where nothing can be added. */
export async function openKeptVerdicts(path: string): Promise<KeptVerdicts> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() === false) throw new Error('it is no file')
  await writeFile(path, '', { flag: 'a', mode: 0o600 })
  await chmod(path, 0o600)
  const append = createAppender(path)
  const known = new Map((await readFile(path, 'utf8')).split('\n').flatMap(readLine))
  return {
    get: (key) => known.get(key),
    async keep(key, kept) {
      known.set(key, kept)
      await append(lineOf(key, kept))
    },
  }
}

/** The verdict is a text within the line, and the digest is of its very letters. */
function lineOf(key: string, kept: Kept): string {
  const text = JSON.stringify(kept)
  return `${JSON.stringify([key, digest(`${key}\n${text}`), text])}\n`
}

function readLine(line: string): readonly (readonly [string, Kept])[] {
  const parts = parsed(line)
  if (!Array.isArray(parts) || !parts.every((each) => typeof each === 'string')) return []
  const [key, sum, text] = parts
  if (key === undefined || text === undefined || sum !== digest(`${key}\n${text}`)) return []
  const kept = readKept(parsed(text))
  return kept === undefined ? [] : [[key, kept]]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
