import type { SourceFile } from '../../../source/source-file.ts'
import type { ValuePath } from '../../../templates/abstract-value.ts'
import type { ValuesRead } from '../../../templates/values-read.ts'
import { canonicalJson, isObject, type JsonValue } from '../../json.ts'
import type { LayerStatement } from '../layer-statement.ts'
import type { SideFiles } from '../side-files.ts'
import { weightyParameters, weightyValues, withoutRunning } from '../silent-values.ts'
import { contentOf, fieldsOf, textIn } from '../written.ts'
import { chartReads } from './chart-reads.ts'
import { statementsTo } from './delivering-templates.ts'

/**
 * What values say to the templates of a chart that hold something of the mesh: to each template what it reads of them, by itself.
 * Values that nothing reads say nothing.
 */
export function valuesStatements(
  values: JsonValue,
  chart: string,
  side: SideFiles,
): readonly LayerStatement[] {
  return statementsOf(chart, side, (read) => {
    const [document = null, ...others] = Array.isArray(values) ? values : [values]
    // What cannot be read as one document is none that could be told apart.
    return typeof document === 'string' || others.length > 0 ? values : pickedBy(read, document)
  })
}

/** What a file of values says; nothing where all of it is comments. */
export function valuesOf(file: SourceFile): JsonValue {
  return file.text.split('\n').every((line) => /^\s*(?:#|$)/.test(line)) ? null : contentOf(file)
}

/** The same of single values, each `{ name, value }`. */
export function parameterStatements(
  parameters: JsonValue | undefined,
  chart: string,
  side: SideFiles,
): readonly LayerStatement[] {
  return statementsOf(chart, side, (read) => {
    const said = weightyParameters(parameters).filter((each) => {
      return mayRead(read, stepsOfParameter(textIn(fieldsOf(each)['name']) ?? ''))
    })
    return said.length === 0 ? undefined : [...said]
  })
}

/** As `--set` reads a name: steps end at dots and brackets that are not escaped. */
function stepsOfParameter(name: string): ValuePath {
  return [...name.matchAll(/(?:\\.|[^.[\]\\])+/gs)].map(([step]) => step.replaceAll(/\\(.)/gs, '$1'))
}

function statementsOf(
  chart: string,
  side: SideFiles,
  saidTo: (read: ValuesRead) => JsonValue | undefined,
): readonly LayerStatement[] {
  return [...chartReads(chart, side)].flatMap(([path, read]) => {
    if (!read.everything && read.whole.length + read.asked.length === 0) return []
    const values = saidTo(read)
    return values === undefined ? [] : statementsTo(path, values, side)
  })
}

function mayRead({ everything, whole, asked }: ValuesRead, path: ValuePath): boolean {
  const meets = (other: ValuePath) =>
    other.slice(0, path.length).join('\n') === path.slice(0, other.length).join('\n')
  return everything || [...whole, ...asked].some(meets)
}

/** Nothing where nothing of it is read. */
function pickedBy(read: ValuesRead, values: JsonValue): JsonValue | undefined {
  if (read.everything) {
    const left = weightyValues(values)
    return isNothing(left) ? undefined : left
  }
  const said = new Map<string, JsonValue>()
  for (const path of read.whole) {
    const found = foundAt(values, path)
    const left = found && foundAt(withoutRunning(nested(found)), found.path)
    if (left !== undefined) said.set(canonicalJson(left.path), left.value)
  }
  for (const path of read.asked) {
    const found = foundAt(values, path)
    if (found !== undefined) said.set(`${canonicalJson(found.path)} is there`, presenceOf(found.value))
  }
  return said.size === 0 ? undefined : Object.fromEntries(said)
}

function isNothing(values: JsonValue): boolean {
  return values === null || (isObject(values) && Object.keys(values).length === 0)
}

/** By itself, where it stands: what is silent is so by its name and its shape. */
function nested({ path, value }: Found): JsonValue {
  return path.reduceRight<JsonValue>((inner, step) => ({ [step]: inner }), value)
}

interface Found {
  readonly path: readonly string[]
  readonly value: JsonValue
}

/** What stands at a path, or takes the place of what would stand there. */
function foundAt(values: JsonValue, path: ValuePath): Found | undefined {
  let value = values
  for (const [at, step] of path.entries()) {
    if (!isObject(value)) return { path: path.slice(0, at), value }
    const inner = value[step]
    if (inner === undefined) return undefined
    value = inner
  }
  return { path: [...path], value }
}

/** Values are laid over others: an empty map says nothing, null takes away, and a map with a null within may. */
function presenceOf(value: JsonValue): JsonValue {
  if (isObject(value)) {
    if (Object.keys(value).length === 0) return 'a map'
    return /\bnull\b/.test(canonicalJson(value)) ? value : 'something'
  }
  if (value === null) return null
  return value === '' || value === false || value === 0 || (Array.isArray(value) && value.length === 0)
    ? 'nothing'
    : 'something'
}
