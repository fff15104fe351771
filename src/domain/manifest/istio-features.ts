import { memoized } from '../source/memoized.ts'
import { type IstioVersion, versionText } from './istio-version.ts'

/**
 * What Istio does since a version 1.x, and did not before: every behaviour here that differs by version. The sources are
 * Istio's release notes and the code of the tags before and after.
 */
const since = {
  /** Validation: `rewrite.authority` and header operations do not both set the authority (`validateAuthorityRewrite`). */
  authorityIsSetOnce: 10,
  /** Merge: `delegate.namespace` defaults to the primary's own (istio/istio#33255). Before, it resolves to nothing. */
  delegateNamespaceDefaults: 11,
  /** Validation: headers that stand for a JWT claim are for gateways only. */
  claimsNeedGateways: 12,
  /** Validation: a regular expression has at most 1024 characters (`validateStringRegexp`). */
  regexIsLimited: 13,
  /** `directResponse` is known, and inherited by the entries of a secondary. */
  directResponse: 15,
  /** Validation: a regular expression may stand where a route is delegated (istio/istio#38692). */
  regexInDelegates: 15,
  /** Validation: weights are relative. Before, each was at most 100 and they summed to 100. */
  weightsAreRelative: 15,
  /** `.` in `defaultVirtualServiceExportTo` is the namespace of each object (istio/istio#42602). Before, it hid secondaries. */
  defaultExportToOwnNamespace: 17,
  /** Validation: an empty prefix in `headers` is refused. */
  headerPrefixIsNotEmpty: 18,
  /** Merge: `mirrors` is inherited. */
  mirrorsAreInherited: 19,
  /** Validation: `mirrors` is looked at, and does not stand beside `mirror`. */
  mirrorsAreChecked: 20,
  /** A header that is missing satisfies `withoutHeaders` (istio/istio#49537). Before, such a request did not match. */
  missingSatisfiesWithout: 22,
  /** Validation: delegated and other matches are held to the same (istio/istio#48534); `withoutHeaders` may be null. */
  matchesAreCheckedAlike: 22,
  /** Validation: an empty prefix is refused in every field but `uri`. */
  prefixIsNotEmpty: 22,
  /** Validation: header names are tokens of RFC 9110 or pseudo-headers. Before, letters, figures, `-` and `_`. */
  headerNamesAreTokens: 23,
  /** Validation: `prefixRewrite` needs matches by prefix. */
  prefixRewriteNeedsPrefixes: 31,
} as const

/** The first version that does this: `1.11`. */
export function firstWith(behaviour: keyof typeof since): string {
  return versionText({ major: 1, minor: since[behaviour] })
}

/** Which of these behaviours a version has. */
export type Features = Readonly<Record<keyof typeof since, boolean>>

/** The behaviours of a version of Istio. */
export const features = memoized(({ major, minor }: IstioVersion): Features => {
  const all = Object.entries(since).map(([name, least]) => [
    name,
    major > 1 || (major === 1 && minor >= least),
  ])
  // One entry for each name of the table above.
  return Object.fromEntries(all) as Features
})
