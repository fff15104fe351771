import { inMegabytes } from '../budget.ts'
import { quoted, say, words } from '../words/phrase.ts'
import type { Mistake } from './diagnostic.ts'
import { type FaultTable, faultOf, unparsable } from './fault-table.ts'
import { limitFaults } from './limit-faults.ts'
import { yamlLimits } from './yaml/yaml-document.ts'

/**
 * Everything that a Kubernetes reader finds wrong with a YAML text, or for which it gives the text up, as a closed list: what is
 * told, and what is to be done, hangs on it. `line-break`, `byte-order-mark` and `character` concern the whole text, `separator`
 * what stands around it, all others one document.
 */
export type YamlFaultCode = keyof typeof faults

/** A fault and where it stands, in UTF-16 offsets of the text that was read. */
export interface YamlFault {
  readonly code: YamlFaultCode
  readonly start: number
  readonly end: number
  /** What was written there, where the message names it. */
  readonly values?: readonly string[]
}

const grammar = {
  directive: unparsable(
    words('a line that begins with % is a directive, which Kubernetes does not read'),
    words('Remove it: Kubernetes refuses the file from there on'),
  ),
  separator: unparsable(
    say`nothing but a comment may follow ${quoted('---')} on its line`,
    say`Kubernetes refuses the file from there on: begin a new line behind ${quoted('---')}`,
  ),
  json: unparsable(
    words('a text that begins with { is read as JSON, and this is none'),
    say`Write JSON throughout, or put ${quoted('---')} in front`,
  ),
  tab: unparsable(words('a tab where indentation is expected'), words('Indent with spaces')),
  'character-at-start': unparsable(
    words('no value begins with this character'),
    words('Put the value in quotes'),
  ),
  'value-not-allowed': unparsable(
    words('a mapping is not allowed here'),
    say`Put a text with ${quoted(': ')} in it into quotes, or begin a new line`,
  ),
  'key-not-allowed': unparsable(words('a key is not allowed here')),
  'item-not-allowed': unparsable(
    words('an item of a list is not allowed here'),
    words('Begin a new line, or put the value in quotes'),
  ),
  'missing-colon': unparsable(say`the key has no ${quoted(':')} on its line`),
  'missing-key': unparsable(words('this does not belong to the mapping above, a key was expected')),
  'missing-item': unparsable(words('this does not belong to the list above, an item was expected')),
  'missing-value': unparsable(words('a value was expected here')),
  'unclosed-sequence': unparsable(say`a ${quoted(',')} or the ${quoted(']')} of the list was expected here`),
  'unclosed-map': unparsable(say`a ${quoted(',')} or the ${quoted('}')} of the mapping was expected here`),
  'unclosed-quote': unparsable(words('the quoted text is not closed')),
  escape: unparsable(
    words('an escape that YAML does not know'),
    words('Double the backslash, or use single quotes'),
  ),
  'block-scalar': unparsable(words('the mark of a block of text is not followed by its end of line')),
  anchor: unparsable(
    words('an anchor or an alias needs a name'),
    say`Put a value that begins with ${quoted('*')} or ${quoted('&')} in quotes`,
  ),
  tag: unparsable(words('a tag that cannot be read')),
} as const satisfies FaultTable

const others = {
  ...limitFaults,
  length: () => words(`The file is over ${inMegabytes({ size: yamlLimits.fileLength })} and was not read`),
  documents: () => say`The file holds more than ${yamlLimits.documents} documents`,
  'line-break': (detail: string) => ({
    clause: say`The text holds ${detail}, which ends a line to Kubernetes and nowhere else`,
    todo: words(
      'Replace it by an ordinary line feed: what looks like one line, or a comment, is two to Kubernetes',
    ),
  }),
  'byte-order-mark': () => ({
    clause: words('The text holds a byte order mark (U+FEFF) that does not stand at its start'),
    todo: words('Remove it: readers disagree on what it hides'),
  }),
  character: (detail: string) => ({
    clause: say`The text holds ${detail}, which Kubernetes does not accept, not even in a comment`,
    todo: words('Remove it, or write it as an escape in double quotes'),
  }),
  'unknown-alias': (detail: string) => say`The alias ${quoted(`*${detail}`)} names no anchor before it`,
  'key-kind': () => words('A mapping key must be a string, a number or a boolean'),
  'tagged-value': (text: string, tag: string) => say`${quoted(text)} cannot be read as !!${tag}`,
  'no-number': (detail: string) => say`${quoted(detail)} is no number that JSON can hold`,
  'merge-value': () => say`${quoted('<<')} takes a mapping or a list of mappings`,
  'key-twice': () => ({
    clause: words('A key is written twice in one mapping, for which Kustomize refuses the file'),
    todo: words('Write it once'),
  }),
  'double-key': (key: string) => say`The key ${quoted(key)} is written twice in one mapping`,
  'late-merge': (key: string) => ({
    clause: say`${quoted('<<')} is written after ${quoted(key)} and holds another one`,
    rest: words('; readers disagree on which counts'),
  }),
} as const satisfies FaultTable

const faults = { ...grammar, ...others }

/** The fault as data and in its words, and what to do about it. */
export function yamlMistake({
  code,
  values = [],
}: Pick<YamlFault, 'code' | 'values'>): Mistake<YamlFaultCode> {
  return faultOf(faults, code, values)
}

/** Whether the text is no YAML, as against YAML that stands for nothing a cluster could hold. */
export function isSyntaxFault(code: string): boolean {
  return Object.hasOwn(grammar, code)
}

/** What one reader or another may read all the same: behind it may stand more than a text that nobody reads. */
const doubtful: ReadonlySet<string> = new Set<YamlFaultCode>([
  'line-break',
  'byte-order-mark',
  'character',
  'directive',
  'tagged-value',
  'late-merge',
])

/** Whether nobody reads the text: Kubernetes refuses it, too. Behind a byte order mark readers differ on more. */
export function isRefusedByAll(code: string, text: string): boolean {
  if (code === 'json' || code === 'separator') return !text.startsWith('\ufeff')
  return !doubtful.has(code)
}
