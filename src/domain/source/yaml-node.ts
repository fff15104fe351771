import type { SourceRange } from './source-file.ts'

/** A value of a YAML document, as JSON would have it, that knows where it was written. */
export type YamlNode = YamlMap | YamlSequence | YamlScalar

/** A mapping; what merge keys bring in comes after its own entries. */
export interface YamlMap {
  readonly kind: 'map'
  readonly range: SourceRange
  /** Each key once: of keys written twice the last one; the merge keys (`<<`) of manifests are resolved. */
  readonly entries: readonly YamlEntry[]
}

/** A key and its value. */
export interface YamlEntry {
  /** In manifests, keys that are no strings are spelled as JSON spells them: `yes: x` has the key `true`. */
  readonly key: string
  readonly keyRange: SourceRange
  readonly value: YamlNode
}

/** A sequence. */
export interface YamlSequence {
  readonly kind: 'sequence'
  readonly range: SourceRange
  readonly items: readonly YamlNode[]
}

/** A scalar as its reader resolves it: of a manifest as Kubernetes does, of settings by the core schema of YAML 1.2. */
export interface YamlScalar {
  readonly kind: 'scalar'
  readonly range: SourceRange
  readonly value: null | boolean | number | string
  /** What was written, without quotes: `1.30` where the value is 1.3. */
  readonly text: string
}

/** The entry of `map` under `key`, if there is one. */
export function entryOf(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key === key)
}

/** The text under `key`; nothing where there is none, or something else. */
export function textAt(map: YamlMap, key: string): string | undefined {
  const value = entryOf(map, key)?.value
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined
}

/** From the key to the end of its value. */
export function rangeOfEntry(entry: YamlEntry): SourceRange {
  const { keyRange, value } = entry
  return { ...keyRange, end: Math.max(keyRange.end, value.range.end) }
}
