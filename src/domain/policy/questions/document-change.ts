import type { Comparison } from '../../diff/comparison.ts'
import { withoutComments } from '../../manifest/files/template.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { contentOf } from '../../manifest/layers/written.ts'
import type { Unreadable } from '../../manifest/manifests.ts'
import type { Pair } from '../../routing/copies/pair-copies.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { nearestMesh } from './meshes/nearest-mesh.ts'

/**
 * A file that names the mesh and of which a document could not be read or decoded, or that is laid over what is built: it is known by
 * its path and text.
 */
interface UnreadFile {
  readonly path: string
  readonly text: string
  readonly range?: SourceRange
  /** All of it that is not read is the source of a manifest. */
  readonly template: boolean
  /** It is a part of a kustomization, and no object by itself. */
  readonly part?: true
}

/** What a pull request does to such a file. One side only may be unreadable, while the file is there on both. */
export interface DocumentChange extends Pair<UnreadFile> {
  readonly subject: 'document'
  readonly mesh: string
  readonly how: 'added' | 'removed' | 'moved' | 'changed'
}

/** The changes of files with documents that cannot be read on some side, by path. One that moves unchanged is one change. */
export function documentChanges({ base, merged }: Comparison): readonly DocumentChange[] {
  const [before, after] = [unreadFiles(base), unreadFiles(merged)]
  const [old, now] = [pathsOf(base), pathsOf(merged)]
  const gone = [...before.values()].filter(({ path }) => !now.has(path))
  const come = [...after.values()].filter(({ path }) => !old.has(path))
  const moves = movesOf(gone, come)
  const isMoved = new Set(moves.flatMap((pair) => [pair.before.path, pair.after.path]))
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => !isMoved.has(path))
  const pairs: readonly Pair<UnreadFile>[] = [
    ...paths.map((path) => pairOf(before.get(path), after.get(path))),
    ...moves,
  ]
  return pairs
    .flatMap((pair): readonly DocumentChange[] => {
      const path = (pair.after ?? pair.before)?.path ?? ''
      const how = howOf(pair, { old, now })
      const mesh = nearestMesh(pair.after === undefined ? base : merged, path)?.name ?? ''
      return how === undefined ? [] : [{ subject: 'document', mesh, how, ...pair }]
    })
    .toSorted((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))
}

/** The changes of files that are parts of what is built: whoever owns one decides what it says. */
export function partChanges(
  { base, merged }: Comparison,
  parts: ReadonlySet<string>,
  texts: Pair<ReadonlyMap<string, string>>,
): readonly DocumentChange[] {
  return [...parts].toSorted().flatMap((path): readonly DocumentChange[] => {
    const [before, after] = [texts.before, texts.after].map((side) => partAt(path, side))
    if (before?.text === after?.text) return []
    const how = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
    const mesh = nearestMesh(after === undefined ? base : merged, path)?.name ?? ''
    return [{ subject: 'document', mesh, how, ...pairOf(before, after) }]
  })
}

function partAt(path: string, texts: ReadonlyMap<string, string> | undefined): UnreadFile | undefined {
  const text = texts?.get(path)
  return text === undefined
    ? undefined
    : { path, text: canonicalJson(contentOf({ path, text })), template: false, part: true }
}

function pairOf(before: UnreadFile | undefined, after: UnreadFile | undefined): Pair<UnreadFile> {
  return { ...(before && { before }), ...(after && { after }) }
}

function pathOf({ before, after }: Pair<UnreadFile>): string {
  return (after ?? before)?.path ?? ''
}

function howOf(
  { before, after }: Pair<UnreadFile>,
  { old, now }: { readonly old: ReadonlySet<string>; readonly now: ReadonlySet<string> },
): DocumentChange['how'] | undefined {
  if (before !== undefined && after !== undefined) {
    if (before.path !== after.path) return 'moved'
    return before.text === after.text ? undefined : 'changed'
  }
  if (after === undefined) return before && now.has(before.path) ? 'changed' : 'removed'
  return old.has(after.path) ? 'changed' : 'added'
}

function movesOf(
  gone: readonly UnreadFile[],
  come: readonly UnreadFile[],
): readonly Required<Pair<UnreadFile>>[] {
  const left = [...come]
  return gone.flatMap((before) => {
    const at = left.findIndex(({ text }) => text === before.text)
    const [after] = at === -1 ? [] : left.splice(at, 1)
    return after === undefined ? [] : [{ before, after }]
  })
}

function pathsOf({ manifests }: Snapshot): ReadonlySet<string> {
  return new Set(manifests.files.map(({ path }) => path))
}

function unreadFiles({ manifests }: Snapshot): ReadonlyMap<string, UnreadFile> {
  const texts = new Map(manifests.files.map(({ path, text }) => [path, text]))
  const byPath = Map.groupBy(manifests.unreadable, ({ path }) => path)
  return new Map(
    [...byPath].map(([path, documents]) => [path, unreadFile(path, documents, texts.get(path))] as const),
  )
}

function unreadFile(path: string, documents: readonly Unreadable[], text: string | undefined): UnreadFile {
  const [first] = documents
  const range = first?.diagnostic.range
  const template = documents.every((each) => each.template === true)
  const whole = text ?? range?.file.text ?? ''
  return { path, text: template ? withoutComments(whole) : whole, ...(range && { range }), template }
}
