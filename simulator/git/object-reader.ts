import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { startGit } from './run.ts'

/** What Git knows of an object by its header; `content` only where it was asked for. */
export interface GitObject {
  readonly sha: string
  readonly type: string
  readonly size: number
  readonly content: Buffer
}

interface Question {
  readonly wants: 'info' | 'contents'
  readonly resolve: (found: GitObject | undefined) => void
  readonly reject: (error: Error) => void
}

/** One `git cat-file` of a repository, which answers in the order of the questions. */
interface ObjectReader {
  readonly child: ChildProcessWithoutNullStreams
  ask(wants: Question['wants'], name: string): Promise<GitObject | undefined>
  end(): Promise<void>
}

/** How Git ends where there is no repository. */
const noRepository = 128

/** Each is a process; those that were not asked for the longest time end first. */
const mostReaders = 16
const readers = new Map<string, ObjectReader>()

/** The object that a name stands for (an id, a reference, `commit:path`, `name^{tree}`), or undefined; without its content. */
export function objectInfo(directory: string, name: string): Promise<GitObject | undefined> {
  return readerOf(directory).ask('info', name)
}

/** The same with its content. */
export function objectContents(directory: string, name: string): Promise<GitObject | undefined> {
  return readerOf(directory).ask('contents', name)
}

/** Ends the processes of all repositories below a folder. */
export async function endReaders(folder: string): Promise<void> {
  const ended = [...readers].filter(([directory]) => directory.startsWith(folder))
  for (const [directory] of ended) readers.delete(directory)
  await Promise.all(ended.map(([, reader]) => reader.end()))
}

function readerOf(directory: string): ObjectReader {
  const reader = readers.get(directory) ?? openReader(directory)
  readers.delete(directory)
  readers.set(directory, reader)
  const [oldest] = readers
  if (readers.size > mostReaders && oldest !== undefined) {
    readers.delete(oldest[0])
    void oldest[1].end()
  }
  return reader
}

function openReader(directory: string): ObjectReader {
  const waiting: Question[] = []
  const child = startGit(directory, ['cat-file', '--batch-command'])
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()))
  answerFrom(child, waiting)
  const end = (settle: (question: Question) => void): void => {
    if (readers.get(directory)?.child === child) readers.delete(directory)
    for (const question of waiting.splice(0)) settle(question)
  }
  child.on('error', (cause) => {
    end(({ reject }) => reject(new Error('git cat-file cannot be started', { cause })))
  })
  child.on('close', (code) => {
    // A repository that was deleted has no objects.
    if (code === noRepository) end(({ resolve }) => resolve(undefined))
    else end(({ reject }) => reject(new Error(`git cat-file of ${directory} ended early`)))
  })
  child.stderr.resume()
  child.stdin.on('error', () => undefined)
  return {
    child,
    ask(wants, name) {
      if (name === '' || /[\n\0]/.test(name)) return Promise.resolve(undefined)
      return new Promise((resolve, reject) => {
        waiting.push({ wants, resolve, reject })
        child.stdin.write(`${wants} ${name}\n`)
      })
    },
    end() {
      child.stdin.end()
      return closed
    },
  }
}

/** Answers as many questions as what has arrived suffices for. */
function answerFrom(child: ChildProcessWithoutNullStreams, waiting: Question[]): void {
  let chunks: Buffer[] = []
  let length = 0
  let wanted = 0
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    length += chunk.length
    if (length < wanted) return
    let rest = Buffer.concat(chunks)
    wanted = 0
    for (let next = waiting[0]; next !== undefined && rest.length > 0; next = waiting[0]) {
      const { used, found } = readAnswer(rest, next.wants)
      if (used > rest.length) {
        wanted = used
        break
      }
      waiting.shift()
      next.resolve(found)
      rest = rest.subarray(used)
    }
    chunks = [rest]
    length = rest.length
  })
}

/** `SHA TYPE SIZE`, and for the contents a line each; or `NAME missing`. Where more must arrive, `used` says how much. */
function readAnswer(
  arrived: Buffer,
  wants: Question['wants'],
): { readonly used: number; readonly found?: GitObject } {
  const end = arrived.indexOf('\n')
  if (end === -1) return { used: arrived.length + 1 }
  const header = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(arrived.subarray(0, end).toString())
  if (header === null) return { used: end + 1 }
  const [, sha = '', type = '', digits = ''] = header
  const size = Number(digits)
  const start = end + 1
  if (wants === 'info') return { used: start, found: { sha, type, size, content: Buffer.alloc(0) } }
  const content = arrived.subarray(start, start + size)
  return { used: start + size + 1, found: { sha, type, size, content } }
}
