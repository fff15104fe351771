import { randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { findObject } from './loose-objects.ts'
import { type GitObject, objectInfo } from './object-reader.ts'
import { git, isObjectId } from './run.ts'

type Kind = 'commit' | 'tree' | 'blob'

/** The commit, tree or blob that a revision names, or undefined; tags and commits are peeled. */
export async function resolveRevision(
  directory: string,
  revision: string,
  kind: Kind = 'commit',
): Promise<string | undefined> {
  if (revision === '' || revision.startsWith('-')) return undefined
  if (isObjectId(revision)) return peeled(directory, revision, kind)
  if (isPlain(revision)) {
    const id = readReference(directory, revision)
    return id && peeled(directory, id, kind)
  }
  const id =
    readReference(directory, `refs/tags/${revision}`) ?? readReference(directory, `refs/heads/${revision}`)
  return id === undefined
    ? (await objectInfo(directory, `${revision}^{${kind}}`))?.sha
    : peeled(directory, id, kind)
}

/** A tag names another object, and a commit has a tree. */
async function peeled(directory: string, id: string, kind: Kind): Promise<string | undefined> {
  const found = await findObject(directory, id)
  if (found === undefined || found.type === kind) return found?.sha
  const inner =
    found.type === 'tag' ? 'object' : found.type === 'commit' && kind === 'tree' ? 'tree' : undefined
  return inner && peeled(directory, idAfter(found, inner), kind)
}

function idAfter({ content }: GitObject, key: string): string {
  return new RegExp(`^${key} ([0-9a-f]{40})$`, 'm').exec(content.toString())?.[1] ?? ''
}

/** What Git takes for a plain name of a reference, and then some that need not be tried. */
const plainName = /^refs\/[\w-][\w./-]*$/

function isPlain(reference: string): boolean {
  return plainName.test(reference) && !/\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(reference)
}

/** A reference and what it names. */
export interface Reference {
  readonly name: string
  readonly sha: string
}

/** What a reference names: the file that it is or, where it has none, its line among the packed ones. */
function readReference(directory: string, reference: string): string | undefined {
  if (!isPlain(reference)) return undefined
  const file = join(directory, reference)
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    return packedReferences(directory).find(({ name }) => name === reference)?.sha
  return readFileSync(file, 'utf8').trimEnd()
}

/** `SHA NAME` a line; what a packed tag stands for follows it in a line of its own, which begins otherwise. */
function packedReferences(directory: string): readonly Reference[] {
  const file = join(directory, 'packed-refs')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').matchAll(/^(?<sha>[0-9a-f]{40}) (?<name>.+)$/gm)
  return [...lines].map(({ groups }) => ({ name: groups?.['name'] ?? '', sha: groups?.['sha'] ?? '' }))
}

/** The references whose names begin with a text, in order of name. */
export function listReferences(directory: string, beginning: string): readonly Reference[] {
  const loose = readdirSync(join(directory, 'refs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.lock'))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
  const packed = packedReferences(directory)
  const names = new Set([...loose, ...packed.map(({ name }) => name)])
  return [...names]
    .filter((name) => name.startsWith(beginning))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .flatMap((name) => {
      const sha = readReference(directory, name)
      return sha === undefined ? [] : [{ name, sha }]
    })
}

/** The commit at the tip of a branch, or undefined. */
export function branchTip(directory: string, branch: string): Promise<string | undefined> {
  return resolveRevision(directory, `refs/heads/${branch}`)
}

/** Moves a reference; `target` undefined deletes it. Where it is no plain file Git itself has to do that, or say what stands in the way. */
export async function updateReference(
  directory: string,
  reference: string,
  target: string | undefined,
): Promise<void> {
  if (target === undefined) {
    if (!removeLoose(directory, reference)) await git(directory, ['update-ref', '-d', reference])
  } else if (!(isPlain(reference) && isObjectId(target) && writeLoose(directory, reference, target)))
    await git(directory, ['update-ref', reference, target])
}

function removeLoose(directory: string, reference: string): boolean {
  if (!isPlain(reference) || packedReferences(directory).some(({ name }) => name === reference)) return false
  rmSync(join(directory, reference), { force: true })
  return true
}

function writeLoose(directory: string, reference: string, target: string): boolean {
  const file = join(directory, reference)
  const draft = join(directory, `draft-${randomUUID()}`)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(draft, `${target}\n`)
    renameSync(draft, file)
    return true
  } catch {
    return false
  }
}
