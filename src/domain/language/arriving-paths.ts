import { anyOf } from './any-of.ts'
import { exactly, type StringSet, subtract, unmetered } from './string-set.ts'
import { language, paths } from './universe.ts'

/** What Envoy makes of a path before any route is asked (Istio's `meshConfig.pathNormalization`). */
export const pathNormalizations = ['NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'] as const

export type PathNormalization = (typeof pathNormalizations)[number]

/** The codes, behind a `%`, of what stands for itself in a path (RFC 3986, section 2.3); as a regular expression. */
export const codesOfUnreserved = '(?:2[dDeE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9]|[57][aA]|5[fF]|7[eE])'

/** What Envoy does not let stand in a path and encodes; between brackets of a regular expression. */
export const encodedByEnvoy = '"<>^`{|}'

/** A `\` is a slash to Envoy; `.` and `..` are folders. */
const neverInBase = anyOf(
  [`.*[${encodedByEnvoy}\\\\].*`, '.*/\\.\\.?(?:/.*)?', `.*%${codesOfUnreserved}.*`].map(language),
  unmetered,
)
/** `//` alone stays. */
const neverWhenMerged = subtract(language('.*//.*'), exactly('//'), unmetered)
const neverWhenDecoded = language('.*%(?:2[fF]|5[cC]).*')

const withoutFolders = subtract(paths, neverInBase, unmetered)
const withMergedSlashes = subtract(withoutFolders, neverWhenMerged, unmetered)

/** The paths that can arrive at a route: what `normalizedPath` gives. */
export const arrivingPaths: Readonly<Record<PathNormalization, StringSet>> = {
  NONE: paths,
  BASE: withoutFolders,
  MERGE_SLASHES: withMergedSlashes,
  DECODE_AND_MERGE_SLASHES: subtract(withMergedSlashes, neverWhenDecoded, unmetered),
}
