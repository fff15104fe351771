import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RepositoryRef } from '../app/ports.ts'
import type { Listing } from '../app/reading/git-objects.ts'
import { budgets } from '../domain/budgets.ts'
import { readHeldBlobs } from './held-blobs.ts'
import { readGitListing } from './listing.ts'
import { type GitMerge, readMergeTree } from './merge-tree.ts'

/** A bare mirror of one repository in which Git merges without a working tree. */
export interface GitMirror {
  /** Fetches both commits and merges the second into the first. */
  merge(base: Commit, head: Commit): Promise<GitMerge>
  /** Fetches what can be reached from these refs, as they are there by now. */
  bring(refs: readonly string[]): Promise<void>
  /** Those of some blobs that were fetched before. */
  held(shas: readonly string[]): Promise<ReadonlyMap<string, Buffer>>
  listing(tree: string): Promise<Listing>
  blob(sha: string): Promise<Buffer>
}

/** A commit, and a ref of the remote from which it can be reached. */
interface Commit {
  readonly sha: string
  readonly ref: string
}

export interface GitMirrorOptions {
  /** Holds one bare repository for each mirrored one. */
  readonly directory: string
  /** Where executables are searched, as in `PATH`. */
  readonly path: string
  readonly repository: RepositoryRef
  readonly url: string
  /** By which proxies Git reaches others, as curl is told; absent: by none. */
  readonly proxies?: Readonly<Record<string, string>>
  /** A token that may read contents. It reaches Git by its environment, never by an argument. */
  readonly token: () => Promise<string>
}

class GitMissing extends Error {
  override readonly name = 'GitMissing'
}

interface Run {
  readonly code: number
  readonly output: Buffer
}

const timeLimit = budgets.gitTime.size
const outputLimit = budgets.gitOutput.size

/** Nobody's configuration but ours counts: no hooks, no helpers, no prompts, no other protocol. */
function environment(
  { path, proxies }: Pick<GitMirrorOptions, 'path' | 'proxies'>,
  token?: string,
): Record<string, string> {
  const settings: [string, string][] = [
    ['core.hooksPath', '/dev/null'],
    ['credential.helper', ''],
    ['gc.auto', '0'],
  ]
  if (token !== undefined) {
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
    settings.push(['http.extraHeader', `Authorization: Basic ${basic}`])
  }
  const environment: Record<string, string> = {
    ...proxies,
    PATH: path,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'https:http:file',
    GIT_CONFIG_COUNT: String(settings.length),
  }
  for (const [index, [key, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${index}`] = key
    environment[`GIT_CONFIG_VALUE_${index}`] = value
  }
  return environment
}

function git(args: readonly string[], env: Record<string, string>): Promise<Run> {
  return new Promise((resolve, reject) => {
    const options = { env, timeout: timeLimit, maxBuffer: outputLimit, encoding: 'buffer' as const }
    execFile('git', [...args], options, (error, output, complaint) => {
      if (error === null) return resolve({ code: 0, output })
      if (typeof error.code === 'number') return resolve({ code: error.code, output })
      if (error.code === 'ENOENT') return reject(new GitMissing('git is not installed', { cause: error }))
      // The error itself names the whole command line, and Git's own words are enough.
      reject(new Error(`git ${args[2] ?? ''} failed: ${complaint.toString().slice(0, 500) || error.message}`))
    })
  })
}

/** A mirror below `directory`, made and filled when it is first needed. Throws where Git fails. */
export function createGitMirror(options: GitMirrorOptions): GitMirror {
  const { owner, repo } = options.repository
  const mirror = join(options.directory, `${owner}__${repo}.git`.toLowerCase())
  const plain = environment(options)

  async function must(args: readonly string[], env = plain): Promise<Buffer> {
    const { code, output } = await git(['--git-dir', mirror, ...args], env)
    if (code !== 0) throw new Error(`git ${args[0] ?? ''} ended with ${code}`)
    return output
  }

  async function bring(refs: readonly string[]): Promise<void> {
    await mkdir(options.directory, { recursive: true })
    await must(['init', '--quiet', '--bare'])
    const env = environment(options, await options.token())
    const mirrored = refs.map((ref) => `+${ref}:refs/mirror/${ref}`)
    await must(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', options.url, ...mirrored], env)
  }

  async function fetch(commits: readonly Commit[]): Promise<void> {
    await bring(commits.map(({ ref }) => ref))
    for (const { sha } of commits) await must(['cat-file', '-e', `${sha}^{commit}`])
  }

  async function merge(base: Commit, head: Commit): Promise<GitMerge> {
    await fetch([base, head])
    const args = ['merge-tree', '--write-tree', '-z', '--name-only', base.sha, head.sha]
    const { code, output } = await git(['--git-dir', mirror, ...args], plain)
    const outcome = readMergeTree({ code, output })
    if (outcome !== undefined) return outcome
    throw new Error(`git merge-tree ended with ${code}`)
  }

  /** Two fetches at a time would be in each other's way. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    last = turn
    return turn
  }

  /** Refs that wait for the fetch that is at work, and the next one that brings them all. */
  let waiting: string[] = []
  let next: Promise<void> | undefined
  function bringTogether(refs: readonly string[]): Promise<void> {
    waiting.push(...refs)
    next ??= inTurn(() => {
      const all = [...new Set(waiting)]
      waiting = []
      next = undefined
      return bring(all)
    })
    return next
  }

  return {
    merge: (base, head) =>
      inTurn(() => merge(base, head)).catch((error: unknown) => {
        if (error instanceof GitMissing) return { kind: 'impossible', because: { code: 'no-git' } }
        throw error
      }),
    bring: bringTogether,
    held: (shas) => readHeldBlobs({ directory: mirror, environment: plain }, shas),
    async listing(tree) {
      const output = await must(['ls-tree', '-r', '-z', '--long', '--full-tree', tree])
      return { tree: readGitListing(output.toString()), cut: [] }
    },
    blob: (sha) => must(['cat-file', 'blob', sha]),
  }
}
