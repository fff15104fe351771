import { budgets } from '../budgets.ts'
import { type Description, describePaths, descriptionWords } from '../language/naming/describe-string-set.ts'
import { describeValues, type ValueWords } from '../language/naming/describe-values.ts'
import type { NamedSet } from '../language/naming/summary.ts'
import { regexLanguage } from '../language/regex.ts'
import { BudgetExceeded, workOf } from '../language/string-set.ts'
import { allows, type Values } from '../language/values.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { shortened } from '../source/shortened.ts'
import { bareText, joined, type Phrase, words } from '../words/phrase.ts'
import type { Box, Universe } from './box.ts'
import { isOpaque, universeOf } from './dimensions.ts'
import { allMatchFields } from './fields/match-fields.ts'
import type { RequestSet } from './request-set.ts'

/** One part of a set of requests: paths, and what holds for them besides. */
export interface RequestWords {
  readonly paths: Description
  /** `with header x-beta equal to 1`, `with method POST`: all of them hold. */
  readonly conditions: readonly string[]
}

/** A set of requests in words, one part for each box. Plain text, not escaped for anything. */
export function describeRequestParts(requests: RequestSet): readonly RequestWords[] {
  const named = namedSets(requests.patterns ?? [])
  const { universe = universeOf } = requests
  const all = universe('path')
  return requests.boxes.map((box) => ({
    paths: describePaths((box.get('path') ?? all).present, { among: all.present, named }),
    conditions: conditionsOf(box, named, universe),
  }))
}

/** A set of requests in a sentence: `/log*` except `/login` and `/logs*`, `/login` with header x-beta equal to 1. */
export function requestsWords(requests: RequestSet): Phrase {
  const parts = describeRequestParts(requests).map(({ paths, conditions }) =>
    joined([descriptionWords(paths), ...conditions.map(words)], ' '),
  )
  return parts.length === 0 ? words('no request') : joined(parts, '; ')
}

/** The same as plain text. */
export function describeRequests(requests: RequestSet): string {
  return bareText(requestsWords(requests))
}

function namedSets(patterns: readonly string[]): readonly NamedSet[] {
  const work = workOf('sayingSet')
  return patterns.flatMap((pattern) => {
    try {
      const set = regexLanguage(pattern, work)
      return 'invalid' in set ? [] : [{ pattern, set }]
    } catch (error) {
      if (error instanceof BudgetExceeded) return []
      throw error
    }
  })
}

function conditionsOf(box: Box, named: readonly NamedSet[], universe: Universe): readonly string[] {
  const rank = (dimension: string) => order.indexOf(dimension.split(':')[0] ?? '')
  return [...box]
    .filter(([dimension]) => dimension !== 'path')
    .toSorted(([a], [b]) => rank(a) - rank(b) || compareTexts(a, b))
    .map(([dimension, values]) =>
      isOpaque(dimension)
        ? opaqueText(dimension, values)
        : conditionText(dimension, describeValues(values, universe(dimension), named)),
    )
}

/** A condition that is not looked into holds or does not. */
function opaqueText(dimension: string, values: Values): string {
  const condition = shortened(dimension.slice('opaque:'.length), budgets.conditionText.size)
  return `${allows(values, 'true') ? 'if' : 'unless'} ${condition}`
}

/** What each kind of dimension is called, in the order in which they are told. */
const nouns = new Map(
  allMatchFields.flatMap(([, { dimension, noun }]) => (dimension === undefined ? [] : [[dimension, noun]])),
)
const order = [...nouns.keys(), 'opaque']

function conditionText(dimension: string, values: ValueWords): string {
  const colon = dimension.indexOf(':')
  const [kind, name] =
    colon === -1 ? [dimension, ''] : [dimension.slice(0, colon), dimension.slice(colon + 1)]
  const noun = [nouns.get(kind) ?? kind, ...(colon === -1 ? [] : [name])].join(' ')
  if (values.kind === 'absent') return `without ${noun}`
  if (values.kind === 'present') return `with ${noun}`
  if (values.kind === 'all-but-one') return `without ${noun}${kind === 'header' ? ': ' : '='}${values.value}`
  const isShort = values.kind === 'one' && ['method', 'scheme', 'port'].includes(kind)
  return `with ${noun} ${isShort ? values.value : values.text}`
}
