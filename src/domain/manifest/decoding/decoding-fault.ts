import { assertNever } from '../../source/assert-never.ts'
import { type FaultTable, faultsOf } from '../../source/fault-table.ts'
import type { YamlNode } from '../../source/yaml-node.ts'
import { type Phrase, question, quoted, say, words } from '../../words/phrase.ts'
import { excerpt } from '../excerpt.ts'

/** Everything for which the API server takes no object, or not all of it: a closed list. */
export type DecodingFaultCode = keyof typeof faults

/** What a field takes, other than one of several words. */
type Wanted = keyof typeof wanted

const wanted = {
  string: words('a text'),
  duration: words('a duration such as 5s'),
  bytes: words('base64'),
  bool: words('true or false'),
  int32: words('a whole number within 32 bits'),
  uint32: words('a whole number from 0 to 4294967295'),
  double: words('a number'),
  list: words('a list'),
  map: words('a mapping'),
} as const

/** What stands there instead: a collection, a text, or a value with what YAML 1.1 makes of it. */
type Found = readonly [kind: 'map' | 'sequence' | 'text' | 'plain', text: string, read: string]

/** What a node of a manifest is, where something else is wanted. */
export function foundIn(node: YamlNode): Found {
  if (node.kind !== 'scalar') return [node.kind, '', '']
  return [typeof node.value === 'string' ? 'text' : 'plain', node.text, String(node.value)]
}

function foundWords([kind, text, read]: Found): Phrase {
  switch (kind) {
    case 'map':
      return words('a mapping')
    case 'sequence':
      return words('a list')
    case 'text':
      return say`the text ${JSON.stringify(excerpt(read))}`
    case 'plain':
      return text === read ? quoted(text) : say`${quoted(text)}, which YAML 1.1 reads as ${read}`
    default:
      return assertNever(kind)
  }
}

const withoutQuotes = words('Write it without quotes')

function not(field: string, needs: Phrase, found: Phrase) {
  return { clause: say`${quoted(field)} takes ${needs}, not ${found}` }
}

function meant(name: string): Phrase {
  return say`Write ${quoted(name)}`
}

const faults = {
  missing: (field: string) => ({
    clause: say`${quoted(field)} is missing`,
    todo: say`Give the object a ${field}`,
  }),
  'top-level': (key: string) => ({
    clause: say`${quoted(key)} stands beside ${quoted('spec')}`,
    rest: words('; Istio refuses objects with other top-level fields'),
    todo: say`Move ${quoted(key)} into ${quoted('spec')}, or remove it`,
  }),
  type: (field: string, needs: Wanted, ...found: Found) => not(field, wanted[needs], foundWords(found)),
  'type-unquoted': (field: string, needs: Wanted, ...found: Found) => ({
    ...not(field, wanted[needs], foundWords(found)),
    todo: say`Write it in quotes: "${excerpt(found[1])}"`,
  }),
  'type-quoted': (field: string, needs: Wanted, ...found: Found) => ({
    ...not(field, wanted[needs], foundWords(found)),
    todo: withoutQuotes,
  }),
  enum: (field: string, values: string, ...found: Found) =>
    not(field, say`one of ${values}`, foundWords(found)),
  'enum-quoted': (field: string, values: string, ...found: Found) => ({
    ...not(field, say`one of ${values}`, foundWords(found)),
    todo: withoutQuotes,
  }),
  'enum-near': (field: string, values: string, near: string, ...found: Found) => ({
    ...not(field, say`one of ${values}`, foundWords(found)),
    todo: meant(near),
  }),
  message: (field: string, name: string, kind: Found[0], text: string) =>
    not(field, say`a mapping (${name})`, foundWords([kind, excerpt(text), excerpt(text)])),
  collection: (field: string, needs: 'list' | 'map', kind: Found[0], text: string) =>
    not(field, wanted[needs], foundWords([kind, excerpt(text), excerpt(text)])),
  'unknown-field': (key: string, type: string, known: string) => ({
    clause: say`unknown field ${quoted(excerpt(key))} in ${type}`,
    todo: say`${type} has ${known}`,
  }),
  'unknown-field-near': (key: string, type: string, near: string) => ({
    clause: question(say`unknown field ${quoted(excerpt(key))} in ${type}, did you mean ${quoted(near)}`),
    todo: meant(near),
  }),
  'field-twice': (name: string, key: string) =>
    say`${quoted(name)} and ${quoted(key)} are the same field, written twice`,
  oneof: (type: string, members: string, first: string, second: string) =>
    say`${type} takes one of ${members}, not both ${quoted(first)} and ${quoted(second)}`,
} as const satisfies FaultTable

/** A fault as data and in its words; what belongs to its code is what was written. */
export const decodingFault = faultsOf(faults)
