import { type Once, once, type Work } from '../language/string-set.ts'
import { isImpossible, valuesOf } from '../language/values.ts'
import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import { memoized } from '../source/memoized.ts'
import { type Box, everyRequest, intersectBoxes } from './box.ts'
import { universeOf } from './dimensions.ts'
import { type Doubts, noDoubts, opaqueMatch } from './doubtful-box.ts'
import type { Constraint, MatchField, Reading } from './fields/match-field.ts'
import { allMatchFields } from './fields/match-fields.ts'
import { everyPath, type PathLiteral, pathConditions } from './fields/path-conditions.ts'

export type { ConditionOptions, Reading } from './fields/match-field.ts'
export { everyPath, type PathLiteral } from './fields/path-conditions.ts'

/** A match as a conjunction of what a literal says of the path and of everything else. */
export interface Conditions {
  readonly path: PathLiteral
  /** May hold `path` too: the language of a regular expression, or a literal in any case. */
  readonly rest: Box
  /** Why, of each dimension of `rest` that is not looked into. */
  readonly doubts: Doubts
}

/**
 * Which requests a match asks for (Istio `TranslateRouteMatch`), or undefined if no request can satisfy it. What cannot
 * be looked into (a claim, `:path`, a pattern over its budget) becomes a dimension of its own, `opaque:...`; a match that
 * is over the budget as a whole is nothing but that.
 */
export function conditionsOf(match: HTTPMatchRequest | undefined, reading: Reading): Conditions | undefined {
  if (match === undefined) return { path: everyPath, rest: everyRequest, doubts: noDoubts }
  try {
    const { missingSatisfiesWithout, work } = reading
    return once(readingsOf(match)[missingSatisfiesWithout ? 'missing' : 'present'], work, (own) =>
      workedOut(match, { ...reading, work: own }),
    )
  } catch (error) {
    return { path: everyPath, ...opaqueMatch(match, error) }
  }
}

/** Both sides, the comparison and the rules ask about the same matches. */
const readingsOf = memoized(
  (_: HTTPMatchRequest): Record<'missing' | 'present', Once<Conditions | undefined>> => ({
    missing: {},
    present: {},
  }),
)

const fieldsAsking = Map.groupBy(allMatchFields, ([, { asks }]) => asks)

function constraintsOf(
  asks: MatchField['asks'],
  match: HTTPMatchRequest,
  reading: Reading,
): readonly Constraint[] {
  const fields = fieldsAsking.get(asks) ?? []
  return fields.flatMap(([, field]) => field.constraints(match, reading))
}

function workedOut(match: HTTPMatchRequest, reading: Reading): Conditions | undefined {
  const { work } = reading
  const { path, constraints } = pathConditions(match, work)
  const all = [...constraints, ...constraintsOf('request', match, reading), ...source(match, reading)]
  const rest = boxOf(all, work)
  return rest && { path, rest, doubts: doubtsOf(all) }
}

function doubtsOf(constraints: readonly Constraint[]): Doubts {
  const found = constraints.flatMap(([dimension, , why]) =>
    why === undefined ? [] : [[dimension, why] as const],
  )
  return found.length === 0 ? noDoubts : new Map(found)
}

/** All constraints at once, or undefined where they contradict each other. */
export function boxOf(constraints: readonly Constraint[], work: Work): Box | undefined {
  let box: Box | undefined = everyRequest
  for (const [dimension, values] of constraints) {
    const possible = valuesOf(universeOf(dimension), values, work)
    if (isImpossible(possible)) return undefined
    box = box && intersectBoxes(box, new Map([[dimension, possible]]), work)
  }
  return box
}

/** What a match asks of the listener and the client, which Istio looks at before any request comes. */
export function sourceBox(match: HTTPMatchRequest, work: Work): Box | undefined {
  // Listeners and clients are asked for the same in every version.
  return boxOf(source(match, { missingSatisfiesWithout: true, work }), work)
}

/** Beside `gateways` the client's labels and namespace are ignored (Istio `sourceMatchHTTP`). */
function source(match: HTTPMatchRequest, reading: Reading): readonly Constraint[] {
  const isOnGateways = (match.gateways ?? []).length > 0
  return [
    ...constraintsOf('listener', match, reading),
    ...(isOnGateways ? [] : constraintsOf('client', match, reading)),
  ]
}
