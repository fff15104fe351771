import type { Doubt } from '../../doubt.ts'
import type { PathNormalization } from '../../language/arriving-paths.ts'
import type { Work } from '../../language/string-set.ts'
import type { Values } from '../../language/values.ts'
import type { Features } from '../../manifest/istio-features.ts'
import type { HTTPMatchRequest, StringMatch } from '../../manifest/virtual-service.ts'
import type { Request } from '../request.ts'

/** A field of a match by its name in Istio. */
export type FieldName = Extract<keyof HTTPMatchRequest, string>

/** The fields whose values have a type. */
export type FieldOf<Value> = {
  [Name in FieldName]: [Value, Asked<Name>] extends [Asked<Name>, Value] ? Name : never
}[FieldName]

type Asked<Name extends FieldName> = NonNullable<HTTPMatchRequest[Name]>

/** What a match means depends on the version of Istio; which paths come to it, on the mesh. */
export interface ConditionOptions extends Pick<Features, 'missingSatisfiesWithout'> {
  /** Istio's default where it is not said. */
  readonly pathNormalization?: PathNormalization
}

/** How a match is read, and what that may still cost. */
export interface Reading extends ConditionOptions {
  readonly work: Work
}

/** One dimension and the values it allows; why, where it is not looked into. */
export type Constraint = readonly [dimension: string, values: Values, doubt?: Doubt]

/** One thing that a field asks for: under which key (`''` where it has none), and what the value must be. */
export type Wanted = readonly [key: string, value: StringMatch | string]

/** Everything that is known of one field of a match. `requestMatches` alone stays apart, as the oracle. */
export interface MatchField {
  /** What the value is called in a sentence (`query parameter`), and in a line of a table (`query`). */
  readonly noun: string
  readonly short: string
  /** What of a request it is about: the kind of its dimension. */
  readonly dimension?: string
  /** Who looks at it: Envoy (at the path, or at the rest of a request), Istio as it writes the routes of a listener or a client. */
  readonly asks: 'path' | 'request' | 'listener' | 'client' | 'nobody'
  /** It says what a request must not have. */
  readonly excludes?: true
  /** How the merge makes one value of two (Istio `mergeHTTPMatchRequest`); else the secondary's replaces the primary's. */
  readonly merge?: 'union' | 'joined'
  /** What a primary's and a secondary's match disagree about (Istio `hasConflict`): `uri`, `headers.x-beta`. */
  conflict(outer: HTTPMatchRequest, inner: HTTPMatchRequest): string | undefined
  /** What it asks for, one by one. */
  wanted(match: HTTPMatchRequest): readonly Wanted[]
  /** What it allows, all of which must hold (Istio `TranslateRouteMatch`). */
  constraints(match: HTTPMatchRequest, reading: Reading): readonly Constraint[]
  /** The value of a request that is compared, if it has one. */
  valueIn(request: Request, key: string): string | undefined
}
