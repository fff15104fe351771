import type { Because } from './diagnostic.ts'
import type { SourceRange } from './source-file.ts'
import type { YamlReader } from './yaml-document.ts'
import { wordsOf, type YamlFaultCode } from './yaml-fault.ts'
import type { YamlEntry, YamlNode } from './yaml-node.ts'

/** A pair as it was written; `merges` says that its key is `<<` and names no field. */
export interface WrittenEntry extends YamlEntry {
  readonly merges: boolean
}

/** Something wrong with the keys of a mapping. */
interface KeyProblem {
  readonly message: string
  readonly range: SourceRange
  readonly notes?: readonly Because[]
  /** A reader refuses the document for it. */
  readonly code?: YamlFaultCode
}

interface Resolved {
  readonly entries: readonly YamlEntry[]
  readonly problems: readonly KeyProblem[]
}

function twice(entry: YamlEntry, first: YamlEntry): KeyProblem {
  return {
    message: `The key \`${entry.key}\` is written twice in one mapping`,
    range: entry.keyRange,
    code: 'key-twice',
    notes: [{ message: 'It is written here first; the last one counts', range: first.keyRange }],
  }
}

function sourcesOf(value: YamlNode): readonly YamlNode[] {
  return value.kind === 'sequence' ? value.items : [value]
}

function lateMerge(merge: WrittenEntry, explicit: YamlEntry): KeyProblem {
  return {
    message: `\`<<\` is written after \`${explicit.key}\` and holds another one; readers disagree on which counts`,
    range: merge.keyRange,
    notes: [{ message: `\`${explicit.key}\` is written here`, range: explicit.keyRange }],
  }
}

/** The entries of one `<<`, the earlier of its mappings counting more; and what is wrong with it. */
function mergedBy(merge: WrittenEntry): { entries: readonly YamlEntry[]; problems: readonly KeyProblem[] } {
  const sources = sourcesOf(merge.value)
  const entries = sources.toReversed().flatMap((source) => (source.kind === 'map' ? source.entries : []))
  const problems = sources.flatMap(({ kind, range }) =>
    kind === 'map'
      ? []
      : [
          {
            message: wordsOf({ ...nowhere, code: 'merge-value' }).message,
            range,
            code: 'merge-value' as const,
          },
        ],
  )
  return { entries, problems }
}

const nowhere = { start: 0, end: 0 }

/**
 * The entries of a mapping, each key once: what is written last counts, and so does what `<<` brings in, at its place. To
 * Kustomize a key of its own counts wherever it stands. What readers do not agree on is a problem.
 */
export function resolveMergeKeys(written: readonly WrittenEntry[], reader: YamlReader): Resolved {
  const own = new Map<string, YamlEntry>()
  const entries = new Map<string, YamlEntry>()
  const problems: KeyProblem[] = []
  let merged: WrittenEntry | undefined
  for (const entry of written) {
    const first = entry.merges ? merged : own.get(entry.key)
    if (first !== undefined) problems.push(twice(entry, first))
    if (entry.merges) {
      merged = entry
      const from = mergedBy(entry)
      problems.push(...from.problems)
      for (const each of from.entries) {
        const explicit = own.get(each.key)
        if (explicit !== undefined) problems.push(lateMerge(entry, explicit))
        if (explicit === undefined || reader === 'plain') entries.set(each.key, each)
      }
    } else {
      const { key, keyRange, value } = entry
      own.set(key, { key, keyRange, value })
      entries.set(key, { key, keyRange, value })
    }
  }
  return { entries: [...entries.values()], problems }
}
