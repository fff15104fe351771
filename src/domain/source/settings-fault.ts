import { type FaultWording, type FaultWords, faultWords } from './fault-wording.ts'

/**
 * Everything for which a file of settings cannot be read, as a closed list: the codes of the library `yaml`, and those of the gate
 * in front of it.
 */
export type SettingsFaultCode = keyof typeof faults

const inQuotes = 'Put a text that begins with a special character, or holds `: ` or ` #`, in quotes'

const faults = {
  'line-break': {
    message: (detail) => `The text holds ${detail}, which ends a line to some readers and not to others`,
    advice: 'Replace it by an ordinary line feed',
  },
  'byte-order-mark': {
    message: () => 'The text holds a byte order mark (U+FEFF) that does not stand at its start',
    advice: 'Remove it: readers disagree on what it hides',
  },
  character: {
    message: (detail) => `The text holds ${detail}, which YAML does not accept, not even in a comment`,
    advice: 'Remove it, or write it as an escape in double quotes',
  },
  ALIAS_PROPS: { syntax: 'an alias has neither an anchor nor a tag' },
  BAD_ALIAS: { message: () => 'An alias must name an anchor before it', advice: inQuotes },
  BAD_COLLECTION_TYPE: { syntax: 'the tag does not fit the list or mapping behind it' },
  BAD_DIRECTIVE: {
    message: () => 'The file is read as YAML 1.2, whatever a directive asks for',
    advice: 'Remove the line that begins with %',
  },
  BAD_DQ_ESCAPE: {
    syntax: 'an escape that YAML does not know',
    advice: 'Double the backslash, or use single quotes',
  },
  BAD_INDENT: { syntax: 'the indentation of this does not fit what it belongs to' },
  BAD_PROP_ORDER: { syntax: 'an anchor or a tag stands directly in front of its value' },
  BAD_SCALAR_START: { syntax: 'no value begins with this character', advice: inQuotes },
  BLOCK_AS_IMPLICIT_KEY: {
    syntax: 'a mapping or a list is not allowed here',
    advice: 'Begin a new line, or put a text with `: ` in it into quotes',
  },
  BLOCK_IN_FLOW: { syntax: 'what stands within brackets or braces is separated by commas, not by lines' },
  DUPLICATE_KEY: {
    message: (detail) => `The key \`${detail}\` is written twice in one mapping`,
  },
  IMPOSSIBLE: { syntax: 'what stands here belongs to nothing' },
  KEY_OVER_1024_CHARS: { syntax: 'a key is longer than 1024 characters' },
  MISSING_CHAR: {
    syntax: 'something is missing here: white space, a colon, a comma, a quote, a bracket or a brace',
  },
  MULTILINE_IMPLICIT_KEY: { syntax: 'a key and its colon stand on one line' },
  MULTIPLE_ANCHORS: { syntax: 'a value has one anchor at most' },
  MULTIPLE_DOCS: { message: () => 'The file must hold one document only.' },
  MULTIPLE_TAGS: { syntax: 'a value has one tag at most' },
  NON_STRING_KEY: { message: () => 'A key must be a text' },
  RESOURCE_EXHAUSTION: { message: (detail) => detail },
  TAB_AS_INDENT: { syntax: 'a tab where indentation is expected', advice: 'Indent with spaces' },
  TAG_RESOLVE_FAILED: { message: () => 'There is no such tag for this value here', advice: 'Remove the tag' },
  UNEXPECTED_TOKEN: { syntax: 'this is not expected here' },
} as const satisfies Readonly<Record<string, FaultWording>>

/** A fault as a sentence, and what to do about it; `detail` is what was written there, where the message names it. */
export function wordsOfSettings(code: SettingsFaultCode, detail = ''): FaultWords {
  return faultWords(faults[code], detail)
}
