import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { run } from '../../src/cli.ts'
import type { ExitCode, Terminal } from '../../src/commands/terminal.ts'
import { endless, plain } from '../../src/report/print/screen.ts'

/** What a command line has printed, and how it ended. */
export interface Ran {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

/** Runs a command line in a directory, where no line has an end. */
export async function firebreak(directory: string, ...args: readonly string[]): Promise<Ran> {
  return firebreakAt({ ...endless, directory }, ...args)
}

/** Runs a command line in a terminal of some width. */
export async function firebreakAt(
  {
    directory,
    width,
    environment,
    doing = () => {},
  }: Pick<Terminal, 'directory' | 'width'> & Partial<Pick<Terminal, 'environment' | 'doing'>>,
  ...args: readonly string[]
): Promise<Ran> {
  let [out, err] = ['', '']
  const code = await run(args, {
    directory,
    environment: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', ...environment },
    paint: plain,
    width,
    write: (text) => {
      out += text
    },
    warn: (text) => {
      err += `${text}\n`
    },
    doing,
    today: () => '2026-01-02',
  })
  return { code, out, err }
}

export type Files = Readonly<Record<string, string>>

/** A folder with these files, gone after the test. */
export function folder(files: Files = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'firebreak-test-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  write(path, files)
  return path
}

export function write(path: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text)
  }
}

/** What `git init` makes, but for its examples: a process for each test would take longer than most of them. */
function emptyRepository(path: string): void {
  for (const folder of ['objects', 'refs']) mkdirSync(join(path, '.git', folder), { recursive: true })
  write(join(path, '.git'), {
    HEAD: 'ref: refs/heads/main\n',
    config: '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n',
  })
}

/** A Git repository on branch `main`, gone after the test. */
export function clone(files: Files = {}): { readonly path: string; git(...args: readonly string[]): string } {
  const path = folder()
  const git = (...args: readonly string[]): string =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@example.test', '-c', 'commit.gpgSign=false', ...args],
      {
        cwd: path,
        encoding: 'utf8',
        env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
  emptyRepository(path)
  write(path, files)
  commit({ path, git }, 'base')
  return { path, git }
}

export function commit({ git }: Pick<ReturnType<typeof clone>, 'git' | 'path'>, message: string): void {
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message', message)
}
