import { budgets } from '../budgets.ts'
import type { StringMatch } from '../manifest/virtual-service.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { goneUris } from './both-sides.ts'
import type { Generator } from './candidate.ts'
import { type Intruder, intruders } from './other-teams.ts'
import { rewriteUri } from './rewrite-uri.ts'

/** More values of the base side than this are not tried for one match. */
const mostValues = budgets.wayOutValues.size

/**
 * Narrows a broadened match, so that the requests of other teams stay with them: to the paths that start with what it
 * said on the base side (`prefix: /log`, once `exact: /login`, to `prefix: /login`), else to that alone.
 */
export const narrowMatch: Generator = (judgement) =>
  intruders(judgement).flatMap((intruder) =>
    narrower(intruder).flatMap((uri) => rewriteUri(intruder.match.uri, uri) ?? []),
  )

function narrower({ match, base, virtualService }: Intruder): readonly StringMatch[] {
  const { prefix, regex } = match.uri ?? {}
  if (prefix === undefined && regex === undefined) return []
  const gone = goneUris(base, virtualService)
    .filter((uri) => isWithin(uri.exact ?? uri.prefix, prefix))
    .sort((a, b) => compareByLength(a.exact ?? a.prefix ?? '', b.exact ?? b.prefix ?? ''))
    .slice(0, mostValues)
  const starting = gone.map((uri): StringMatch => ({ prefix: uri.exact ?? uri.prefix ?? '' }))
  return [...starting, ...gone.filter(({ exact }) => exact !== undefined)]
}

function isWithin(value: string | undefined, prefix: string | undefined): boolean {
  if (value === undefined || value === '') return false
  return prefix === undefined || (value.startsWith(prefix) && value !== prefix)
}

/** The broadest first: it leaves most of what was proposed. */
function compareByLength(a: string, b: string): number {
  return a.length - b.length || compareTexts(a, b)
}
