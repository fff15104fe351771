import type { Note } from './diagnostic.ts'
import type { SourceRange } from './source-file.ts'
import type { YamlEntry, YamlNode } from './yaml-node.ts'

/** A pair as it was written; `merges` says that its key is `<<` and names no field. */
export interface WrittenEntry extends YamlEntry {
  readonly merges: boolean
}

/** Something wrong with the keys of a mapping. */
export interface KeyProblem {
  readonly message: string
  readonly range: SourceRange
  readonly notes?: readonly Note[]
}

interface Resolved {
  readonly entries: readonly YamlEntry[]
  readonly problems: readonly KeyProblem[]
}

function twice(entry: YamlEntry, first: YamlEntry): KeyProblem {
  return {
    message: `The key \`${entry.key}\` is written twice in one mapping`,
    range: entry.keyRange,
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

function mergeFrom(
  merge: WrittenEntry,
  own: ReadonlyMap<string, YamlEntry>,
  inherited: Map<string, YamlEntry>,
): readonly KeyProblem[] {
  const problems: KeyProblem[] = []
  for (const source of sourcesOf(merge.value)) {
    if (source.kind !== 'map') {
      problems.push({ message: '`<<` takes a mapping or a list of mappings', range: source.range })
      continue
    }
    for (const entry of source.entries) {
      const explicit = own.get(entry.key)
      if (explicit === undefined && !inherited.has(entry.key)) inherited.set(entry.key, entry)
      if (explicit !== undefined && explicit.keyRange.start < merge.keyRange.start)
        problems.push(lateMerge(merge, explicit))
    }
  }
  return problems
}

/**
 * The entries of a mapping, each key once. A key of its own wins over a merged one, an earlier mapping of a merge list
 * over a later one, the last of two equal keys over the first. What is ambiguous is a problem.
 */
export function resolveMergeKeys(written: readonly WrittenEntry[]): Resolved {
  const own = new Map<string, YamlEntry>()
  const merges: WrittenEntry[] = []
  const problems: KeyProblem[] = []
  for (const entry of written) {
    const first = entry.merges ? merges[0] : own.get(entry.key)
    if (first !== undefined) problems.push(twice(entry, first))
    if (entry.merges) merges.push(entry)
    else own.set(entry.key, { key: entry.key, keyRange: entry.keyRange, value: entry.value })
  }
  if (merges.length === 0) return { entries: [...own.values()], problems }
  const inherited = new Map<string, YamlEntry>()
  const late = merges.flatMap((merge) => mergeFrom(merge, own, inherited))
  return { entries: [...own.values(), ...inherited.values()], problems: [...problems, ...late] }
}
