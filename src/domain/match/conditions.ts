import { BudgetExceeded } from '../language/string-set.ts'
import { intersectValues, isImpossible } from '../language/values.ts'
import { canonicalJson } from '../manifest/json.ts'
import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import { type Box, everyRequest, intersectBoxes, type Universe, withinUniverse } from './box.ts'
import { isTrue, universeOf } from './dimensions.ts'
import type { ConditionOptions, Constraint, MatchField } from './fields/match-field.ts'
import { allMatchFields } from './fields/match-fields.ts'
import { everyPath, type PathLiteral, pathConditions } from './fields/path-conditions.ts'

export type { ConditionOptions } from './fields/match-field.ts'
export { everyPath, type PathLiteral } from './fields/path-conditions.ts'

/** A match as a conjunction of what a literal says of the path and of everything else. */
export interface Conditions {
  readonly path: PathLiteral
  /** May hold `path` too: the language of a regular expression, or a literal in any case. */
  readonly rest: Box
}

/**
 * Which requests a match asks for (Istio `TranslateRouteMatch`), or undefined if no request can satisfy it. What cannot
 * be looked into (a claim, `:path`, a pattern over its budget) becomes a dimension of its own, `opaque:...`; a match that
 * is over the budget as a whole is nothing but that.
 */
export function conditionsOf(
  match: HTTPMatchRequest | undefined,
  options: ConditionOptions,
): Conditions | undefined {
  if (match === undefined) return { path: everyPath, rest: everyRequest }
  try {
    return workedOut(match, options)
  } catch (error) {
    return { path: everyPath, rest: opaqueMatch(match, error) }
  }
}

/** A match that is over the budget: a condition that is not looked into. Any other error is thrown again. */
export function opaqueMatch(match: HTTPMatchRequest | undefined, error: unknown): Box {
  if (!(error instanceof BudgetExceeded)) throw error
  return new Map([[`opaque:match ${canonicalJson(match ?? {})}`, isTrue]])
}

/** What a match asks of the requests that can come at all (`withinUniverse`); over the budget it is not looked into. */
export function askedWithin(
  match: HTTPMatchRequest | undefined,
  asks: Box,
  universe: Universe,
): Box | undefined {
  try {
    return withinUniverse(asks, universe)
  } catch (error) {
    return opaqueMatch(match, error)
  }
}

const fieldsAsking = Map.groupBy(allMatchFields, ([, { asks }]) => asks)

function constraintsOf(
  asks: MatchField['asks'],
  match: HTTPMatchRequest,
  options: ConditionOptions,
): readonly Constraint[] {
  const fields = fieldsAsking.get(asks) ?? []
  return fields.flatMap(([, field]) => field.constraints(match, options))
}

function workedOut(match: HTTPMatchRequest, options: ConditionOptions): Conditions | undefined {
  const { path, constraints } = pathConditions(match)
  const rest = boxOf([...constraints, ...constraintsOf('request', match, options), ...source(match, options)])
  return rest && { path, rest }
}

/** All constraints at once, or undefined where they contradict each other. */
export function boxOf(constraints: readonly Constraint[]): Box | undefined {
  let box: Box | undefined = everyRequest
  for (const [dimension, values] of constraints) {
    const possible = intersectValues(values, universeOf(dimension))
    if (isImpossible(possible)) return undefined
    box = box && intersectBoxes(box, new Map([[dimension, possible]]))
  }
  return box
}

/** Listeners and clients are asked for the same in every version. */
const inEveryVersion: ConditionOptions = { missingSatisfiesWithout: true }

/** What a match asks of the listener and the client, which Istio looks at before any request comes. */
export function sourceBox(match: HTTPMatchRequest): Box | undefined {
  return boxOf(source(match, inEveryVersion))
}

/** Beside `gateways` the client's labels and namespace are ignored (Istio `sourceMatchHTTP`). */
function source(match: HTTPMatchRequest, options: ConditionOptions): readonly Constraint[] {
  const isOnGateways = (match.gateways ?? []).length > 0
  return [
    ...constraintsOf('listener', match, options),
    ...(isOnGateways ? [] : constraintsOf('client', match, options)),
  ]
}
