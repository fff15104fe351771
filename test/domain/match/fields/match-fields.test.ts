import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unmetered } from '../../../../src/domain/language/string-set.ts'
import { httpMatchRequest } from '../../../../src/domain/manifest/decoding/istio-schema.ts'
import type { HTTPMatchRequest } from '../../../../src/domain/manifest/virtual-service.ts'
import { conditionsOf } from '../../../../src/domain/match/conditions.ts'
import type { FieldName } from '../../../../src/domain/match/fields/match-field.ts'
import { matchFields } from '../../../../src/domain/match/fields/match-fields.ts'
import { failedField } from '../../../../src/domain/match/request-matches.ts'
import { describeMismatch } from '../../../../src/domain/routing/explain/mismatch.ts'
import { conflictOf, mergeMatch } from '../../../../src/domain/routing/merge-http-routes.ts'
import { isCatchAll } from '../../../../src/domain/routing/route-table.ts'
import { matchWords } from '../../../../src/domain/terms/match-words.ts'
import { matchText } from '../../../../src/report/sentences/requests/match-text.ts'
import { written } from '../../../support/said.ts'

const request = { method: 'GET', scheme: 'http', authority: 'a.example', path: '/', headers: { x: '2' } }

/** A value of each field that this request does not have. The schema says which there must be. */
const samples: { readonly [Name in FieldName]: NonNullable<HTTPMatchRequest[Name]> } = {
  uri: { exact: '/login' },
  method: { exact: 'POST' },
  scheme: { exact: 'https' },
  authority: { exact: 'b.example' },
  headers: { x: { exact: '1' } },
  withoutHeaders: { x: { exact: '2' } },
  queryParams: { q: { exact: '1' } },
  port: 8443,
  sourceNamespace: 'n1',
  sourceLabels: { app: 'web' },
  gateways: ['n/gw'],
  ignoreUriCase: true,
  name: 'some',
  statPrefix: 'some',
}

const names = Object.keys(matchFields) as readonly FieldName[]
const asking = names.filter((name) => !['gateways', 'ignoreUriCase', 'name', 'statPrefix'].includes(name))
const only = (name: FieldName): HTTPMatchRequest => ({ [name]: samples[name] })

describe('the table of the fields of a match', () => {
  it('has the fields of the schema, and no others', () => {
    expect(names.toSorted()).toEqual(Object.keys(httpMatchRequest.fields).toSorted())
  })

  it.each(names)('%s of a primary is inherited by a match without it', (name) => {
    expect(mergeMatch(only(name), {})).toEqual(only(name))
    expect(mergeMatch({}, only(name))).toEqual(only(name))
  })

  it.each(names)('%s agrees with itself', (name) => {
    expect(conflictOf(only(name), only(name))).toBeUndefined()
  })

  it.each(asking)('%s keeps a request away by the sets as by the oracle, and all words name it', (name) => {
    const match = only(name)

    const field = failedField(match, request, true) ?? ''
    const { path, rest } = conditionsOf(match, { missingSatisfiesWithout: true, work: unmetered }) ?? {}

    expect(field.split('.')[0]).toBe(name)
    expect(path?.text === '' ? rest?.size : 1).toBe(1)
    expect(describeMismatch(match, field, request)).toMatch(new RegExp(`^${field}: \\S`))
    expect(describeMismatch(match, field, request)).not.toMatch(/: does not match$/)
    expect(matchText(match)).not.toBe('/*')
    expect(written(matchWords(match))).not.toBe('`/*`')
  })

  it.each(['method', 'scheme', 'authority', 'headers', 'withoutHeaders', 'queryParams'] as const)(
    'a match by %s is no catch-all',
    (name) => {
      expect(isCatchAll(only(name))).toBe(false)
      expect(isCatchAll({})).toBe(true)
    },
  )
})

/** Where a field is named besides its entry and the schema, because Istio treats it in a way of its own. */
const special: Readonly<Record<string, readonly string[]>> = {
  statPrefix: [],
  queryParams: [
    'domain/gateway-api/matches.ts',
    'domain/gateway-api/order.ts',
    'domain/manifest/decoding/gateway-api-schema.ts',
    'domain/manifest/validation/routes/refused-by-envoy.ts',
    'domain/manifest/validation/routes/validate-match.ts',
    'domain/match/request-matches.ts',
  ],
  withoutHeaders: [
    'domain/manifest/validation/routes/validate-match.ts',
    'domain/manifest/validation/validate-virtual-service.ts',
    'domain/match/request-matches.ts',
    'domain/rules/delegation/escaped-boundary.ts',
  ],
}

it.each(Object.entries(special))(
  '%s is named in its entry, in the schema and where it is special',
  (name, where) => {
    const code = (path: string) =>
      readFileSync(join('src', path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.ts'),
    )
    const naming = files.filter((path) => new RegExp(`\\b${name}\\b`).test(code(path)))

    expect(naming.toSorted()).toEqual(
      [
        'domain/manifest/decoding/istio-schema.ts',
        'domain/match/fields/match-fields.ts',
        ...where,
      ].toSorted(),
    )
  },
)
