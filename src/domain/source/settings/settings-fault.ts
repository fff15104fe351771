import { quoted, say, words } from '../../words/phrase.ts'
import type { Mistake } from '../diagnostic.ts'
import { type FaultTable, faultOf, unparsable } from '../fault-table.ts'
import { limitFaults } from '../limit-faults.ts'

/**
 * Everything for which a file of settings cannot be read, as a closed list: the codes of the library `yaml`, and those of the gate
 * in front of it.
 */
export type SettingsFaultCode = keyof typeof grammar | keyof typeof others

const inQuotes = say`Put a text that begins with a special character, or holds ${quoted(': ')} or ${quoted(' #')}, in quotes`

const grammar = {
  ALIAS_PROPS: unparsable(words('an alias has neither an anchor nor a tag')),
  BAD_COLLECTION_TYPE: unparsable(words('the tag does not fit the list or mapping behind it')),
  BAD_DQ_ESCAPE: unparsable(
    words('an escape that YAML does not know'),
    words('Double the backslash, or use single quotes'),
  ),
  BAD_INDENT: unparsable(words('the indentation of this does not fit what it belongs to')),
  BAD_PROP_ORDER: unparsable(words('an anchor or a tag stands directly in front of its value')),
  BAD_SCALAR_START: unparsable(words('no value begins with this character'), inQuotes),
  BLOCK_AS_IMPLICIT_KEY: unparsable(
    words('a mapping or a list is not allowed here'),
    say`Begin a new line, or put a text with ${quoted(': ')} in it into quotes`,
  ),
  BLOCK_IN_FLOW: unparsable(
    words('what stands within brackets or braces is separated by commas, not by lines'),
  ),
  IMPOSSIBLE: unparsable(words('what stands here belongs to nothing')),
  KEY_OVER_1024_CHARS: unparsable(words('a key is longer than 1024 characters')),
  MISSING_CHAR: unparsable(
    words('something is missing here: white space, a colon, a comma, a quote, a bracket or a brace'),
  ),
  MULTILINE_IMPLICIT_KEY: unparsable(words('a key and its colon stand on one line')),
  MULTIPLE_ANCHORS: unparsable(words('a value has one anchor at most')),
  MULTIPLE_TAGS: unparsable(words('a value has one tag at most')),
  TAB_AS_INDENT: unparsable(words('a tab where indentation is expected'), words('Indent with spaces')),
  UNEXPECTED_TOKEN: unparsable(words('this is not expected here')),
} as const satisfies FaultTable

const others = {
  ...limitFaults,
  'line-break': (detail: string) => ({
    clause: say`The text holds ${detail}, which ends a line to some readers and not to others`,
    todo: words('Replace it by an ordinary line feed'),
  }),
  'byte-order-mark': () => ({
    clause: words('The text holds a byte order mark (U+FEFF) that does not stand at its start'),
    todo: words('Remove it: readers disagree on what it hides'),
  }),
  character: (detail: string) => ({
    clause: say`The text holds ${detail}, which YAML does not accept, not even in a comment`,
    todo: words('Remove it, or write it as an escape in double quotes'),
  }),
  BAD_ALIAS: () => ({ clause: words('An alias must name an anchor before it'), todo: inQuotes }),
  BAD_DIRECTIVE: () => ({
    clause: words('The file is read as YAML 1.2, whatever a directive asks for'),
    todo: words('Remove the line that begins with %'),
  }),
  DUPLICATE_KEY: (detail: string) => say`The key ${quoted(detail)} is written twice in one mapping`,
  MULTIPLE_DOCS: () => words('The file must hold one document only'),
  NON_STRING_KEY: () => words('A key must be a text'),
  RESOURCE_EXHAUSTION: () => words('The file asks for more than its reader allows'),
  length: () => words('The file is over 128 KB and was not read'),
  TAG_RESOLVE_FAILED: () => ({
    clause: words('There is no such tag for this value here'),
    todo: words('Remove the tag'),
  }),
} as const satisfies FaultTable

/** The fault as data and in its words, and what to do about it; `values` is what was written there, where the message names it. */
export function settingsMistake(
  code: SettingsFaultCode,
  values: readonly string[],
): Mistake<SettingsFaultCode> {
  return faultOf({ ...grammar, ...others }, code, values)
}
