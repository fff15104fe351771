import { asksOf, clientsBoxes } from '../diff/tables/placed-route.ts'
import { pathsUnder, thisPath } from '../language/literal-paths.ts'
import { contains, intersect, isEmpty, type StringSet, type Work } from '../language/string-set.ts'
import { isImpossible, present, valuesOf } from '../language/values.ts'
import { type Box, intersectBoxes, type Space } from '../match/box.ts'
import { everyPath, type PathLiteral, type Reading } from '../match/conditions.ts'
import { opaqueMatch } from '../match/doubtful-box.ts'
import type { EffectiveRoute } from '../routing/route-table.ts'

/** A route of a table as the requests see it. */
export interface Candidate {
  readonly route: EffectiveRoute
  /** Its place in the table, from 0. */
  readonly rank: number
  readonly path: PathLiteral
  /** What it asks for beside the literal; may hold `path` too. Never empty. */
  readonly rest: Box
}

/** How a route is read in a table. */
export type CandidateReading = Reading & Space

/**
 * A route with its conditions, or undefined where no request of the host can match: a path that no request can have,
 * or a value outside the universe. Over the budget it is a candidate that is not looked into.
 */
export function candidateOf(
  route: EffectiveRoute,
  rank: number,
  reading: CandidateReading,
): Candidate | undefined {
  try {
    const asks = asksOf(route, reading)
    const rest = asks && withClients(asks.rest, route, reading.work)
    const path = asks && arriving(asks.path, reading)
    const possible = rest && possibleIn(rest, reading)
    return path && possible && { route, rank, path, rest: possible }
  } catch (error) {
    return { route, rank, path: anyPath, rest: opaqueMatch(route.match, error).rest }
  }
}

const anyPath: PathLiteral = { kind: 'prefix', text: '/' }

/** Clients that one box cannot tell are left open: more is taken to reach the route than does. */
function withClients(rest: Box, { clients }: EffectiveRoute, work: Work): Box | undefined {
  const boxes = clientsBoxes(clients, work)
  const [only] = boxes
  if (only === undefined) return undefined
  return boxes.length === 1 ? intersectBoxes(rest, only, work) : rest
}

/** The same literal, if a path can be that or start so. Every path starts with a slash: an empty prefix says no more than `/`. */
function arriving(path: PathLiteral, { universe, work }: Space): PathLiteral | undefined {
  if (path.kind === 'prefix' && path.text === everyPath.text) return anyPath
  const possible = universe('path').present
  if (contains(possible, path.text)) return path
  const starts = path.kind === 'prefix' && !isEmpty(intersect(pathsUnder(path.text, work), possible, work))
  return starts ? path : undefined
}

function possibleIn(box: Box, { universe, work }: Space): Box | undefined {
  const inside = new Map(box)
  for (const [dimension, values] of box) {
    const possible = valuesOf(universe(dimension), values, work)
    if (isImpossible(possible)) return undefined
    inside.set(dimension, possible)
  }
  return inside
}

/** The paths that a literal stands for. */
export function literalSet({ kind, text }: PathLiteral, work: Work): StringSet {
  return kind === 'exact' ? thisPath(text, work) : pathsUnder(text, work)
}

/** Literal and rest in one box, or undefined where the rest has no such path. */
export function wholeOf({ path, rest }: Pick<Candidate, 'path' | 'rest'>, work: Work): Box | undefined {
  return intersectBoxes(rest, new Map([['path', present(literalSet(path, work))]]), work)
}

/** Whether some path can satisfy both literals. */
export function literalsMeet(a: PathLiteral, b: PathLiteral): boolean {
  if (a.kind === 'exact') return b.kind === 'exact' ? a.text === b.text : a.text.startsWith(b.text)
  return b.text.startsWith(a.text) || (b.kind === 'prefix' && a.text.startsWith(b.text))
}

/** Whether every path of `inner` satisfies `outer`. */
export function literalWithin(inner: PathLiteral, outer: PathLiteral): boolean {
  return outer.kind === 'exact'
    ? inner.kind === 'exact' && inner.text === outer.text
    : inner.text.startsWith(outer.text)
}

/** The same of the requests that there are. */
export function arrivingWhole(candidate: Candidate, { universe, work }: Space): Box | undefined {
  const whole = wholeOf(candidate, work)
  return whole && intersectBoxes(whole, new Map([['path', universe('path')]]), work)
}
