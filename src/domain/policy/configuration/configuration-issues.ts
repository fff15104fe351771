import type { z } from 'zod'
import { nearestName } from '../../manifest/validation/nearest-name.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { ownValue } from '../../source/own-value.ts'
import type { SourceRange } from '../../source/source-file.ts'
import type { YamlNode } from '../../source/yaml-node.ts'
import { guessed, told } from '../../words/told.ts'
import { nodeAt, rangeOfKey, type Step, spellPath } from './configuration-values.ts'
import { configurationShape, type SchemaNode } from './json-schema.ts'

type Issue = z.core.$ZodIssue

/** A mistake in the configuration, in one sentence. */
export function configurationMistake(message: string, range: SourceRange, advice?: string): Diagnostic {
  return {
    id: 'invalid-configuration',
    severity: 'error',
    ...told(message),
    range,
    ...(advice && { todo: guessed(advice) }),
  }
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearestName(word, known)
  return near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`
}

/** What zod found, in words, each at the place where it was written. */
export function diagnosticsOf(issues: readonly Issue[], root: YamlNode): readonly Diagnostic[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step): step is Step => typeof step !== 'symbol')
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, root))
    return [
      configurationMistake(
        wording(issue, path, root),
        nodeAt(root, path).range,
        adviceFor(issue, path, root),
      ),
    ]
  })
}

function unknownKey(key: string, path: readonly Step[], root: YamlNode): Diagnostic {
  const known = Object.keys(shapeAt(path)?.properties ?? {})
  const where = path.length === 0 ? '' : ` in "${spellPath(path)}"`
  const near = didYouMean(key, known)
  const message = `There is no setting ${quote(key)}${where}${near === '' ? '.' : near}`
  return configurationMistake(message, rangeOfKey(root, path, key), `Known here: ${known.join(', ')}.`)
}

function shapeAt(path: readonly Step[]): SchemaNode | undefined {
  let shape: SchemaNode | undefined = configurationShape()
  for (const step of path) {
    const other: SchemaNode | boolean | undefined = shape?.additionalProperties
    shape = typeof step === 'number' ? shape?.items : ownValue(shape?.properties, step)
    if (shape === undefined && typeof other === 'object') shape = other
  }
  return shape
}

function wording(issue: Issue, path: readonly Step[], root: YamlNode): string {
  const subject = path.length === 0 ? 'The file' : quote(spellPath(path))
  const written = textAt(path, root)
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String)
      const node = nodeAt(root, path)
      const near = written !== undefined && node.kind === 'scalar' ? didYouMean(node.text, values) : ''
      const end = written === undefined ? '.' : `, not ${written}${near === '' ? '.' : near}`
      return `${subject} must be ${orList(values)}${end}`
    }
    case 'invalid_type':
      return written === undefined
        ? `${quote(spellPath(path))} is missing.`
        : `${subject} must be ${nameOf(issue.expected)}, not ${written}.`
    default:
      return `${subject} ${issue.message}.`
  }
}

/** What stands at the path, for people; undefined where nothing does. */
function textAt(path: readonly Step[], root: YamlNode): string | undefined {
  const last = path.at(-1)
  const parent = nodeAt(root, path.slice(0, -1))
  const node = nodeAt(root, path)
  if (last !== undefined && node === parent) return undefined
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'a mapping' : 'a list'
  return node.text === '' && node.value === null ? undefined : quote(shorten(node.text))
}

function adviceFor(issue: Issue, path: readonly Step[], root: YamlNode): string | undefined {
  const node = nodeAt(root, path)
  const isNumber = node.kind === 'scalar' && typeof node.value === 'number'
  if (issue.code !== 'invalid_type' || issue.expected !== 'string' || !isNumber) return undefined
  return `Write it in quotes: "${shorten(node.text)}".`
}

function nameOf(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    int: 'a whole number',
    number: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
  }
  return ownValue(names, expected) ?? expected
}

function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

function quote(text: string): string {
  return JSON.stringify(text)
}
