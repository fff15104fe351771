import { type FaultWording, type FaultWords, faultWords } from './fault-wording.ts'

/**
 * Everything for which a Kubernetes reader gives a YAML text up, as a closed list: what is told, and what is to be done, hangs on it.
 * `line-break`, `byte-order-mark` and `character` concern the whole text, `separator` what stands around it, all others one document.
 */
export type YamlFaultCode = keyof typeof faults

/** A fault and where it stands, in UTF-16 offsets of the text that was read. */
export interface YamlFault {
  readonly code: YamlFaultCode
  readonly start: number
  readonly end: number
  /** What was written there, where the message names it. */
  readonly detail?: string
}

const faults = {
  'line-break': {
    message: (detail) => `The text holds ${detail}, which ends a line to Kubernetes and nowhere else`,
    advice:
      'Replace it by an ordinary line feed: what looks like one line, or a comment, is two to Kubernetes',
  },
  'byte-order-mark': {
    message: () => 'The text holds a byte order mark (U+FEFF) that does not stand at its start',
    advice: 'Remove it: readers disagree on what it hides',
  },
  character: {
    message: (detail) => `The text holds ${detail}, which Kubernetes does not accept, not even in a comment`,
    advice: 'Remove it, or write it as an escape in double quotes',
  },
  directive: {
    syntax: 'a line that begins with % is a directive, which Kubernetes does not read',
    advice: 'Remove it: Kubernetes refuses the file from there on',
  },
  separator: {
    syntax: 'nothing but a comment may follow `---` on its line',
    advice: 'Kubernetes refuses the file from there on: begin a new line behind `---`',
  },
  json: {
    syntax: 'a text that begins with { is read as JSON, and this is none',
    advice: 'Write JSON throughout, or put `---` in front',
  },
  tab: { syntax: 'a tab where indentation is expected', advice: 'Indent with spaces' },
  'character-at-start': { syntax: 'no value begins with this character', advice: 'Put the value in quotes' },
  'value-not-allowed': {
    syntax: 'a mapping is not allowed here',
    advice: 'Put a text with `: ` in it into quotes, or begin a new line',
  },
  'key-not-allowed': { syntax: 'a key is not allowed here' },
  'item-not-allowed': {
    syntax: 'an item of a list is not allowed here',
    advice: 'Begin a new line, or put the value in quotes',
  },
  'missing-colon': { syntax: 'the key has no `:` on its line' },
  'missing-key': { syntax: 'this does not belong to the mapping above, a key was expected' },
  'missing-item': { syntax: 'this does not belong to the list above, an item was expected' },
  'missing-value': { syntax: 'a value was expected here' },
  'unclosed-sequence': { syntax: 'a `,` or the `]` of the list was expected here' },
  'unclosed-map': { syntax: 'a `,` or the `}` of the mapping was expected here' },
  'unclosed-quote': { syntax: 'the quoted text is not closed' },
  escape: {
    syntax: 'an escape that YAML does not know',
    advice: 'Double the backslash, or use single quotes',
  },
  'block-scalar': { syntax: 'the mark of a block of text is not followed by its end of line' },
  anchor: {
    syntax: 'an anchor or an alias needs a name',
    advice: 'Put a value that begins with `*` or `&` in quotes',
  },
  tag: { syntax: 'a tag that cannot be read' },
  'unknown-alias': { message: (detail) => `The alias \`*${detail}\` names no anchor before it` },
  'key-kind': { message: () => 'A mapping key must be a string, a number or a boolean' },
  'tagged-value': { message: (detail) => `${detail}` },
  'no-number': { message: (detail) => `\`${detail}\` is no number that JSON can hold` },
  'merge-value': { message: () => '`<<` takes a mapping or a list of mappings' },
  'key-twice': {
    message: () => 'A key is written twice in one mapping, for which Kustomize refuses the file',
    advice: 'Write it once',
  },
} as const satisfies Readonly<Record<string, FaultWording>>

/** The fault as a sentence, and what to do about it. */
export function wordsOf({ code, detail = '' }: YamlFault): FaultWords {
  return faultWords(faults[code], detail)
}

/** Whether the text is no YAML, as against YAML that stands for nothing a cluster could hold. */
export function isSyntaxFault(code: YamlFaultCode): boolean {
  return 'syntax' in faults[code]
}

/** What one reader or another may read all the same: behind it may stand more than a text that nobody reads. */
const doubtful: ReadonlySet<YamlFaultCode> = new Set([
  'line-break',
  'byte-order-mark',
  'character',
  'directive',
  'tagged-value',
])

/** Whether nobody reads the text: Kubernetes refuses it, too. Behind a byte order mark readers differ on more. */
export function isRefusedByAll(code: YamlFaultCode, text: string): boolean {
  if (code === 'json' || code === 'separator') return !text.startsWith('\ufeff')
  return !doubtful.has(code)
}
