import { rangeOf } from '../../source/located.ts'
import { guessed, told } from '../../words/told.ts'
import type { Message } from '../decoding/fields.ts'
import { type Problem, refused } from '../decoding/problem.ts'
import { wasNull } from '../decoding/written-as.ts'
import { isSince } from '../istio-version.ts'
import type { HTTPRoute } from '../virtual-service.ts'
import { validateAction } from './validate-action.ts'
import { type RouteType, validateMatch } from './validate-match.ts'
import type { Validation } from './validation.ts'

/**
 * One entry of `http` (Istio `validateHTTPRoute`). What has a rule of its own is left to that rule: a delegate beside an
 * action, a delegate within a secondary.
 */
export function validateHttpRoute(
  entry: HTTPRoute,
  type: RouteType,
  validation: Validation,
): readonly Problem[] {
  if (wasNull(entry)) return [refused('An entry of `http` is null', rangeOf(entry))]
  // The entry was decoded by the schema of HTTPRoute: as JSON it is a message like any other.
  const message = entry as unknown as Message
  return [
    ...(type === 'root' ? [] : validateExclusivity(entry, validation)),
    ...(entry.match ?? []).flatMap((match) => validateMatch(match, type, validation)),
    ...validateAction(message, validation),
  ]
}

const exclusive = {
  redirect: ['route', 'fault', 'rewrite', 'directResponse'],
  directResponse: ['route', 'fault', 'rewrite'],
} as const

/** `validateHTTPRouteConflict` for entries that do not delegate. */
function validateExclusivity(entry: HTTPRoute, { version }: Validation): readonly Problem[] {
  const mirrors = entry.mirror !== undefined && entry.mirrors !== undefined && isSince(version, 20)
  return [
    ...validateOneAction(entry),
    ...(mirrors
      ? [refused('An entry takes `mirror` or `mirrors`, not both', rangeOf(entry, 'mirrors'))]
      : []),
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
  return [
    refused('The entry does nothing: it has no `route`, `redirect` or `directResponse`', rangeOf(entry), {
      todo: guessed('Add a route, or remove the entry'),
    }),
  ]
}

function beside(
  entry: HTTPRoute,
  field: 'route' | 'fault' | 'rewrite' | 'directResponse',
  action: 'redirect' | 'directResponse',
): Problem {
  const range = rangeOf(entry, action)
  const notes = range && [{ ...told(`\`${action}\` is set here`), range }]
  return refused(`\`${field}\` has no place beside \`${action}\``, rangeOf(entry, field), { because: notes })
}
