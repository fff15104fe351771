import { describe, expect, it } from 'vitest'
import type { Value } from '../../../src/domain/language/values.ts'
import { unmetered } from '../../../src/domain/language/work.ts'
import { type Conditions, conditionsOf } from '../../../src/domain/match/conditions.ts'
import type { Request } from '../../../src/domain/match/request.ts'
import { containsPoint, valueAt } from '../../support/points.ts'

function holds(conditions: Conditions | undefined, at: (dimension: string) => Value): boolean {
  if (conditions === undefined) return false
  const { kind, text } = conditions.path
  const path = at('path') ?? ''
  const literal = kind === 'exact' ? path === text : path.startsWith(text)
  return literal && containsPoint({ boxes: [conditions.rest] }, at)
}

const plain: Request = {
  method: 'GET',
  scheme: 'http',
  authority: 'a.example',
  path: '/',
  headers: {},
  port: 80,
}

const placeholder = '$' + '{X}'

describe('the conditions of a match', () => {
  it.each(['.*', '.+', '.', '[^x]*', '\\W', '(?s).*', '\\x00', '(?:)', '[^[:print:]]'])(
    'nothing that is absent satisfies ~ %s',
    (regex) => {
      const nothing = { ...plain, headers: {} }
      for (const asked of [{ headers: { x: { regex } } }, { queryParams: { q: { regex } } }]) {
        const conditions = conditionsOf(asked, { missingSatisfiesWithout: true, work: unmetered })

        expect(holds(conditions, valueAt(nothing))).toBe(false)
      }
    },
  )

  it.each([
    ['a claim', { headers: { '@request.auth.claims.sub': { exact: 'a' } } }],
    ['the path with its query', { headers: { ':path': { prefix: '/a?' } } }],
    ['a pattern over its budget', { uri: { regex: '/(a|b)*a(a|b){20}' } }],
    [
      'a pattern over its budget once it is cut to what a header can be',
      { headers: { x: { regex: '.*[ab ].{13}' } } },
    ],
    ['a pattern that RE2 refuses', { uri: { regex: '/(?=a)' } }],
    ['a path that another tool fills in', { uri: { prefix: placeholder } }],
    ['a header that another tool fills in', { headers: { x: { exact: '{{ .Values.x }}' } } }],
    ['a port that another tool fills in', { port: placeholder }],
  ])('what is not looked into is a condition of its own: %s', (_what, asked) => {
    const conditions = conditionsOf(asked, { missingSatisfiesWithout: true, work: unmetered })

    expect([...(conditions?.rest.keys() ?? [])].some((dimension) => dimension.startsWith('opaque:'))).toBe(
      true,
    )
  })

  it.each([
    [
      'two values of one header in two cases of its name',
      { headers: { x: { exact: '1' }, X: { exact: '2' } } },
    ],
    ['a header that must be there and must not', { headers: { x: {} }, withoutHeaders: { x: {} } }],
    ['a header name that cannot be sent', { headers: { 'a b': {} } }],
    ['a scheme that no proxy sees', { scheme: { exact: 'ftp' } }],
  ])('contradictions leave no request: %s', (_what, asked) => {
    expect(conditionsOf(asked, { missingSatisfiesWithout: true, work: unmetered })).toBeUndefined()
  })

  it('a pattern with a literal start is kept apart by it', () => {
    const conditions = conditionsOf(
      { uri: { regex: '/api/v[0-9]+' } },
      { missingSatisfiesWithout: true, work: unmetered },
    )

    expect(conditions?.path).toEqual({ kind: 'prefix', text: '/api/v' })
  })

  it('of a path that another tool fills in only how it begins is known', () => {
    const conditions = conditionsOf(
      { uri: { exact: `/api/${placeholder}/a` } },
      { missingSatisfiesWithout: true, work: unmetered },
    )

    expect(conditions?.path).toEqual({ kind: 'prefix', text: '/api/' })
  })
})
