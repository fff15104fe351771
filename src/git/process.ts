import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'

/** How Git is started: in which directory and with which environment. */
export interface GitProcess {
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Git is not installed, too old for what it is asked, or refuses the clone, which may be damaged; the message says what is wrong. */
export class GitUnusable extends Error {
  override readonly name = 'GitUnusable'
}

export interface GitOutput {
  readonly code: number
  readonly output: Buffer
  readonly complaint: string
}

/** Configuration that could run programs, or make the answer depend on whose machine it is. */
const settings = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'merge.renames=true',
  '-c',
  'merge.directoryRenames=conflict',
]

/** Starts Git without system configuration, prompts, locks or replaced objects. */
export function startGit(args: readonly string[], git: GitProcess): ChildProcessWithoutNullStreams {
  return spawn('git', [...settings, ...args], {
    cwd: git.directory,
    env: {
      ...git.environment,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_REPLACE_OBJECTS: '1',
    },
  })
}

/** Runs Git to its end. Throws only where it cannot be started. */
export function runGit(args: readonly string[], git: GitProcess): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = startGit(args, git)
    const output: Buffer[] = []
    const complaint: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk))
    child.on('error', (cause) =>
      reject(new GitUnusable('Git cannot be started: install Git 2.38 or newer.', { cause })),
    )
    child.on('close', (code) =>
      resolve({
        code: code ?? 1,
        output: Buffer.concat(output),
        complaint: Buffer.concat(complaint).toString(),
      }),
    )
    child.stdin.on('error', () => {})
    child.stdin.end()
  })
}
