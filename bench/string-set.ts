import { regexLanguage } from '../src/domain/language/regex.ts'
import {
  anyOf,
  contains,
  intersect,
  isSubset,
  type StringSet,
  startingWith,
  subtract,
  witness,
} from '../src/domain/language/string-set.ts'
import { paths } from '../src/domain/language/universe.ts'
import { unmetered } from '../src/domain/language/work.ts'
import { bestOf } from './best-of.ts'

/** What sets of strings cost, in one run on one machine: only the ratio means something elsewhere. */
export interface StringSetBenchmark {
  readonly name: string
  /** Milliseconds for the union of 1,000 and of 10,000 prefixes and its rest within all paths; the best of the rounds. */
  readonly thousand: number
  readonly tenThousand: number
  /** Milliseconds for one question "is this pattern within this prefix, and if not, which path escapes?", the first time. */
  readonly inclusion: number
}

const questions = 200

function prefixes(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `/team-${(at * 7_919) % 311}/service-${at}/v${at % 9}/`)
}

function checkUnion(texts: readonly string[]): void {
  const all = anyOf(texts.map(startingWith), unmetered)
  const rest = subtract(paths, all, unmetered)
  const isRight = texts.every((text) => contains(all, `${text}x`) && !contains(rest, text))
  if (!isRight || !contains(rest, '/team-0')) throw new Error('A union of prefixes lost one')
}

function language(pattern: string): StringSet {
  const set = regexLanguage(pattern, unmetered)
  if ('invalid' in set) throw new Error(set.invalid)
  return set
}

/** Patterns that nobody has asked for before, so that none is remembered. */
function checkInclusions(): void {
  for (let at = 0; at < questions; at++) {
    const pattern = language(`^/api/v[0-9]+/users-${at}/(?:[a-z0-9-]+/)*[^/]+$`)
    const escaping = witness(
      intersect(subtract(pattern, startingWith('/api/v1'), unmetered), paths, unmetered),
    )
    if (!isSubset(pattern, startingWith('/api/v'), unmetered) || escaping !== `/api/v0/users-${at}/a`) {
      throw new Error(`An inclusion was decided wrongly: ${escaping}`)
    }
  }
}

/** Unites prefixes and decides inclusions of patterns; throws if an answer is wrong. */
export function benchStringSet(): StringSetBenchmark {
  const thousand = bestOf(() => checkUnion(prefixes(1_000))).milliseconds
  const tenThousand = bestOf(() => checkUnion(prefixes(10_000))).milliseconds
  const start = performance.now()
  checkInclusions()
  const inclusion = (performance.now() - start) / questions
  return {
    name: 'unions of prefixes, 1000 -> 10000',
    thousand,
    tenThousand,
    inclusion,
  }
}
