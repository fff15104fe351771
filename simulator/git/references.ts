import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { objectInfo } from './object-reader.ts'
import { remember } from './remember.ts'
import { git, isObjectId } from './run.ts'

const objects = remember<string | undefined>(5000, (found) => found !== undefined)

/** The commit, tree or blob that a revision names, or undefined; tags and commits are peeled. */
export async function resolveRevision(
  directory: string,
  revision: string,
  kind: 'commit' | 'tree' | 'blob' = 'commit',
): Promise<string | undefined> {
  if (revision === '' || revision.startsWith('-')) return undefined
  const name = (await looseReference(directory, revision)) ?? revision
  const ask = async () => (await objectInfo(directory, `${name}^{${kind}}`))?.sha
  return isObjectId(name) ? objects(`${directory} ${name} ${kind}`, ask) : ask()
}

/** What Git takes for a plain name of a reference, and then some that need not be tried. */
const plainName = /^refs\/[\w-][\w./-]*$/

function isPlain(reference: string): boolean {
  return plainName.test(reference) && !/\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(reference)
}

/** References are asked for all the time, so a loose one is read as the file it is; a packed one is left to Git. */
async function looseReference(directory: string, reference: string): Promise<string | undefined> {
  if (!isPlain(reference)) return undefined
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
  return paths(
    `${directory} ${commit} ${path}`,
    async () => (await objectInfo(directory, `${commit}:${path}`))?.sha,
  )
}

/** The commit at the tip of a branch, or undefined. */
export function branchTip(directory: string, branch: string): Promise<string | undefined> {
  return resolveRevision(directory, `refs/heads/${branch}`)
}

/** Moves a reference; `target` undefined deletes it. */
export async function updateReference(
  directory: string,
  reference: string,
  target: string | undefined,
): Promise<void> {
  if (target === undefined) await git(directory, ['update-ref', '-d', reference])
  else if (!(isPlain(reference) && isObjectId(target) && (await writeLoose(directory, reference, target))))
    await git(directory, ['update-ref', reference, target])
}

/** Writes it as the file that Git would write; false where Git itself has to say what stands in the way. */
async function writeLoose(directory: string, reference: string, target: string): Promise<boolean> {
  const file = join(directory, reference)
  const draft = join(directory, `draft-${randomUUID()}`)
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, `${target}\n`)
    await rename(draft, file)
    return true
  } catch {
    return false
  }
}
