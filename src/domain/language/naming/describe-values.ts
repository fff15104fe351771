import { budgets } from '../../budgets.ts'
import { keyOf } from '../key-of.ts'
import type { StringSet } from '../language.ts'
import { exactly } from '../literals.ts'
import { isEmpty, subtract } from '../operations.ts'
import { areEqual, intersectValues, isImpossible, type Values } from '../values.ts'
import { witness } from '../witness.ts'
import { unmetered } from '../work.ts'
import { enumerateWords } from './enumerate-words.ts'
import { type NamedSet, type Summary, summarise } from './summary.ts'
import type { Item, Items } from './trie-cover.ts'

const limit = budgets.items.size

/** A value as it is, in quotes where its ends could not be seen. */
function quoted(value: string): string {
  return /^[^\s",]+$/.test(value) ? value : JSON.stringify(value)
}

/** One item with its exceptions, `starting with v unless equal to v1`. */
function phrase({ kind, text, except }: Item): string {
  const own = `${verbOf(kind)} ${quoted(text)}`
  return except.items.length === 0 ? own : `${own} unless ${enumerateWords(phrases(except), 'or')}`
}

const verbOf = (kind: Item['kind']): string => (kind === 'exact' ? 'equal to' : 'starting with')

/** Plain items of one kind share their verb, `equal to a or b`; one with exceptions stands in parentheses if not alone. */
function phrases({ items, more }: Items): readonly string[] {
  const [first, ...others] = items
  if (first !== undefined && others.length === 0 && more === 0) return [phrase(first)]
  const grouped = (['exact', 'prefix'] as const).flatMap((kind) => {
    const plain = items.filter((item) => item.kind === kind && item.except.items.length === 0)
    const texts = plain.map(({ text }) => quoted(text))
    return texts.length === 0 ? [] : [`${verbOf(kind)} ${enumerateWords(texts, 'or')}`]
  })
  const single = items.filter(({ except }) => except.items.length > 0).map((item) => `(${phrase(item)})`)
  return [...grouped, ...single, ...(more > 0 ? [`${more} more`] : [])]
}

const matching = (...sources: readonly string[]): string =>
  `matching ${sources.map((one) => `~ ${one}`).join(' and ')}`

/** `not equal to a`, `and not starting with b`: all values but some. */
function negated(except: readonly string[]): string {
  return except.map((one) => `not ${one}`).join(' and ')
}

/** What is left out, `unless equal to a`, with a comma where more than one thing is said before. */
function unless(except: readonly string[], comma: string): string {
  return except.length === 0 ? '' : `${comma} unless ${enumerateWords(except, 'or')}`
}

interface Wording {
  readonly text: string
  /** Whether the text speaks of what the value is not, so that a missing value fits it as well. */
  readonly isNegative: boolean
}

function coreOf({ items, all, among, without, ignoringCase, inThisCase }: Summary): Wording {
  const [only, ...others] = items.items
  const rest = [...without.map((source) => matching(source)), ...phrases(inThisCase)]
  const suffix = ignoringCase ? ' (ignoring case)' : ''
  if (all !== undefined) {
    return { text: `${matching(...all)}${unless([...phrases(items), ...rest], '')}`, isNegative: false }
  }
  if (only?.text === '' && only.kind === 'prefix' && others.length === 0 && among === undefined) {
    return { text: `${negated([...phrases(only.except), ...rest])}${suffix}`, isNegative: true }
  }
  const choices = phrases(items)
  if (choices.length === 0) return { text: '', isNegative: false }
  const isSimple = choices.length === 1 && only?.except.items.length === 0
  const comma = isSimple ? '' : ','
  const scope = among === undefined ? '' : `${comma} and ${matching(...among)}`
  return { text: `${choices.join(' or ')}${suffix}${scope}${unless(rest, comma)}`, isNegative: false }
}

/** The whole wording; `presence` says of a negative one that there must be a value. */
function wording(summary: Summary, presence: string): Wording {
  const core = coreOf(summary)
  const text = core.isNegative ? `${presence}${core.text}` : core.text
  const given = summary.also.map((source) => matching(source))
  return { text: [...given, ...(text === '' ? [] : [text])].join(', or '), isNegative: core.isNegative }
}

/**
 * A set of values in words, and what kind of set it is: only what is `absent`, all that is `present`, a single value, or all
 * but one, what is absent included.
 */
export type ValueWords =
  | { readonly kind: 'absent' | 'present' | 'other'; readonly text: string }
  | { readonly kind: 'one' | 'all-but-one'; readonly text: string; readonly value: string }

function other(text: string): ValueWords {
  return { kind: 'other', text }
}

/**
 * A set of values (of a header, a query parameter, a method ...) within its universe, in words: `equal to v`, `starting with
 * v`, `not equal to v`, `matching ~ RE`, `present`, `absent`, `anything`. Never wrong: what has no finite wording is `such as`
 * an example.
 */
export function describeValues(all: Values, universe: Values, named: readonly NamedSet[] = []): ValueWords {
  const members = intersectValues(all, universe, unmetered)
  const isOptional = universe.mayBeAbsent
  if (isImpossible(members)) return other('nothing')
  if (areEqual(members, universe)) return other(isOptional ? 'anything' : 'any value')
  const { present: values, mayBeAbsent: mayLack } = members
  const { present: some } = universe
  if (isEmpty(values)) return { kind: 'absent', text: 'absent' }
  const only = mayLack ? undefined : onlyMember(values)
  if (only !== undefined) return { kind: 'one', text: `equal to ${quoted(only)}`, value: quoted(only) }
  if (keyOf(values) === keyOf(some)) return { kind: 'present', text: 'present' }
  const left = mayLack ? onlyMember(subtract(some, values, unmetered)) : undefined
  if (left !== undefined)
    return { kind: 'all-but-one', text: `not equal to ${quoted(left)}`, value: quoted(left) }
  const summary = summarise({ set: values, universe: some, named }, limit)
  if (summary === undefined)
    return other(`${mayLack ? 'absent or ' : ''}such as ${quoted(witness(values) ?? '')}`)
  const { text, isNegative } = wording(summary, isOptional && !mayLack ? 'present and ' : '')
  return other(mayLack && !isNegative ? `absent or ${text}` : text)
}

/** The member of a set of one. In words that is a value, though a prefix without longer members would do, too. */
function onlyMember(set: StringSet): string | undefined {
  const member = witness(set)
  return member !== undefined && keyOf(exactly(member)) === keyOf(set) ? member : undefined
}
