import { openByAge } from './ages.ts'
import type { PathAsked } from './matches.ts'
import type { Route } from './objects.ts'
import type { RuleMatch } from './rules.ts'

const ranks: Readonly<Record<PathAsked['kind'], number>> = {
  exact: 0,
  segments: 1,
  prefix: 1,
  regex: 2,
  none: 3,
  'no-match': 4,
}

/** The order of the matches of one list, given in the order of their routes' age: the more special first. */
export function bySpecificity({ asked: a }: RuleMatch, { asked: b }: RuleMatch): number {
  return (
    ranks[a.path.kind] - ranks[b.path.kind] ||
    b.path.length - a.path.length ||
    Number(b.hasMethod) - Number(a.hasMethod) ||
    b.headers - a.headers ||
    b.queryParams - a.queryParams
  )
}

/** Routes of which only their age says which comes first, for requests that several take, and nobody knows it here. */
export function openTies(sorted: readonly RuleMatch[]): readonly (readonly Route[])[] {
  const groups = Map.groupBy(sorted, ({ asked }) =>
    JSON.stringify([
      ranks[asked.path.kind],
      asked.path.length,
      asked.hasMethod,
      asked.headers,
      asked.queryParams,
      // Two expressions may take the same path, whatever they say.
      asked.path.kind === 'regex' ? '' : asked.path.text,
    ]),
  )
  return openByAge([...groups.values()].map((group) => group.map(({ route }) => route)))
}
