import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'

/** What a Git command may be given besides its arguments. */
export interface GitInput {
  readonly input?: string | Buffer
  readonly environment?: Readonly<Record<string, string>>
}

/** A Git command that ended with another code than 0. */
export class GitError extends Error {
  readonly code: number
  readonly output: string

  constructor(message: string, code: number, output: string) {
    super(message)
    this.code = code
    this.output = output
  }
}

/** The machine's own Git configuration must not decide what a test sees. */
const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
}

/** Starts Git in a bare repository. */
export function startGit(
  directory: string,
  args: readonly string[],
  more: GitInput['environment'] = {},
): ChildProcessWithoutNullStreams {
  return spawn('git', ['-C', directory, ...args], { env: { ...environment, ...more } })
}

/** Runs Git in a bare repository and returns its standard output. */
export function git(directory: string, args: readonly string[], given: GitInput = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = startGit(directory, args, given.environment)
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (code) => {
      const output = Buffer.concat(out)
      if (code === 0) return resolve(output)
      const message = `git ${args.join(' ')}: ${Buffer.concat(err).toString().trim() || `exit ${code}`}`
      reject(new GitError(message, code ?? -1, output.toString()))
    })
    child.stdin.end(given.input)
  })
}

/** Runs Git and returns its output as text without the last line break. */
export async function gitText(
  directory: string,
  args: readonly string[],
  given: GitInput = {},
): Promise<string> {
  return (await git(directory, args, given)).toString().replace(/\n$/, '')
}

/** Whether a revision is spelled out, so that it always names the same object. */
export function isObjectId(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision)
}

/** The id that stands for "no commit" in pushes. */
export const noCommit = '0'.repeat(40)
