import type { JsonObject, JsonValue } from '../../../manifest/json.ts'
import type { Folders } from '../../folders.ts'
import { attempted, stop, type ValuePath } from '../../unknown-delivery.ts'
import { filledTemplate } from '../go-template/evaluate.ts'
import { askedFor } from '../go-template/values.ts'

/** What the generators of one ApplicationSet are worked out with. */
export interface Generation {
  readonly folders: Folders
  /** Whether a source, by its `repoURL`, is another repository. */
  readonly isElsewhere: (source: JsonObject) => boolean
  readonly dialect: Dialect
  readonly work: { left: number }
  /** Takes down that a generator asks something other than Git. */
  readonly asks: (kind: string, at: ValuePath) => void
}

/** How texts are filled in: by Go templates, or by plain names between braces. */
export type Dialect = 'names' | { readonly isStrict: boolean }

/** What one Application is filled in with. */
export interface Parameters {
  /** For Go templates as they are; for plain names texts by their whole names. */
  readonly values: JsonObject
  /** The files that say so. */
  readonly from: readonly string[]
  /** Whether there is one such set for each answer that only Argo CD gets, with more values. */
  readonly isOpen?: true
}

/** A text with the parameters filled in. */
export function filledText(text: string, given: Parameters, { dialect, work }: Generation): string {
  const { values, isOpen = false } = given
  if (dialect === 'names') return withNames(text, values)
  return filledTemplate(text, values, { ...dialect, isOpen, work })
}

/** Plain names; a name that is not known stays as it is written. */
function withNames(text: string, values: JsonObject): string {
  return text.replaceAll(/\{\{([^{}]*)\}\}/g, (whole, written: string) => {
    const name = written.trim()
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return typeof value === 'string' && name !== '' ? value : whole
  })
}

/** `values:` of a generator, which may use its other parameters. */
export function withValues(given: Parameters, written: JsonObject, generation: Generation): Parameters {
  const filled = Object.entries(written).map(([name, value]): readonly [string, JsonValue] => [
    name,
    typeof value === 'string' ? filledValue(value, given, generation) : (value ?? null),
  ])
  if (filled.length === 0) return given
  const added =
    generation.dialect === 'names'
      ? Object.fromEntries(filled.map(([name, value]) => [`values.${name}`, value]))
      : { values: Object.fromEntries(filled) }
  return { ...given, values: { ...given.values, ...added } }
}

/** A value that hangs on what is asked for is asked for, too. */
function filledValue(text: string, given: Parameters, generation: Generation): JsonValue {
  const { value, unknown } = attempted(() => filledText(text, given, generation))
  if (unknown === undefined) return value
  return given.isOpen && unknown.code === 'asked-for' ? askedFor : stop(unknown.code, unknown.detail)
}
