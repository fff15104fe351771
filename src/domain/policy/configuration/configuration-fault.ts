import type { Diagnostic } from '../../source/diagnostic.ts'
import { type FaultTable, faultOf } from '../../source/fault-table.ts'
import { ownValue } from '../../source/own-value.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { listed, type Phrase, question, quoted, say, words } from '../../words/phrase.ts'

/** Everything that can be wrong with a configuration that is YAML: a closed list. */
export type ConfigurationFaultCode = keyof typeof faults

/** A mistake in the configuration; what belongs to its code is where it stands, and what was written. */
export function configurationMistake<Code extends ConfigurationFaultCode>(
  code: Code,
  range: SourceRange,
  ...values: Parameters<(typeof faults)[Code]>
): Diagnostic<Code> {
  return { id: 'invalid-configuration', severity: 'error', ...faultOf(faults, code, values), range }
}

/** What a value alone can be refused for, wherever it stands. */
export type RefusedValueCode = keyof typeof refusedValues

/** Whether a text is the code of a refused value. */
export function isRefusedValue(text: string): text is RefusedValueCode {
  return Object.hasOwn(refusedValues, text)
}

function subject(path: string): string {
  return path === '' ? 'The file' : JSON.stringify(path)
}

function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

/** What stands at a path: a mapping, a list, or a text. */
export type Written = readonly [kind: 'map' | 'sequence' | 'scalar', text: string]

function written([kind, text]: Written): Phrase {
  if (kind === 'scalar') return words(JSON.stringify(shorten(text)))
  return kind === 'map' ? words('a mapping') : words('a list')
}

function oneOf(values: readonly string[]): Phrase {
  return listed(values.map(words), 'or')
}

function didYouMean(near: string | undefined): { readonly rest?: Phrase } {
  return near === undefined ? {} : { rest: question(say`; did you mean ${JSON.stringify(near)}`) }
}

const names: Readonly<Record<string, Phrase>> = {
  string: words('a text'),
  int: words('a whole number'),
  number: words('a whole number'),
  boolean: words('true or false'),
  array: words('a list'),
  object: words('a mapping'),
  record: words('a mapping'),
}

function expectedWords(expected: string): Phrase {
  return ownValue(names, expected) ?? words(expected)
}

function refusing(what: Phrase) {
  return (path: string) => say`${subject(path)} ${what}`
}

function refusingGlob(what: Phrase) {
  return (path: string, glob: string) => say`${subject(path)} ${what}: ${JSON.stringify(glob)}`
}

/** What can be wrong with a glob. */
export type GlobFaultCode = keyof typeof globFaults

const globFaults = {
  'glob-empty': refusingGlob(words('is empty')),
  'glob-long': refusingGlob(words('is longer than 1000 characters')),
  'glob-anchored': refusingGlob(
    words('begins with a slash or a dot, but paths are relative to the root of the repository'),
  ),
  'glob-negated': refusingGlob(words('cannot be negated')),
  'glob-closed': refusingGlob(words('closes a brace that is not open')),
  'glob-brackets': refusingGlob(words('uses brackets, which are not supported')),
  'glob-backslash': refusingGlob(words('ends with a backslash')),
  'glob-open': refusingGlob(words('opens a brace that is never closed')),
  'glob-many': refusingGlob(words('stands for more than 1000 patterns')),
} as const

const refusedValues = {
  empty: refusing(words('must not be empty')),
  'no-paths': refusing(words('must name at least one path')),
  'no-namespaces': refusing(words('must name at least one namespace')),
  owner: refusing(words('must be an owner as in CODEOWNERS: @user, @org/team or an e-mail address')),
  namespace: refusing(words('must be a Kubernetes namespace: lower-case letters, digits and hyphens')),
  domain: refusing(words('must be a domain name in lower case')),
  'export-to': refusing(words('must be ".", "*", "~" or a namespace')),
  version: refusing(words('must be a version such as "1.30"')),
  key: refusing(words('must be the whole key of a label or annotation, without wildcards')),
  negative: refusing(words('must not be negative')),
  'too-many': refusing(words('must be at most 10000')),
  resource: refusing(words('must be namespace/name, with ? for a namespace that nothing says')),
  external: refusing(words('must be namespace/name, each of them a glob: "istio-system/*"')),
  path: refusing(words('must be the path of one file from the root of the repository, without wildcards')),
  folder: refusing(
    words('must be the path of one folder from the root of the repository, without wildcards'),
  ),
  kind: refusing(words('must be group/Kind, or a Kind of Kubernetes itself')),
  date: refusing(words('must be a date such as 2026-12-31')),
  url: refusing(words('must be a URL with http or https and a host: https://shop.example/cart')),
  host: refusing(words('must be a host without a scheme and a path: shop.example')),
  'request-path': refusing(words('must begin with a slash, and hold neither blanks nor a fragment')),
  parameter: refusing(words('must be as it is sent, without blanks, &, # and, in its name, =')),
  method: refusing(words('must be a method such as GET')),
  gateway: refusing(words('must be mesh, or the namespace/name of a Gateway')),
  reference: refusing(words('must be namespace/name')),
  port: refusing(words('must be a port from 1 to 65535')),
  status: refusing(words('must be a status from 100 to 599')),
  weight: refusing(words('must be a share from 0 to 100')),
  'nothing-expected': refusing(words('must say what is to become of the request')),
  'no-host': refusing(words('must have either a url or a host, and not both')),
  other: refusing(words('is not what is wanted here')),
} as const

const faults = {
  ...globFaults,
  ...refusedValues,
  'decisive-key': (path: string, key: string) =>
    say`${subject(path)} cannot hold ${JSON.stringify(key)}: it decides what becomes of an object, so it always counts`,
  'unknown-setting': (key: string, path: string, known: string, near?: string) => ({
    clause: say`There is no setting ${JSON.stringify(key)}${path === '' ? [] : say` in ${JSON.stringify(path)}`}`,
    ...didYouMean(near),
    todo: say`Known here: ${known}`,
  }),
  missing: (path: string) => say`${JSON.stringify(path)} is missing`,
  type: (path: string, expected: string, ...found: Written) =>
    say`${subject(path)} must be ${expectedWords(expected)}, not ${written(found)}`,
  'type-unquoted': (path: string, expected: string, ...found: Written) => ({
    clause: say`${subject(path)} must be ${expectedWords(expected)}, not ${written(found)}`,
    todo: say`Write it in quotes: "${shorten(found[1])}"`,
  }),
  'no-value': (path: string, ...values: string[]) => say`${subject(path)} must be ${oneOf(values)}`,
  value: (path: string, near: string, kind: Written[0], text: string, ...values: string[]) => ({
    clause: say`${subject(path)} must be ${oneOf(values)}, not ${written([kind, text])}`,
    ...didYouMean(near === '' ? undefined : near),
  }),
  'unknown-rule': (rule: string, near?: string) => ({
    clause: say`There is no rule ${JSON.stringify(rule)}`,
    ...didYouMean(near),
  }),
  'rule-configured': (rule: string) => say`The rule ${JSON.stringify(rule)} cannot be configured`,
  'rule-suppressed': (rule: string) => say`The rule ${JSON.stringify(rule)} cannot be suppressed`,
  'mesh-twice': (mesh: string) => say`The mesh ${JSON.stringify(mesh)} stands there twice`,
  'unit-twice': (folder: string) => ({
    clause: say`The unit of ${JSON.stringify(folder)} stands there twice`,
    todo: words('Keep one of the two, or give each a mesh of its own'),
  }),
  'unit-within': (folder: string, outer: string) => ({
    clause: say`The unit of ${JSON.stringify(folder)} lies within that of ${JSON.stringify(outer)}, which takes everything below it`,
    todo: say`Remove one of the two, or take ${JSON.stringify(outer)} as ${quoted('directory')}`,
  }),
  'unit-missing': (folder: string) => ({
    clause: say`${JSON.stringify(folder)} is no folder with files that are read, so that its unit delivers nothing`,
    todo: words('Correct its path, or remove it'),
  }),
  'unit-no-kustomization': (folder: string) => ({
    clause: say`${JSON.stringify(folder)} has no kustomization, so that its unit delivers nothing`,
    todo: say`Correct its path, or take it as ${quoted('directory')}`,
  }),
} as const satisfies FaultTable
