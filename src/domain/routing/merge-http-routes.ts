import { filledInUnder } from '../manifest/filled-in-under.ts'
import { type IstioVersion, isSince } from '../manifest/istio-version.ts'
import { mayBeIdentity } from '../manifest/names.ts'
import { isUnknown, isUnknownValue, mayBe } from '../manifest/placeholders.ts'
import type { HTTPMatchRequest, HTTPRoute, StringMatch } from '../manifest/virtual-service.ts'
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
function inheritedFields(primary: HTTPRoute, version: IstioVersion): HTTPRoute {
  const fields: HTTPRoute = {
    ...(primary.rewrite && { rewrite: primary.rewrite }),
    ...(primary.timeout !== undefined && { timeout: primary.timeout }),
    ...(primary.retries && { retries: primary.retries }),
    ...(primary.fault && { fault: primary.fault }),
    ...(primary.mirror && { mirror: primary.mirror }),
    ...(primary.mirrorPercent !== undefined && { mirrorPercent: primary.mirrorPercent }),
    ...(primary.mirrorPercentage && { mirrorPercentage: primary.mirrorPercentage }),
    ...(primary.corsPolicy && { corsPolicy: primary.corsPolicy }),
    ...(primary.headers && { headers: primary.headers }),
  }
  return {
    ...fields,
    ...(isSince(version, 15) && primary.directResponse && { directResponse: primary.directResponse }),
    ...(isSince(version, 19) && primary.mirrors && { mirrors: primary.mirrors }),
  }
}

function joinNames(primary: string | undefined, secondary: string | undefined): string | undefined {
  if (secondary === undefined) return primary
  return primary === undefined ? secondary : `${primary}-${secondary}`
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

function mergeMatch(outer: HTTPMatchRequest, inner: HTTPMatchRequest): HTTPMatchRequest {
  const name = joinNames(outer.name, inner.name)
  return {
    ...outer,
    ...inner,
    ...(name !== undefined && { name }),
    ...mergedTexts(outer, inner),
    ...mergedMatchers('headers', outer, inner),
    ...mergedMap('withoutHeaders', outer, inner),
    ...mergedMatchers('queryParams', outer, inner),
    ...mergedMap('sourceLabels', outer, inner),
  }
}

type MapField = 'headers' | 'withoutHeaders' | 'queryParams' | 'sourceLabels'

/** The union of both maps; the secondary's keys win. */
function mergedMap(field: MapField, outer: HTTPMatchRequest, inner: HTTPMatchRequest): HTTPMatchRequest {
  if (outer[field] === undefined && inner[field] === undefined) return {}
  return { [field]: { ...outer[field], ...inner[field] } }
}

/** The same of matchers, which stay within the primary's whatever they are filled in with. */
function mergedMatchers(
  field: 'headers' | 'queryParams',
  outer: HTTPMatchRequest,
  inner: HTTPMatchRequest,
): HTTPMatchRequest {
  const own = Object.entries(inner[field] ?? {}).map(
    ([name, matcher]) => [name, mergedText(ownValue(outer[field], name), matcher)] as const,
  )
  if (outer[field] === undefined && own.length === 0) return mergedMap(field, outer, inner)
  return { [field]: { ...outer[field], ...Object.fromEntries(own) } }
}

const textFields = ['uri', 'scheme', 'method', 'authority'] as const

function mergedTexts(outer: HTTPMatchRequest, inner: HTTPMatchRequest): HTTPMatchRequest {
  return Object.fromEntries(
    textFields.flatMap((field) => {
      const own = inner[field]
      const merged = own && mergedText(outer[field], own)
      return merged === own ? [] : [[field, merged]]
    }),
  )
}

function mergedText(outer: StringMatch | undefined, inner: StringMatch): StringMatch {
  return outer !== undefined && (isFilledIn(outer) || isFilledIn(inner)) ? filledInUnder(inner, outer) : inner
}

/**
 * The field that makes a primary's match incompatible with a secondary's match, if any (Istio `hasConflict`).
 * Syntactic: raw, case-sensitive prefixes; a regular expression conflicts with any value on the same field.
 */
export function conflictOf(outer: HTTPMatchRequest, inner: HTTPMatchRequest): string | undefined {
  return (
    stringConflict(outer, inner) ??
    mapConflict('headers', outer, inner) ??
    mapConflict('withoutHeaders', outer, inner) ??
    mapConflict('queryParams', outer, inner) ??
    scalarConflict(outer, inner) ??
    labelConflict(outer, inner) ??
    (gatewaysConflict(outer, inner) ? 'gateways' : undefined)
  )
}

function stringConflict(outer: HTTPMatchRequest, inner: HTTPMatchRequest): string | undefined {
  const fields = ['uri', 'scheme', 'method', 'authority'] as const
  return fields.find((field) => conflicts(outer[field], inner[field]))
}

function mapConflict(
  field: 'headers' | 'withoutHeaders' | 'queryParams',
  outer: HTTPMatchRequest,
  inner: HTTPMatchRequest,
): string | undefined {
  const key = Object.keys(inner[field] ?? {}).find((name) =>
    conflicts(ownValue(outer[field], name), ownValue(inner[field], name)),
  )
  return key === undefined ? undefined : `${field}.${key}`
}

function scalarConflict(outer: HTTPMatchRequest, inner: HTTPMatchRequest): string | undefined {
  if ((outer.ignoreUriCase ?? false) !== (inner.ignoreUriCase ?? false)) return 'ignoreUriCase'
  if (typeof outer.port === 'number' && typeof inner.port === 'number' && outer.port !== inner.port)
    return 'port'
  const { sourceNamespace } = outer
  return sourceNamespace !== undefined && !mayAgree(sourceNamespace, inner.sourceNamespace)
    ? 'sourceNamespace'
    : undefined
}

/** What another tool fills in is taken to agree. */
function mayAgree(outer: string, inner: string | undefined): boolean {
  return inner !== undefined && mayBe(outer, inner)
}

function labelConflict(outer: HTTPMatchRequest, inner: HTTPMatchRequest): string | undefined {
  const key = Object.keys(inner.sourceLabels ?? {}).find((name) => {
    const given = ownValue(outer.sourceLabels, name)
    return given !== undefined && !mayAgree(given, ownValue(inner.sourceLabels, name))
  })
  return key === undefined ? undefined : `sourceLabels.${key}`
}

/** Lengths first, as Istio does: `[a, a]` conflicts with `[a]`. */
function gatewaysConflict(outer: HTTPMatchRequest, inner: HTTPMatchRequest): boolean {
  const given = outer.gateways ?? []
  const wanted = inner.gateways ?? []
  if (given.length === 0 || wanted.length === 0) return false
  return (
    given.length < wanted.length ||
    wanted.some((gateway) => !given.some((each) => each === gateway || mayBeFilledIn(each, gateway)))
  )
}

function mayBeFilledIn(a: string, b: string): boolean {
  return (isUnknown(a) || isUnknown(b)) && mayBeIdentity(a, b)
}

/** What another tool fills in is taken to agree: nothing can be said against it. */
function isFilledIn({ exact = '', prefix = '', regex = '' }: StringMatch): boolean {
  return isUnknownValue(exact) || isUnknownValue(prefix) || isUnknownValue(regex)
}

/** Istio `stringMatchConflict`: whether the inner matcher is not textually within the outer one. */
function conflicts(outer: StringMatch | undefined, inner: StringMatch | undefined): boolean {
  if (outer === undefined || inner === undefined || isFilledIn(outer) || isFilledIn(inner)) return false
  const [exact, prefix, regex] = [outer.exact ?? '', outer.prefix ?? '', outer.regex ?? '']
  const [innerExact, innerPrefix, innerRegex] = [inner.exact ?? '', inner.prefix ?? '', inner.regex ?? '']
  const isSet = exact !== '' || prefix !== '' || regex !== ''
  const innerIsSet = innerExact !== '' || innerPrefix !== '' || innerRegex !== ''
  if ((regex !== '' && innerIsSet) || (innerRegex !== '' && isSet)) return true
  if (exact !== '') return innerPrefix !== '' || innerExact !== exact
  if (prefix !== '' && innerPrefix !== '') return !innerPrefix.startsWith(prefix)
  if (prefix !== '' && innerExact !== '') return !innerExact.startsWith(prefix)
  return true
}
