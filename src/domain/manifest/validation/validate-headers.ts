import type { SourceRange } from '../../source/source-file.ts'
import { told } from '../../words/told.ts'
import { type Message, messageAt, placeOf, textAt, textsAt } from '../decoding/fields.ts'
import { type Problem, refused } from '../decoding/problem.ts'
import { rangeOfElement } from '../decoding/written-as.ts'
import { excerpt } from '../excerpt.ts'
import { headerOperationProblem, isAuthorityHeader } from './header-names.ts'
import { headerValueProblem } from './header-value.ts'

/** `headers` of an entry or a target: names, and values in Envoy's syntax. */
export function validateHeaders(headers: Message | undefined): readonly Problem[] {
  const request = messageAt(headers, 'request')
  const response = messageAt(headers, 'response')
  return [
    ...validateValues(messageAt(request, 'add'), 'may-be-set'),
    ...validateValues(messageAt(request, 'set'), 'may-be-set'),
    ...validateRemoved(request),
    ...validateValues(messageAt(response, 'add'), 'is-fixed'),
    ...validateValues(messageAt(response, 'set'), 'is-fixed'),
    ...validateRemoved(response),
  ]
}

function validateValues(
  values: Message | undefined,
  authority: 'may-be-set' | 'is-fixed',
): readonly Problem[] {
  return Object.keys(values ?? {}).flatMap((name) => {
    const range = placeOf(values, name)
    const nameProblem = headerOperationProblem(name, authority)
    const valueProblem = headerValueProblem(textAt(values, name))
    const wrongValue = `The value of \`${excerpt(name)}\` is not in Envoy's syntax: ${valueProblem}`
    return [
      ...(nameProblem === undefined ? [] : [refused(nameProblem, range)]),
      ...(valueProblem === undefined ? [] : [refused(wrongValue, range)]),
    ]
  })
}

function validateRemoved(operations: Message | undefined): readonly Problem[] {
  const names = textsAt(operations, 'remove')
  return names.flatMap((name, index) => {
    const problem = headerOperationProblem(name, 'is-fixed')
    const range = rangeOfElement(names, index) ?? placeOf(operations, 'remove')
    return problem === undefined ? [] : [refused(problem, range)]
  })
}

interface Setting {
  readonly value: string
  readonly range: SourceRange | undefined
}

/** The authority may be set in one place only: rewrite, request.set or request.add (Istio `validateAuthorityRewrite`). */
export function validateAuthority(
  rewrite: Message | undefined,
  headers: Message | undefined,
): readonly Problem[] {
  const request = messageAt(headers, 'request')
  const inHeaders = ['set', 'add'].flatMap((operation): readonly Setting[] => {
    const values = messageAt(request, operation)
    const names = Object.keys(values ?? {}).filter(isAuthorityHeader)
    return names.map((name) => ({ value: textAt(values, name), range: placeOf(values, name) }))
  })
  const inRewrite: Setting = { value: textAt(rewrite, 'authority'), range: placeOf(rewrite, 'authority') }
  const places = [inRewrite, ...inHeaders]
  const first = places.findIndex(({ value }) => value !== '')
  const second = first === -1 ? undefined : places[first + 1]
  if (second === undefined) return []
  const range = places[first]?.range
  const notes = range && [{ ...told('It is set here already'), range }]
  return [refused('The authority of the request is set twice', second.range, { because: notes })]
}
