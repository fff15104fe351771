import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactly } from '../../../src/domain/language/string-set.ts'
import { areEqual, present, subtractValues } from '../../../src/domain/language/values.ts'
import { unmetered } from '../../../src/domain/language/work.ts'
import { conditionsOf } from '../../../src/domain/match/conditions.ts'
import { universeOf } from '../../../src/domain/match/dimensions.ts'
import {
  intersectRequests,
  noRequests,
  type RequestSet,
  simplifyRequests,
  subtractRequests,
  uniteRequests,
} from '../../../src/domain/match/request-set.ts'
import { match } from '../../support/meshes.ts'
import { containsPoint, valueAt } from '../../support/points.ts'
import { request } from '../../support/requests.ts'

const space = { universe: universeOf, work: unmetered }

/** The requests of one match without what a literal says of the path. */
const one: fc.Arbitrary<RequestSet> = match.map((asked) => {
  const rest = conditionsOf(asked, { missingSatisfiesWithout: true, work: unmetered })?.rest
  return rest === undefined ? noRequests : { boxes: [rest] }
})

const set = fc
  .array(one, { maxLength: 3 })
  .map((parts) => parts.reduce((all, part) => uniteRequests(all, part, space), noRequests))

describe('sets of requests', () => {
  it('r in a and b <=> r in a and r in b; r in a without b <=> r in a and not in b; r in a or b <=> r in a or r in b', () => {
    fc.assert(
      fc.property(set, set, request, (a, b, asked) => {
        const at = valueAt(asked)
        const [inA, inB] = [containsPoint(a, at), containsPoint(b, at)]

        expect(containsPoint(intersectRequests(a, b, unmetered), at)).toBe(inA && inB)
        expect(containsPoint(subtractRequests(a, b, space), at)).toBe(inA && !inB)
        expect(containsPoint(uniteRequests(a, b, space), at)).toBe(inA || inB)
      }),
      { numRuns: 300 },
    )
  })

  it('a without a is empty', () => {
    fc.assert(
      fc.property(set, (a) => {
        expect(subtractRequests(a, a, space)).toEqual(noRequests)
      }),
    )
  })

  it('a simpler form holds the same requests in no more boxes, whatever their order', () => {
    fc.assert(
      fc.property(set, request, (a, asked) => {
        const simple = simplifyRequests(a, space)

        expect(simple.boxes.length).toBeLessThanOrEqual(a.boxes.length)
        expect(containsPoint(simple, valueAt(asked))).toBe(containsPoint(a, valueAt(asked)))
        expect(simplifyRequests({ boxes: a.boxes.toReversed() }, space).boxes.length).toBe(
          simple.boxes.length,
        )
      }),
      { numRuns: 200 },
    )
  })

  it('in a simpler form no dimension allows everything', () => {
    fc.assert(
      fc.property(set, (a) => {
        const halves = a.boxes.flatMap((box) => [
          new Map(box).set('method', present(exactly('GET'))),
          new Map(box).set(
            'method',
            subtractValues(space.universe('method'), present(exactly('GET')), unmetered),
          ),
        ])
        const free = simplifyRequests({ boxes: halves }, space).boxes.flatMap((box) =>
          [...box].filter(([dimension, values]) => areEqual(values, space.universe(dimension))),
        )

        expect(free).toEqual([])
      }),
    )
  })

  it('the boxes of a union do not overlap', () => {
    fc.assert(
      fc.property(set, request, (a, asked) => {
        const holding = a.boxes.filter((box) => containsPoint({ boxes: [box] }, valueAt(asked)))

        expect(holding.length).toBeLessThanOrEqual(1)
      }),
    )
  })
})
