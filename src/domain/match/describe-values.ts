import { enumerateWords } from './enumerate-words.ts'
import { keyOf } from './key-of.ts'
import type { StringSet } from './language.ts'
import { contains, intersect, isEmpty, subtract } from './operations.ts'
import { type NamedSet, type Summary, summarise } from './summary.ts'
import type { Item, Items } from './trie-cover.ts'
import { absent, absentText } from './universe.ts'
import { witness } from './witness.ts'

const limit = 6

/** A value as it is, in quotes where its ends could not be seen. */
function quoted(value: string): string {
  return /^[^\s",]+$/.test(value) ? value : JSON.stringify(value)
}

function phrase({ kind, text, except }: Item): string {
  const own = `${kind === 'exact' ? 'equal to' : 'starting with'} ${quoted(text)}`
  return except.items.length === 0 ? own : `${own} unless ${enumerateWords(phrases(except), 'or')}`
}

/** `equal to a or b`, `starting with c`: plain items of one kind share their verb. */
function phrases({ items, more }: Items): readonly string[] {
  const plain = items.filter(({ except }) => except.items.length === 0)
  const grouped = (['exact', 'prefix'] as const).flatMap((kind) => {
    const texts = plain.filter((item) => item.kind === kind).map(({ text }) => quoted(text))
    return texts.length === 0
      ? []
      : [`${kind === 'exact' ? 'equal to' : 'starting with'} ${enumerateWords(texts, 'or')}`]
  })
  const single = items.filter(({ except }) => except.items.length > 0).map(phrase)
  return [...grouped, ...single, ...(more > 0 ? [`${more} more`] : [])]
}

const matching = (...sources: readonly string[]): string =>
  `matching ${sources.map((one) => `~ ${one}`).join(' and ')}`

/** `not equal to a`, `and not starting with b`: all values but some. */
function negated(except: readonly string[]): string {
  return except.map((one) => `not ${one}`).join(' and ')
}

interface Wording {
  readonly text: string
  /** Whether the text speaks of what the value is not. */
  readonly isNegative: boolean
}

function wording({ items, all, among, without, also }: Summary): Wording {
  const [only, ...others] = items.items
  const rest = without.map((source) => matching(source))
  const given = also.map((source) => ` or ${matching(source)}`).join('')
  if (all !== undefined) {
    const except = [...phrases(items), ...rest]
    const unless = except.length === 0 ? '' : ` unless ${enumerateWords(except, 'or')}`
    return { text: `${matching(...all)}${unless}${given}`, isNegative: false }
  }
  if (only?.text === '' && only.kind === 'prefix' && others.length === 0 && among === undefined) {
    return { text: `${negated([...phrases(only.except), ...rest])}${given}`, isNegative: true }
  }
  const choices = phrases(items)
  const listed = choices.join(' or ')
  const isSimple = choices.length === 1 && items.items.every(({ except }) => except.items.length === 0)
  const scope = among === undefined ? '' : `${isSimple ? '' : ','} and ${matching(...among)}`
  const unless = rest.length === 0 ? '' : ` unless ${enumerateWords(rest, 'or')}`
  const text = listed === '' ? given.replace(/^ or /, '') : `${listed}${scope}${unless}${given}`
  return { text, isNegative: false }
}

/**
 * A set of values (of a header, a query parameter, a method ...) within its universe, in words: `equal to v`, `starting with
 * v`, `not equal to v`, `matching ~ RE`, `present`, `absent`, `anything`. Never wrong: what has no finite wording is `such as`
 * an example.
 */
export function describeValues(set: StringSet, universe: StringSet, named: readonly NamedSet[] = []): string {
  const members = intersect(set, universe)
  const isOptional = contains(universe, absentText)
  if (isEmpty(members)) return 'nothing'
  if (keyOf(members) === keyOf(universe)) return isOptional ? 'anything' : 'any value'
  const values = subtract(members, absent)
  const some = subtract(universe, absent)
  const mayLack = contains(members, absentText)
  if (isEmpty(values)) return 'absent'
  if (keyOf(values) === keyOf(some)) return 'present'
  const summary = summarise({ set: values, universe: some, named }, limit)
  const { text, isNegative } =
    summary === undefined
      ? { text: `such as ${quoted(witness(values) ?? '')}`, isNegative: false }
      : wording(summary)
  if (mayLack) return isNegative ? text : `absent or ${text}`
  return isNegative && isOptional ? `present and ${text}` : text
}
