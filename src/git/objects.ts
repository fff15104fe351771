import { type GitProcess, GitUnusable, startGit } from './process.ts'

/** One `git cat-file --batch` that answers for many objects. */
export interface GitObjects {
  blob(sha: string): Promise<Buffer>
  close(): void
}

interface Waiting {
  readonly sha: string
  readonly resolve: (content: Buffer) => void
  readonly reject: (error: Error) => void
}

/** Starts the process with the first question; answers come in the order of the questions. */
export function openGitObjects(git: GitProcess): GitObjects {
  const waiting: Waiting[] = []
  let chunks: Buffer[] = []
  let length = 0
  let wantedLength = 0
  let child: ReturnType<typeof startGit> | undefined

  function fail(error: Error): void {
    for (const each of waiting.splice(0)) each.reject(error)
  }

  /** Answers as many questions as what has arrived suffices for. */
  function answer(): void {
    if (length < wantedLength) return
    let rest = Buffer.concat(chunks)
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      const read = readAnswer(rest)
      wantedLength = read.kind === 'partial' ? read.wanted : 0
      if (read.kind === 'partial') break
      waiting.shift()
      if (read.kind === 'content') next.resolve(read.content)
      else next.reject(lacking(next.sha))
      rest = rest.subarray(read.length)
    }
    chunks = [rest]
    length = rest.length
  }

  function start(): ReturnType<typeof startGit> {
    const started = startGit(['cat-file', '--batch'], git)
    started.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      answer()
    })
    started.on('error', (cause) => fail(new Error('git cat-file cannot be started', { cause })))
    started.on('close', () => fail(new Error('git cat-file ended early')))
    started.stdin.on('error', () => {})
    return started
  }

  return {
    blob(sha) {
      if (!/^[0-9a-f]+$/.test(sha)) return Promise.reject(new Error(`${sha} is no name of an object`))
      child ??= start()
      const { stdin } = child
      return new Promise((resolve, reject) => {
        waiting.push({ sha, resolve, reject })
        stdin.write(`${sha}\n`)
      })
    },
    close: () => child?.stdin.end(),
  }
}

function lacking(sha: string): GitUnusable {
  return new GitUnusable(
    `The clone lacks the object ${sha}: it is damaged, or partial and cannot be completed.`,
  )
}

type Answer =
  | { readonly kind: 'partial'; readonly wanted: number }
  | { readonly kind: 'content'; readonly content: Buffer; readonly length: number }
  | { readonly kind: 'missing'; readonly length: number }

/** `SHA TYPE SIZE`, a line break, the content and a line break; or `SHA missing` and a line break. */
function readAnswer(arrived: Buffer): Answer {
  const end = arrived.indexOf('\n')
  if (end === -1) return { kind: 'partial', wanted: arrived.length + 1 }
  const [, type, size] = arrived.subarray(0, end).toString().split(' ')
  if (size === undefined || type === undefined) return { kind: 'missing', length: end + 1 }
  const start = end + 1
  const length = start + Number(size) + 1
  if (arrived.length < length) return { kind: 'partial', wanted: length }
  return { kind: 'content', content: arrived.subarray(start, length - 1), length }
}
