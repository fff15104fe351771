import { type Phrase, quoted, say, words } from '../../words/phrase.ts'
import { excerpt } from '../excerpt.ts'

/** Why a name is none, a value is not in Envoy's syntax, or an annotation is refused: a closed list. */
export type Cause = keyof typeof causes

const causes = {
  empty: () => words('it is empty'),
  long: () => words('it is longer than 255 characters'),
  digits: (label: string) => say`its last label ${quoted(label)} is all digits`,
  label: (label: string) => say`${quoted(excerpt(label))} is no DNS label`,
  wildcard: (label: string) => say`${quoted(excerpt(label))} is neither a DNS label nor a wildcard`,
  generated: () => words('it is not of the form outbound_.PORT_._.HOST'),
  everywhere: () => words('no traffic can go to every host'),
  short: () => words('a short name is not allowed'),
  'part-wildcard': () => words('the wildcard must be a whole label'),
  control: () => words('it holds a control character'),
  'single-percent': () => words('a single % must be written %%'),
  unquoted: () => words('a list of arguments holds texts in quotes'),
  backslash: () => words('it ends with a backslash'),
  'no-comma': () => words('a comma or ] is missing'),
  'no-parenthesis': () => words('a ) is missing'),
  'no-percent': () => words('a % is missing'),
  unended: () => words('a command that begins with % does not end'),
  'dry-run': () => words('only an AuthorizationPolicy can be tried out with it'),
  'always-reject': () => words('it asks the webhook to refuse the object'),
  internal: () => words('only Istio itself may set it'),
} as const satisfies Record<string, (part: string) => Phrase>

/** The cause in words; of some the `part` is told for which it is so. */
export function causeWords(cause: Cause, part = ''): Phrase {
  return causes[cause](part)
}
