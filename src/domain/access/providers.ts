import { isObject, type JsonValue } from '../manifest/json.ts'
import { jsonOf } from '../manifest/yaml-json.ts'
import { memoized } from '../source/memoized.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml } from '../source/yaml.ts'

const field = 'extensionProviders'

/**
 * The names of the `extensionProviders` of the mesh's configuration, wherever it is kept: in values of a chart, in a text within a
 * ConfigMap. Undefined where no file says which there are, or one that does cannot be read.
 */
export function providersIn(files: readonly SourceFile[]): readonly string[] | undefined {
  const saying = files.filter(({ text }) => text.includes(field)).map(providersOf)
  if (saying.length === 0 || saying.includes(undefined)) return undefined
  return [...new Set(saying.flatMap((each) => each ?? []))].toSorted()
}

const providersOf = memoized(({ text }: SourceFile): readonly string[] | undefined => namesInText(text))

function namesInText(text: string): readonly string[] | undefined {
  const documents = parseYaml({ path: '', text }, { id: 'invalid-manifest' })
  const found = documents.map(({ root }) => (root === undefined ? undefined : namesIn(jsonOf(root))))
  return found.includes(undefined) ? undefined : found.flatMap((each) => each ?? [])
}

function namesIn(value: JsonValue | undefined): readonly string[] | undefined {
  if (typeof value === 'string')
    return value.includes(field) && value.includes('\n') ? namesInText(value) : []
  const inner: readonly (readonly string[] | undefined)[] = Array.isArray(value)
    ? value.map((each: JsonValue) => namesIn(each))
    : isObject(value)
      ? Object.entries(value).map(([key, each]) => (key === field ? namesOf(each) : namesIn(each)))
      : []
  return inner.includes(undefined) ? undefined : inner.flatMap((each) => each ?? [])
}

/** Each provider has a name; a list that another tool fills in says none. */
function namesOf(list: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(list)) return undefined
  const names = list.map((each: JsonValue) => (isObject(each) ? each['name'] : undefined))
  const known = names.filter((each) => typeof each === 'string')
  return known.length === names.length ? known : undefined
}
