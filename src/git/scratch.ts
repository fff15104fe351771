import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type GitProcess, runGit } from './process.ts'

/** A bare repository of our own beside a clone, in which Git merges what the clone holds. */
export interface GitScratch {
  readonly process: GitProcess
  /** The clone's environment, in which what was merged here can be read. */
  visibleIn(environment: GitProcess['environment']): GitProcess['environment']
  remove(): Promise<void>
}

/**
 * Makes one. What Git writes stays out of the clone, which may be read-only; and the clone's configuration, attributes,
 * hooks and merge drivers have no part in a merge, as they have none on a forge.
 */
export async function createGitScratch(git: GitProcess, objects: string): Promise<GitScratch> {
  const path = await mkdtemp(join(tmpdir(), 'firebreak-'))
  const own: GitProcess = { directory: path, environment: isolated(git.environment, objects) }
  const { format, shallow } = await describeClone(git)
  const made = await runGit(['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, path], {
    ...own,
    environment: { ...own.environment, GIT_DIR: undefined },
  })
  if (made.code !== 0) throw new Error(`git init failed: ${made.complaint.trim()}`)
  // Where the history of a shallow clone ends, or Git would miss the commits beyond.
  await copyFile(shallow, join(path, 'shallow')).catch(() => {})
  return {
    process: { ...own, environment: { ...own.environment, GIT_DIR: path } },
    visibleIn: (environment) => ({
      ...environment,
      ...alternates([join(path, 'objects')], environment['GIT_ALTERNATE_OBJECT_DIRECTORIES']),
    }),
    remove: () => rm(path, { recursive: true, force: true }),
  }
}

/** Nothing that points Git to another repository or adds to its configuration. */
function isolated(environment: GitProcess['environment'], objects: string): GitProcess['environment'] {
  const foreign = Object.keys(environment).filter((name) => name.startsWith('GIT_'))
  return {
    ...environment,
    ...Object.fromEntries(foreign.map((name) => [name, undefined])),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    ...alternates([objects], environment['GIT_ALTERNATE_OBJECT_DIRECTORIES']),
  }
}

/** Git splits the variable at colons, except within double quotes. */
function alternates(paths: readonly string[], others: string | undefined): GitProcess['environment'] {
  const quoted = paths.map((path) => `"${path.replace(/["\\]/g, '\\$&')}"`)
  return {
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [...quoted, ...(others === undefined ? [] : [others])].join(':'),
  }
}

interface CloneFormat {
  readonly format: string
  /** The file in which a shallow clone says where its history ends, whether there is one or not. */
  readonly shallow: string
}

/** One process for both; a path may have line breaks of its own. */
async function describeClone(git: GitProcess): Promise<CloneFormat> {
  const { output } = await runGit(['rev-parse', '--show-object-format', '--git-path', 'shallow'], git)
  const [, format = '', path = ''] = /^(.*?)\n(.*)\n$/s.exec(output.toString()) ?? []
  return { format, shallow: resolve(git.directory, path) }
}
