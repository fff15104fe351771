import type { ReadProblem, SideFiles } from '../app/ports.ts'
import type { Listing, TreeEntry } from '../app/reading/git-objects.ts'
import { budgets } from '../domain/budgets.ts'
import { namesAnObject, namesTheMesh } from '../domain/manifest/kinds/names-the-mesh.ts'
import { isLayerFile } from '../domain/manifest/layers/layer-files.ts'
import { isJudgeFile } from '../domain/policy/touched.ts'
import { memoized } from '../domain/source/memoized.ts'
import type { SourceFile } from '../domain/source/source-file.ts'
import { mapConcurrently } from './map-concurrently.ts'

/** Where the contents of a listing come from. */
export interface ReadFilesOptions {
  readonly listing: Listing
  readonly wanted: (path: string) => boolean
  readonly blob: (sha: string, size?: number) => Promise<Buffer>
}

/** How many files may be read. From GitHub each may be one request, and it grants an installation some thousand an hour. */
export interface FilesReading extends ReadFilesOptions {
  readonly most: number
}

/** Larger manifests are a problem, not a file. */
const sizeLimit = budgets.manifestBytes.size

/** GitHub serves no larger blob. */
const servedLimit = budgets.blobBytes.size

const concurrency = budgets.fetches.size

/** YAML may be written in UTF-16 as well, and whatever is wider has zeros between its letters. */
const encodings = ['utf-8', 'utf-16le', 'utf-16be']

type Read =
  | { readonly kind: 'file'; readonly file: SourceFile }
  | { readonly kind: 'problem'; readonly problem: ReadProblem }
  | { readonly kind: 'irrelevant' }

/**
 * The judge's files always matter; overlooking one would take its rules away. Of the others, what Kubernetes refuses as
 * well does only where it names the mesh; where it reads UTF-16, or more than is read here, any object may decide.
 */
function matters(path: string, content: Buffer): boolean {
  const isReadElsewhere = content.length > sizeLimit || hasMarkOfUtf16(content)
  const mayDecide = (text: string) => namesTheMesh(text) || (isReadElsewhere && namesAnObject(text))
  return (
    isJudgeFile(path) ||
    isLayerFile(path) ||
    encodings.some((encoding) => mayDecide(lettersOf(content, encoding)))
  )
}

function hasMarkOfUtf16([first, second]: Buffer): boolean {
  return (first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe)
}

function lettersOf(content: Buffer, encoding: string): string {
  return new TextDecoder(encoding).decode(content).replaceAll('\0', '')
}

function problem(kind: ReadProblem['kind'], path: string): Read {
  return { kind: 'problem', problem: { kind, path } }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(content: Buffer): string | undefined {
  try {
    return utf8.decode(content)
  } catch {
    return undefined
  }
}

const filesOf = memoized((_content: Buffer) => new Map<string, SourceFile>())

/** Contents that a store still holds are the same file as before, so that what is found in it is found once. */
function fileOf(content: Buffer, path: string): SourceFile | undefined {
  const known = filesOf(content).get(path)
  if (known !== undefined) return known
  const text = decode(content)
  const file = text === undefined ? undefined : { path, text }
  if (file !== undefined) filesOf(content).set(path, file)
  return file
}

/** Longer ones lead nowhere that a tree can name. */
const longestTarget = budgets.linkTarget.size

async function readLink(
  path: string,
  { sha, size = 0 }: TreeEntry,
  blob: ReadFilesOptions['blob'],
): Promise<Read> {
  const target = size > longestTarget ? undefined : decode(await blob(sha, size))
  return { kind: 'problem', problem: { kind: 'symlink', path, ...(target !== undefined && { target }) } }
}

async function read(path: string, entry: TreeEntry, blob: ReadFilesOptions['blob']): Promise<Read> {
  if (entry.mode === '120000') return readLink(path, entry, blob)
  if (entry.mode === '160000') return problem('submodule', path)
  const size = entry.size ?? 0
  if (size > servedLimit) return problem('too-large', path)
  const content = await blob(entry.sha, entry.size)
  if (content.length > sizeLimit) {
    return matters(path, content) ? problem('too-large', path) : { kind: 'irrelevant' }
  }
  const file = fileOf(content, path)
  if (file !== undefined) return { kind: 'file', file }
  // What is no text and does not name the group is somebody else's file under a name that looked like ours.
  return matters(path, content) ? problem('not-text', path) : { kind: 'irrelevant' }
}

/** The texts at the wanted paths in order of path, and what stood in the way of reading others. */
export async function readFiles({ listing, wanted, blob, most }: FilesReading): Promise<SideFiles> {
  const entries = [...listing.tree].filter(([path]) => wanted(path)).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length > most) return { files: [], problems: [{ kind: 'truncated', path: '' }] }
  const reads = await mapConcurrently(entries, concurrency, ([path, entry]) => read(path, entry, blob))
  const files: SourceFile[] = []
  const binaries = entries.flatMap(([path], at) => (reads[at]?.kind === 'irrelevant' ? [path] : []))
  const problems: ReadProblem[] = listing.cut.map((path) => ({ kind: 'truncated', path }))
  for (const each of reads) {
    if (each.kind === 'file') files.push(each.file)
    if (each.kind === 'problem') problems.push(each.problem)
  }
  return { files, problems, ...(binaries.length > 0 && { binaries }) }
}
