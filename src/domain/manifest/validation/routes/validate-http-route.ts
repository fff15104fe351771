import { rangeOf } from '../../../source/located.ts'
import { quoted, say } from '../../../words/phrase.ts'
import { wasNull } from '../../decoding/written-as.ts'
import { features } from '../../istio-features.ts'
import type { HTTPRoute } from '../../virtual-service.ts'
import { type Problem, refused, withPlace } from '../problem.ts'
import type { Validation } from '../validation.ts'
import { validateAction } from './validate-action.ts'
import { type RouteType, validateMatch } from './validate-match.ts'

/**
 * One entry of `http` (Istio `validateHTTPRoute`). What has a rule of its own is left to that rule: a delegate beside an
 * action, a delegate within a secondary.
 */
export function validateHttpRoute(
  entry: HTTPRoute,
  type: RouteType,
  validation: Validation,
): readonly Problem[] {
  if (wasNull(entry)) return [refused('null-entry', rangeOf(entry))]
  return [
    ...(type === 'root' ? [] : validateExclusivity(entry, validation)),
    ...(entry.match ?? []).flatMap((match) => validateMatch(match, type, validation)),
    ...validateAction(entry, validation),
  ]
}

const exclusive = {
  redirect: ['route', 'fault', 'rewrite', 'directResponse'],
  directResponse: ['route', 'fault', 'rewrite'],
} as const

/** `validateHTTPRouteConflict` for entries that do not delegate. */
function validateExclusivity(entry: HTTPRoute, { version }: Validation): readonly Problem[] {
  const mirrors =
    entry.mirror !== undefined && entry.mirrors !== undefined && features(version).mirrorsAreChecked
  return [
    ...validateOneAction(entry),
    ...(mirrors ? [refused('two-mirrors', rangeOf(entry, 'mirrors'))] : []),
  ]
}

function validateOneAction(entry: HTTPRoute): readonly Problem[] {
  const action =
    entry.redirect !== undefined
      ? 'redirect'
      : entry.directResponse !== undefined
        ? 'directResponse'
        : undefined
  if (action !== undefined)
    return exclusive[action]
      .filter((field) => entry[field] !== undefined)
      .map((field) => beside(entry, field, action))
  if (entry.route !== undefined || entry.delegate !== undefined) return []
  return [refused('no-action', rangeOf(entry))]
}

function beside(
  entry: HTTPRoute,
  field: 'route' | 'fault' | 'rewrite' | 'directResponse',
  action: 'redirect' | 'directResponse',
): Problem {
  const problem = refused('beside', rangeOf(entry, field), field, action)
  return withPlace(problem, say`${quoted(action)} is set here`, rangeOf(entry, action))
}
