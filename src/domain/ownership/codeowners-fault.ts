import { budgets } from '../budgets.ts'
import { type FaultTable, faultsOf } from '../source/fault-table.ts'
import { shortened } from '../source/shortened.ts'
import { type Phrase, question, quoted, say, words } from '../words/phrase.ts'

/** Everything that can be wrong with CODEOWNERS, by its text or by what GitHub says of it: a closed list. */
export type CodeownersFaultCode = keyof typeof faults

function cut(text: string): Phrase {
  return quoted(shortened(text, budgets.quotedWord.size))
}

function pattern(text: string, fault: Phrase, todo: Phrase) {
  return { clause: say`The pattern ${cut(text)} ${fault}`, todo }
}

function owner(text: string, fault: Phrase, todo: Phrase = forms) {
  return { clause: say`${cut(text)} is not an owner: ${fault}`, todo }
}

const forms = say`Write ${quoted('@user')}, ${quoted('@org/team')} or the e-mail address of a GitHub account`
const inItsPlace = say`Write ${quoted('?')} in its place`
const fromTheRoot = say`Write the path from the root, such as ${quoted('/teams/login/')}`
const asGitHubAsks = words('Correct the line as GitHub asks')

const faults = {
  'too-large': () => ({
    clause: words('The file is 3 MB or larger, so GitHub does not load it and nobody owns anything'),
    todo: words('Make it smaller: one pattern for a folder replaces many for its files'),
  }),
  'final-backslash': (text: string) =>
    pattern(text, words('ends with a backslash that escapes nothing'), words('Remove the backslash')),
  'escaped-hash': (text: string) =>
    pattern(text, say`escapes ${quoted('#')}, which CODEOWNERS does not allow`, inItsPlace),
  negation: (text: string) =>
    pattern(
      text,
      say`begins with ${quoted('!')}, and negation does not work in CODEOWNERS`,
      words('Write a later line with the pattern alone: without owners it un-owns what it matches'),
    ),
  bracket: (text: string) =>
    pattern(
      text,
      words('has a bracket without a backslash, and ranges do not work in CODEOWNERS'),
      say`Write ${quoted('\\[')} and ${quoted('\\]')} for the characters themselves, or one line for each name`,
    ),
  stars: (text: string, meant: string) =>
    pattern(
      text,
      say`has more than two ${quoted('*')} in a row`,
      question(say`Did you mean ${quoted(meant)}`),
    ),
  root: (text: string) =>
    pattern(text, words('will never match anything'), question(say`Did you mean ${quoted('*')} instead`)),
  'empty-segment': (text: string) =>
    pattern(text, words('will never match anything: no path in Git has an empty segment'), fromTheRoot),
  'dot-segment': (text: string, segment: string) =>
    pattern(
      text,
      say`will never match anything: no path in Git has a segment ${quoted(segment)}`,
      fromTheRoot,
    ),
  character: (text: string, point: string) =>
    pattern(
      text,
      say`has the character ${point}, which GitHub may read otherwise`,
      say`It is taken literally here; check the line on GitHub, or write ${quoted('?')} in its place`,
    ),
  'glued-comment': (text: string) =>
    pattern(
      text,
      say`ends at ${quoted('#')}, which begins a comment`,
      say`Put a blank before a comment; for a path with ${quoted('#')} in it write ${quoted('?')} in its place`,
    ),
  'owner-app': (text: string) =>
    owner(text, words('an App cannot be a code owner'), words('Name the people who answer for what it does')),
  'owner-sign': (text: string) => owner(text, say`it has no ${quoted('@')}`),
  'owner-form': (text: string) =>
    owner(text, words('it is neither a user, nor a team, nor an e-mail address')),
  'unknown-owner': (text: string) => ({
    clause: say`GitHub does not count ${cut(text)} as an owner`,
    todo: words(
      'Correct the name, make the team visible, or give it write access of its own to the repository',
    ),
  }),
  'skipped-there': (text: string, _kind: string, reason: string) => ({
    clause: say`GitHub skips the line of ${cut(text)}: ${reason}`,
    todo: asGitHubAsks,
  }),
  'other-there': (text: string, kind: string, reason: string) => ({
    clause: say`GitHub finds fault with the line of ${cut(text)}, which counts here: ${kind}, ${reason}`,
    todo: asGitHubAsks,
  }),
  'skipped-here': (line: string) => ({
    clause: say`GitHub reports nothing wrong with a line that is skipped here: ${cut(line)}`,
    todo: words('Write the line so that there is only one way to read it'),
  }),
} as const satisfies FaultTable

/** A fault as data and in its words; what belongs to its code is what was written. */
export const codeownersFault = faultsOf(faults)
