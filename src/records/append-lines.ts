import { appendFileSync, closeSync, openSync, readSync, statSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'

/** What was killed, or found the disk full, may have left a part of a line; whatever follows is a line of its own. */
export function createAppender(path: string): (line: string) => Promise<void> {
  let isTorn = endsWithin(path)
  return async (line) => {
    const text = isTorn ? `\n${line}` : line
    isTorn = true
    await appendFile(path, text)
    isTorn = false
  }
}

/** Whether the last line of a file has no end; the file is made where there is none. What is no file, like a pipe, has no lines. */
function endsWithin(path: string): boolean {
  appendFileSync(path, '')
  const stats = statSync(path)
  if (!stats.isFile() || stats.size === 0) return false
  const file = openSync(path, 'r')
  try {
    const last = Buffer.alloc(1)
    readSync(file, last, 0, 1, stats.size - 1)
    return last.toString() !== '\n'
  } finally {
    closeSync(file)
  }
}
