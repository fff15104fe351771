import { type Features, features } from '../manifest/istio-features.ts'
import type { IstioVersion } from '../manifest/istio-version.ts'
import { filledInUnder } from '../manifest/placeholders/filled-in-under.ts'
import type { ActionField, HTTPMatchRequest, HTTPRoute, StringMatch } from '../manifest/virtual-service.ts'
import type { FieldName, FieldOf, MatchField } from '../match/fields/match-field.ts'
import { allMatchFields } from '../match/fields/match-fields.ts'
import { isFilledIn } from '../match/fields/string-conflict.ts'
import { ownValue } from '../source/own-value.ts'

/** One entry of a secondary under one entry of a primary: merged, or dropped as a whole because of one match. */
export type Merge =
  | { readonly kind: 'merged'; readonly secondaryEntry: number; readonly http: HTTPRoute }
  | {
      readonly kind: 'conflict'
      readonly secondaryEntry: number
      /** The secondary's match that agrees with no match of the primary's entry, and the field it disagrees about. */
      readonly match: HTTPMatchRequest
      readonly field: string
    }

/**
 * Merges each entry of a secondary with the primary's entry that delegates to it (Istio
 * `pilot/pkg/model/virtualservice.go`, `MergeHTTPRoutes`). Names must be resolved before. O(entries x matches).
 */
export function mergeHTTPRoutes(
  primary: HTTPRoute,
  secondary: readonly HTTPRoute[],
  version: IstioVersion,
): readonly Merge[] {
  return secondary.map((entry, secondaryEntry) => mergeHTTPRoute(primary, entry, secondaryEntry, version))
}

function mergeHTTPRoute(
  primary: HTTPRoute,
  secondary: HTTPRoute,
  secondaryEntry: number,
  version: IstioVersion,
): Merge {
  const matches = mergeMatches(primary.match ?? [], secondary.match ?? [])
  if (matches.kind === 'conflict') return { ...matches, secondaryEntry }
  const { match: _, ...rest } = secondary
  const name = joinNames(primary.name, secondary.name)
  const http: HTTPRoute = {
    ...inheritedFields(primary, version),
    ...rest,
    ...(name === undefined ? {} : { name }),
    ...(matches.match.length === 0 ? {} : { match: matches.match }),
  }
  return { kind: 'merged', secondaryEntry, http }
}

/** What a secondary's entry takes over where it has nothing itself: whole objects, never deep-merged. */
const inherited: Readonly<Partial<Record<ActionField, 'always' | keyof Features>>> = {
  rewrite: 'always',
  timeout: 'always',
  retries: 'always',
  fault: 'always',
  mirror: 'always',
  mirrorPercent: 'always',
  mirrorPercentage: 'always',
  corsPolicy: 'always',
  headers: 'always',
  directResponse: 'directResponse',
  mirrors: 'mirrorsAreInherited',
}

function inheritedFields(primary: HTTPRoute, version: IstioVersion): HTTPRoute {
  const known = features(version)
  return Object.fromEntries(
    Object.entries(primary).filter(([field]) => {
      const when = ownValue(inherited, field)
      return when === 'always' || (when !== undefined && known[when])
    }),
  )
}

function joinNames(primary: string | undefined, secondary: string | undefined): string | undefined {
  if (secondary === undefined) return primary
  return primary === undefined ? secondary : `${primary}-${secondary}`
}

const joined = mergedBy('joined') as readonly FieldOf<string>[]
const united = mergedBy('union') as readonly Exclude<FieldName, FieldOf<string> | 'port' | 'ignoreUriCase'>[]

function mergedBy(way: MatchField['merge']): readonly FieldName[] {
  return allMatchFields.flatMap(([name, { merge }]) => (merge === way ? [name] : []))
}

type MatchMerge =
  | { readonly kind: 'merged'; readonly match: readonly HTTPMatchRequest[] }
  | { readonly kind: 'conflict'; readonly match: HTTPMatchRequest; readonly field: string }

/** The product of the compatible pairs, the secondary's matches outside, the primary's inside. */
function mergeMatches(
  primary: readonly HTTPMatchRequest[],
  secondary: readonly HTTPMatchRequest[],
): MatchMerge {
  if (primary.length === 0) return { kind: 'merged', match: secondary }
  if (secondary.length === 0) return { kind: 'merged', match: primary }
  const match: HTTPMatchRequest[] = []
  for (const inner of secondary) {
    const conflicts = primary.map((outer) => conflictOf(outer, inner))
    primary.forEach((outer, index) => {
      if (conflicts[index] === undefined) match.push(mergeMatch(outer, inner))
    })
    const [field] = conflicts
    if (field !== undefined && !conflicts.includes(undefined))
      return { kind: 'conflict', match: inner, field }
  }
  return { kind: 'merged', match }
}

/** Both matches as one (Istio `mergeHTTPMatchRequest`): what the secondary's does not say, the primary's does. */
export function mergeMatch(outer: HTTPMatchRequest, inner: HTTPMatchRequest): HTTPMatchRequest {
  const merged: Record<string, unknown> = { ...outer, ...inner }
  for (const name of joined) {
    const both = joinNames(outer[name], inner[name])
    if (both !== undefined) merged[name] = both
  }
  for (const name of united)
    if (outer[name] !== undefined && inner[name] !== undefined)
      merged[name] = { ...outer[name], ...inner[name] }
  return { ...merged, ...filledIn(outer, inner) }
}

/** The matchers that another tool fills in, in whichever of the two: they stay within the primary's whatever they become. */
function filledIn(outer: HTTPMatchRequest, inner: HTTPMatchRequest): HTTPMatchRequest {
  const found: Record<string, unknown> = {}
  for (const [name, field] of allMatchFields) {
    if (field.excludes === true) continue
    const kept = filledInAt(field, outer, inner)
    const [first] = kept
    if (first === undefined) continue
    const both = Object.fromEntries([...field.wanted(outer), ...field.wanted(inner), ...kept])
    found[name] = field.merge === 'union' ? both : first[1]
  }
  return found
}

function filledInAt(
  field: MatchField,
  outer: HTTPMatchRequest,
  inner: HTTPMatchRequest,
): readonly (readonly [key: string, matcher: StringMatch])[] {
  const given = new Map(field.wanted(outer))
  return field.wanted(inner).flatMap(([key, own]) => {
    const other = given.get(key)
    if (typeof own !== 'object' || typeof other !== 'object') return []
    return isFilledIn(own) || isFilledIn(other) ? [[key, filledInUnder(own, other)] as const] : []
  })
}

/**
 * The field that makes a primary's match incompatible with a secondary's match, if any (Istio `hasConflict`).
 * Syntactic: raw, case-sensitive prefixes; a regular expression conflicts with any value on the same field.
 */
export function conflictOf(outer: HTTPMatchRequest, inner: HTTPMatchRequest): string | undefined {
  for (const [, field] of allMatchFields) {
    const conflict = field.conflict(outer, inner)
    if (conflict !== undefined) return conflict
  }
  return undefined
}
