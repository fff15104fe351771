import { quoted, say, words } from '../../words/phrase.ts'
import type { Mistake } from '../diagnostic.ts'
import type { SourceRange } from '../source-file.ts'
import { type YamlFaultCode, yamlMistake } from '../yaml-fault.ts'
import type { YamlEntry, YamlNode } from '../yaml-node.ts'
import type { YamlReader } from './yaml-document.ts'

/** A pair as it was written; `merges` says that its key is `<<` and names no field. */
export interface WrittenEntry extends YamlEntry {
  readonly merges: boolean
}

/** Something wrong with the keys of a mapping. */
interface KeyProblem extends Mistake<YamlFaultCode> {
  readonly range: SourceRange
}

interface Resolved {
  readonly entries: readonly YamlEntry[]
  readonly problems: readonly KeyProblem[]
}

function twice(entry: YamlEntry, first: YamlEntry): KeyProblem {
  return {
    ...yamlMistake({ code: 'double-key', values: [entry.key] }),
    range: entry.keyRange,
    because: [
      {
        clause: words('It is written here first'),
        rest: words('; the last one counts'),
        range: first.keyRange,
      },
    ],
  }
}

function sourcesOf(value: YamlNode): readonly YamlNode[] {
  return value.kind === 'sequence' ? value.items : [value]
}

function lateMerge(merge: WrittenEntry, { key, keyRange }: YamlEntry): KeyProblem {
  return {
    ...yamlMistake({ code: 'late-merge', values: [key] }),
    range: merge.keyRange,
    because: [{ clause: say`${quoted(key)} is written here`, range: keyRange }],
  }
}

/** The entries of one `<<`, the earlier of its mappings counting more; and what is wrong with it. */
function mergedBy(merge: WrittenEntry): { entries: readonly YamlEntry[]; problems: readonly KeyProblem[] } {
  const sources = sourcesOf(merge.value)
  const entries = sources.toReversed().flatMap((source) => (source.kind === 'map' ? source.entries : []))
  const problems = sources.flatMap(({ kind, range }) =>
    kind === 'map' ? [] : [{ ...yamlMistake({ code: 'merge-value' }), range }],
  )
  return { entries, problems }
}

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
