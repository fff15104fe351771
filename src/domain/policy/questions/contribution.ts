import { canonicalJson } from '../../manifest/json.ts'
import { documentsIn } from '../../manifest/layers/written.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { isJudgeFile } from '../touched.ts'
import { type IgnoredKeys, whatCounts } from './what-counts.ts'

/**
 * A branch at one of its commits: the files of the base branch where the two parted, and its own. Files that neither
 * changes may be left out.
 */
export interface BranchState {
  readonly base: readonly SourceFile[]
  readonly head: readonly SourceFile[]
}

/** A push: the branch before it, absent where it made the branch, and after it. */
export interface PushedStates {
  readonly before?: BranchState
  readonly after: BranchState
}

/**
 * Whether a push leaves what the branch says as it was: layout, comments, the order of keys and the ignored keys of labels and
 * annotations are no change, nor is what a merge of the base brings along. What the branch had to say before is laid over the base as it is after the push; the
 * result must be what the branch says then.
 */
export function saysTheSame({ before, after }: PushedStates, ignored: IgnoredKeys): boolean {
  const statementsOf = (files: readonly SourceFile[]) => statementsIn(files, ignored)
  const [oldBase, oldHead] = [statementsOf(before?.base ?? []), statementsOf(before?.head ?? [])]
  const kept = statementsOf(after.base).difference(oldBase.difference(oldHead))
  const wanted = kept.union(oldHead.difference(oldBase))
  const said = statementsOf(after.head)
  return said.size === wanted.size && said.isSubsetOf(wanted)
}

/**
 * Paths whose text the push has made another than it was before and than the base has it. Even where it says the same, Git may
 * merge it otherwise with what the base changes there later: an anchor makes one value of two.
 */
export function rewrittenPaths({ before, after }: PushedStates): readonly string[] {
  const [old, base] = [textsOf(before?.head ?? after.base), textsOf(after.base)]
  return after.head.flatMap(({ path, text }) =>
    text === old.get(path) || text === base.get(path) ? [] : [path],
  )
}

function textsOf(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]))
}

/**
 * Everything that the files say, a text for each document, and the same one again with a number. A document is taken as it
 * stands, not in normal form: it may be a patch, in which `null` takes a field away. What cannot be read is taken as
 * written, and so are the judge's own files.
 */
function statementsIn(files: readonly SourceFile[], ignored: IgnoredKeys): ReadonlySet<string> {
  const statements = new Set<string>()
  for (const { path, said } of files.flatMap((file) => saidIn(file, ignored))) {
    let count = 0
    while (statements.has(JSON.stringify([path, said, count]))) count++
    statements.add(JSON.stringify([path, said, count]))
  }
  return statements
}

interface Said {
  readonly path: string
  readonly said: string
}

function saidIn(file: SourceFile, ignored: IgnoredKeys): readonly Said[] {
  const { path, text } = file
  const documents = isJudgeFile(path) ? undefined : documentsIn(file)
  if (documents === undefined) return [{ path, said: text }]
  return documents.map((document) => ({ path, said: canonicalJson(whatCounts(document, ignored)) }))
}
