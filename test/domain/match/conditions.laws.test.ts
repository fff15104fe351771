import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../../src/domain/language/values.ts'
import { unmetered } from '../../../src/domain/language/work.ts'
import type { HTTPMatchRequest, StringMatch } from '../../../src/domain/manifest/virtual-service.ts'
import { type Conditions, conditionsOf } from '../../../src/domain/match/conditions.ts'
import { isOpaque } from '../../../src/domain/match/dimensions.ts'
import type { Request } from '../../../src/domain/match/request.ts'
import { failedField } from '../../../src/domain/match/request-matches.ts'
import { runs } from '../../support/laws.ts'
import { match } from '../../support/meshes.ts'
import { pattern } from '../../support/patterns.ts'
import { containsPoint, valueAt } from '../../support/points.ts'
import { request } from '../../support/requests.ts'

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

/** Values that a header and a parameter may both have. */
const value = fc
  .array(fc.constantFrom('a', 'x', 'A', '1', '-', 'é', '~', '.', '_'), { maxLength: 4 })
  .map((characters) => characters.join(''))

const sent: fc.Arbitrary<Request> = fc
  .record({ x: fc.option(value, { nil: undefined }), q: fc.option(value, { nil: undefined }) })
  .map(({ x, q }) => ({
    ...plain,
    path: q === undefined ? '/' : `/?q=${q}`,
    headers: { ...(x !== undefined && { x }) },
  }))

const expression = pattern.map((regex): StringMatch => ({ regex }))

/** Some of the fields in which a value may be missing, each with an expression. */
const expressions: fc.Arbitrary<HTTPMatchRequest> = fc.record({
  headers: fc.dictionary(fc.constantFrom('x', 'X'), expression, { maxKeys: 1 }),
  withoutHeaders: fc.dictionary(fc.constantFrom('x', 'X'), expression, { maxKeys: 2 }),
  queryParams: fc.dictionary(fc.constant('q'), expression, { maxKeys: 1 }),
})
describe('the conditions of a match', () => {
  it.each([true, false])(
    'hold for r <=> the match takes r (a missing header satisfies withoutHeaders: %s)',
    (missing) => {
      fc.assert(
        fc.property(match, request, (asked, one) => {
          const { gateways: _, ...here } = asked
          const conditions = conditionsOf(here, { missingSatisfiesWithout: missing, work: unmetered })

          expect(holds(conditions, valueAt(one))).toBe(failedField(here, one, missing) === undefined)
        }),
        { numRuns: runs(250, 20_000) },
      )
    },
  )

  it('hold for r <=> the match takes r, whatever the expressions, with the header or parameter and without', () => {
    fc.assert(
      fc.property(expressions, sent, fc.boolean(), (asked, one, missing) => {
        const conditions = conditionsOf(asked, { missingSatisfiesWithout: missing, work: unmetered })
        fc.pre(![...(conditions?.rest.keys() ?? [])].some(isOpaque))

        expect(holds(conditions, valueAt(one))).toBe(failedField(asked, one, missing) === undefined)
      }),
      { numRuns: runs(150, 20_000) },
    )
  })
})
