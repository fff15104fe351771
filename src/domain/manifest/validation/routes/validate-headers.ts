import { rangeOf } from '../../../source/located.ts'
import type { SourceRange } from '../../../source/source-file.ts'
import { words } from '../../../words/phrase.ts'
import { rangeOfElement } from '../../decoding/written-as.ts'
import type { Headers, HTTPRoute } from '../../virtual-service.ts'
import { type Problem, refused, refusedFor, withPlace } from '../problem.ts'
import { headerOperationProblem, isAuthorityHeader } from '../values/header-names.ts'
import { headerValueProblem } from '../values/header-value.ts'

/** `headers` of an entry or a target: names, and values in Envoy's syntax. */
export function validateHeaders({ request = {}, response = {} }: Headers = {}): readonly Problem[] {
  return [
    ...validateValues(request.add, 'may-be-set'),
    ...validateValues(request.set, 'may-be-set'),
    ...validateRemoved(request),
    ...validateValues(response.add, 'is-fixed'),
    ...validateValues(response.set, 'is-fixed'),
    ...validateRemoved(response),
  ]
}

type Operations = NonNullable<Headers['request']>

function validateValues(
  values: Operations['set'] = {},
  authority: 'may-be-set' | 'is-fixed',
): readonly Problem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const range = rangeOf(values, name)
    const cause = headerValueProblem(value)
    return [
      ...refusedFor(headerOperationProblem(name, authority), range),
      ...(cause === undefined ? [] : [refused('header-value', range, name, cause)]),
    ]
  })
}

function validateRemoved(operations: Operations): readonly Problem[] {
  const names = operations.remove ?? []
  return names.flatMap((name, index) => {
    const range = rangeOfElement(names, index) ?? rangeOf(operations, 'remove')
    return refusedFor(headerOperationProblem(name, 'is-fixed'), range)
  })
}

interface Setting {
  readonly value: string
  readonly range: SourceRange | undefined
}

/** The authority may be set in one place only: rewrite, request.set or request.add (Istio `validateAuthorityRewrite`). */
export function validateAuthority(
  rewrite: HTTPRoute['rewrite'] = {},
  headers: Headers = {},
): readonly Problem[] {
  const inHeaders = (['set', 'add'] as const).flatMap((operation): readonly Setting[] => {
    const values = headers.request?.[operation] ?? {}
    const names = Object.entries(values).filter(([name]) => isAuthorityHeader(name))
    return names.map(([name, value]) => ({ value, range: rangeOf(values, name) }))
  })
  const inRewrite: Setting = { value: rewrite.authority ?? '', range: rangeOf(rewrite, 'authority') }
  const places = [inRewrite, ...inHeaders]
  const first = places.findIndex(({ value }) => value !== '')
  const second = first === -1 ? undefined : places[first + 1]
  if (second === undefined) return []
  const problem = refused('authority-twice', second.range)
  return [withPlace(problem, words('It is set here already'), places[first]?.range)]
}
