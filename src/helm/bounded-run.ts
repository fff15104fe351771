import { type ChildProcess, spawn } from 'node:child_process'
import { budgets } from '../domain/budgets.ts'

/** What is run: a program by its path, in a folder that is its home, too. */
export interface BoundedProgram {
  readonly program: string
  readonly args: readonly string[]
  readonly directory: string
  /** Milliseconds. */
  readonly time?: number
}

/** How a program ended, or what ended it. */
export type BoundedEnd =
  | { readonly kind: 'ended'; readonly code: number; readonly output: string; readonly complaint: string }
  | { readonly kind: 'killed'; readonly by: 'time' | 'size' }
  | { readonly kind: 'not-started' }

const longestRun = budgets.chartSeconds.size * 1000
const mostOutput = budgets.chartOutput.size
const mostComplaint = budgets.chartOutput.size

/** Run by a shell that limits its own address space first, which the program inherits. */
const limited = `ulimit -v ${budgets.chartMemory.size} && exec "$@"`

/**
 * Runs a program of which nothing good is expected: in an environment of its own with nothing in it but a home, in a process group
 * that is killed as a whole. SIGTERM is not tried: a template that loops does not hear it.
 */
export function runBounded({
  program,
  args,
  directory,
  time = longestRun,
}: BoundedProgram): Promise<BoundedEnd> {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', limited, 'sh', program, ...args], {
      cwd: directory,
      env: { HOME: directory, TMPDIR: directory },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const end = (how: BoundedEnd) => {
      clearTimeout(timer)
      killGroup(child)
      resolve(how)
    }
    const timer = setTimeout(() => end({ kind: 'killed', by: 'time' }), time)
    const output = gather(child.stdout, mostOutput, () => end({ kind: 'killed', by: 'size' }))
    const complaint = gather(child.stderr, mostComplaint, () => end({ kind: 'killed', by: 'size' }))
    child.on('error', () => end({ kind: 'not-started' }))
    child.on('close', (code) =>
      end({ kind: 'ended', code: code ?? -1, output: output(), complaint: complaint() }),
    )
  })
}

function gather(stream: NodeJS.ReadableStream, most: number, tooMuch: () => void): () => string {
  const chunks: Buffer[] = []
  let left = most
  stream.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) tooMuch()
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString()
}

/** Whatever it has started goes with it. A group that has ended already is none. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
