import type { z } from 'zod'
import { nearestName } from '../../manifest/validation/values/nearest-name.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { ownValue } from '../../source/own-value.ts'
import type { YamlNode } from '../../source/yaml-node.ts'
import { configurationMistake, isRefusedValue, type Written } from './configuration-fault.ts'
import type { Refinement } from './configuration-schema.ts'
import { nodeAt, rangeOfKey, type Step, spellPath } from './configuration-values.ts'
import { configurationShape, type SchemaNode } from './json-schema.ts'

type Issue = z.core.$ZodIssue

/** What zod found, as our own mistakes, each at the place where it was written. `shape` is what the file may hold. */
export function diagnosticsOf(
  issues: readonly Issue[],
  root: YamlNode,
  shape: () => SchemaNode = configurationShape,
): readonly Diagnostic[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step): step is Step => typeof step !== 'symbol')
    if (issue.code !== 'unrecognized_keys') return [mistakeFor(issue, path, root)]
    const known = Object.keys(shapeAt(path, shape())?.properties ?? {})
    return issue.keys.map((key) => unknownKey(key, known, path, root))
  })
}

function unknownKey(
  key: string,
  known: readonly string[],
  path: readonly Step[],
  root: YamlNode,
): Diagnostic {
  const near = nearestName(key, known)
  const range = rangeOfKey(root, path, key)
  return configurationMistake('unknown-setting', range, key, spellPath(path), known.join(', '), near)
}

function shapeAt(path: readonly Step[], whole: SchemaNode): SchemaNode | undefined {
  let shape: SchemaNode | undefined = whole
  for (const step of path) {
    const other: SchemaNode | boolean | undefined = shape?.additionalProperties
    shape = typeof step === 'number' ? shape?.items : ownValue(shape?.properties, step)
    if (shape === undefined && typeof other === 'object') shape = other
  }
  return shape
}

function mistakeFor(issue: Issue, path: readonly Step[], root: YamlNode): Diagnostic {
  const node = nodeAt(root, path)
  const { range } = node
  const where = spellPath(path)
  const found = writtenAt(path, root)
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String)
      if (found === undefined) return configurationMistake('no-value', range, where, ...values)
      const near = node.kind === 'scalar' ? nearestName(node.text, values) : undefined
      return configurationMistake('value', range, where, near ?? '', ...found, ...values)
    }
    case 'invalid_type': {
      if (found === undefined) return configurationMistake('missing', range, where)
      const isNumber = node.kind === 'scalar' && typeof node.value === 'number'
      const code = isNumber && issue.expected === 'string' ? 'type-unquoted' : 'type'
      return configurationMistake(code, range, where, issue.expected, ...found)
    }
    case 'custom': {
      if (isRefusedValue(issue.message)) return configurationMistake(issue.message, range, where)
      // Only the schema adds issues of this sort, and gives each what it is.
      const { code, text } = issue.params as Refinement
      return configurationMistake(code, range, where, text)
    }
    default:
      return configurationMistake(isRefusedValue(issue.message) ? issue.message : 'other', range, where)
  }
}

/** What stands at the path; undefined where nothing does. */
function writtenAt(path: readonly Step[], root: YamlNode): Written | undefined {
  const last = path.at(-1)
  const parent = nodeAt(root, path.slice(0, -1))
  const node = nodeAt(root, path)
  if (last !== undefined && node === parent) return undefined
  if (node.kind !== 'scalar') return [node.kind, '']
  return node.text === '' && node.value === null ? undefined : [node.kind, node.text]
}
