import { budgets } from '../../budgets.ts'
import { listed, type Phrase, quoted, say, words } from '../../words/phrase.ts'
import { keyOf } from '../key-of.ts'
import type { StringSet } from '../language.ts'
import { intersect, isEmpty } from '../operations.ts'
import { remembering } from '../remembering.ts'
import { paths } from '../universe.ts'
import { witness } from '../witness.ts'
import { unmetered } from '../work.ts'
import { enumerateWords } from './enumerate-words.ts'
import { type NamedSet, type Summary, summarise } from './summary.ts'
import { type Item, type Items, noItems } from './trie-cover.ts'

/**
 * A set of paths in words: `/login` is this path alone, `/log*` every path that starts with it, `~ RE` every path that RE2
 * matches. All of `include` but not `except`, and in any case `again`. `more`, `moreExcept` and `moreAgain` count what the
 * lists leave out. Where no finite wording was found, `exact` is false and `include` holds an example.
 */
export interface Description {
  readonly include: readonly string[]
  readonly except: readonly string[]
  readonly again: readonly string[]
  readonly more: number
  readonly moreExcept: number
  readonly moreAgain: number
  readonly exact: boolean
  readonly ignoringCase: boolean
}

const usualLimit = budgets.items.size

/** A text with a star of its own is quoted, so that no literal reads like a prefix. */
function pattern({ kind, text }: Item): string {
  const literal = text.includes('*') ? JSON.stringify(text) : text
  return kind === 'exact' ? literal : `${literal}*`
}

/** An item with its exceptions in parentheses, for lists that are nested too deeply to be told one after the other. */
function nested(item: Item): string {
  const { items, more } = item.except
  return items.length === 0
    ? pattern(item)
    : `${pattern(item)} (except ${enumerateWords(items.map(nested), 'and', more)})`
}

function exceptionsOf(all: readonly Item[]): Items {
  return {
    items: all.flatMap(({ except }) => except.items),
    more: all.reduce((sum, { except }) => sum + except.more, 0),
  }
}

const regex = (source: string): string => `~ ${source}`

/** What several patterns match at once. */
const both = (sources: readonly string[]): string => sources.map(regex).join(' matching ')

/** What the items of a summary are cut to: said beside each, since an item that is given back is not excepted again. */
function scopeOf({ all, among, without }: Summary): { readonly included: string; readonly returned: string } {
  const patterns = all ?? among
  const included = patterns === undefined ? '' : ` matching ${both(patterns)}`
  const apart = without.length === 0 ? '' : ` (except ${enumerateWords(without.map(regex), 'and')})`
  return { included, returned: included + apart }
}

/** Words of which the list names no more than `limit`; `more` counts those that are left out before and here. */
function cut(
  words: readonly string[],
  more: number,
  limit: number,
): { readonly words: readonly string[]; readonly more: number } {
  return { words: words.slice(0, limit), more: more + Math.max(0, words.length - limit) }
}

function told(summary: Summary, limit: number): Description {
  const { items, all, without, also, inThisCase } = summary
  const scope = scopeOf(summary)
  const includes = all === undefined ? items : noItems
  const excepted = all === undefined ? exceptionsOf(items.items) : items
  const returned = exceptionsOf(excepted.items)
  const isMixed = inThisCase.items.length > 0
  const suffix = isMixed ? ' (ignoring case)' : scope.included
  const own = [
    ...includes.items.map((item) => pattern(item) + suffix),
    ...(all === undefined ? [] : [both(all)]),
  ]
  const taken = [...excepted.items.map(pattern), ...without.map(regex), ...inThisCase.items.map(pattern)]
  const exceptions = own.length === 0 ? [] : taken
  const named = also.map(regex)
  const isAll = exceptions.length === 0
  const include = cut([...own, ...(isAll ? named : [])], includes.more, limit)
  const except = cut(exceptions, excepted.more + inThisCase.more, limit)
  const returning = returned.items.map((item) => nested(item) + scope.returned)
  const again = cut([...returning, ...(isAll ? [] : named)], returned.more, limit)
  return {
    include: include.words,
    except: except.words,
    again: again.words,
    more: include.more,
    moreExcept: except.more,
    moreAgain: again.more,
    exact: true,
    ignoringCase: summary.ignoringCase && !isMixed && hasLetter(items),
  }
}

function hasLetter({ items }: Items): boolean {
  return items.some(({ text, except }) => /[a-z]/.test(text) || hasLetter(except))
}

function counted(include: readonly string[], exact: boolean): Description {
  const none = { except: [], again: [], more: 0, moreExcept: 0, moreAgain: 0, ignoringCase: false }
  return { include, exact, ...none }
}

/**
 * A set of paths as a person would put it, using the `named` patterns where they fit. Only what is `among` all paths counts. Exact
 * for all sets that literals and prefixes can tell, however nested; never wrong: what cannot be told is an example.
 */
export function describePaths(
  set: StringSet,
  { among = paths, named = [], limit = usualLimit }: DescribeOptions = {},
): Description {
  const isUsual = named.length === 0 && limit === usualLimit
  return isUsual
    ? usual(`${keyOf(among)}\n${keyOf(set)}`, set, among)
    : described(set, { among, named, limit })
}

interface DescribeOptions {
  /** All paths that there are. */
  readonly among?: StringSet
  readonly named?: readonly NamedSet[]
  readonly limit?: number
}

/** What is said of a set without any name hangs on the sets alone. */
const usual = remembering(
  (_key, set: StringSet, among: StringSet) => described(set, { among, named: [], limit: usualLimit }),
  ({ include, except, again }) => [include, except, again].join().length,
)

function described(set: StringSet, { among, named, limit }: Required<DescribeOptions>): Description {
  const members = intersect(set, among, unmetered)
  if (isEmpty(members)) return counted([], true)
  const summary = summarise({ set: members, universe: among, named }, limit)
  return summary === undefined ? counted([witness(members) ?? ''], false) : told(summary, limit)
}

/** The description in a sentence: `/log*` except `/login`, `/logout` and `/logs*`. */
export function descriptionWords(description: Description): Phrase {
  const { include, except, again, more, moreExcept, moreAgain, exact, ignoringCase } = description
  if (!exact) return say`paths such as ${pathsWords(include)}`
  if (include.length === 0) return words('no path')
  const but = except.length === 0 ? '' : say` except ${pathsWords(except, moreExcept)}`
  const yet = again.length === 0 ? '' : say`, but with ${pathsWords(again, moreAgain)}`
  const comma = more > 0 && but !== '' ? ',' : ''
  return say`${pathsWords(include, more)}${comma}${but}${yet}${ignoringCase ? words(' (ignoring case)') : ''}`
}

function pathsWords(paths: readonly string[], more = 0): Phrase {
  return listed([...paths.map(quoted), ...(more > 0 ? [words(`${more} more`)] : [])])
}
