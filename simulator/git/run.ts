import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { remember } from './remember.ts'

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

/** Runs Git in a bare repository and returns its standard output. */
export function git(directory: string, args: readonly string[], given: GitInput = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-C', directory, ...args], {
      env: { ...environment, ...given.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
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

async function quietly(work: Promise<string>): Promise<string | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof GitError) return undefined
    throw error
  }
}

/** Whether a revision is spelled out, so that it always names the same object. */
export function isObjectId(revision: string): boolean {
  return /^[0-9a-f]{40}$/.test(revision)
}

const objects = remember<string | undefined>(5000, (found) => found !== undefined)

/** The commit, tree or blob that a revision names, or undefined; tags and commits are peeled. */
export async function resolveRevision(
  directory: string,
  revision: string,
  kind: 'commit' | 'tree' | 'blob' = 'commit',
): Promise<string | undefined> {
  if (revision === '' || revision.startsWith('-')) return undefined
  const loose = await looseReference(directory, revision)
  const name = loose ?? revision
  const ask = () => quietly(gitText(directory, ['rev-parse', '--verify', '--quiet', `${name}^{${kind}}`]))
  return isObjectId(name) ? objects(`${directory} ${name} ${kind}`, ask) : ask()
}

/** References are asked for all the time, so a loose one is read as the file it is; a packed one is left to Git. */
async function looseReference(directory: string, reference: string): Promise<string | undefined> {
  if (!/^refs\/[\w-][\w./-]*$/.test(reference) || reference.includes('..')) return undefined
  const text = await readFile(join(directory, reference), 'utf8').catch(() => '')
  return isObjectId(text.trimEnd()) ? text.trimEnd() : undefined
}

const paths = remember<string | undefined>(5000)

/** The tree or blob at a path of a commit, given by id, or undefined; the empty path is the root. */
export async function resolvePath(
  directory: string,
  commit: string,
  path: string,
): Promise<string | undefined> {
  if (path === '') return resolveRevision(directory, commit, 'tree')
  return paths(`${directory} ${commit} ${path}`, () =>
    quietly(gitText(directory, ['rev-parse', '--verify', '--quiet', `${commit}:${path}`])),
  )
}

/** The commit at the tip of a branch, or undefined. */
export function branchTip(directory: string, branch: string): Promise<string | undefined> {
  return resolveRevision(directory, `refs/heads/${branch}`)
}

const ancestries = remember<boolean>(1000)

/** Whether a commit can be reached from another. */
export function isAncestor(directory: string, ancestor: string, commit: string): Promise<boolean> {
  return ancestries(`${directory} ${ancestor} ${commit}`, async () => {
    try {
      await git(directory, ['merge-base', '--is-ancestor', ancestor, commit])
      return true
    } catch (error) {
      if (error instanceof GitError && error.code === 1) return false
      throw error
    }
  })
}

const bases = remember<string | undefined>(1000)

/** The best common ancestor of two commits, or undefined where they share none. */
export function mergeBase(directory: string, a: string, b: string): Promise<string | undefined> {
  return bases(`${directory} ${a} ${b}`, async () => {
    try {
      return (await gitText(directory, ['merge-base', a, b])).split('\n')[0]
    } catch (error) {
      if (error instanceof GitError && error.code === 1) return undefined
      throw error
    }
  })
}

/** The id that stands for "no commit" in pushes. */
export const noCommit = '0'.repeat(40)
