import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences, partition } from '../../../../src/domain/diff/tables/first-match.ts'
import { unmetered } from '../../../../src/domain/language/string-set.ts'
import type { HTTPMatchRequest } from '../../../../src/domain/manifest/virtual-service.ts'
import { everyRequest } from '../../../../src/domain/match/box.ts'
import { wholeOf } from '../../../../src/domain/reach/candidates.ts'
import { match } from '../../../support/meshes.ts'
import { containsPoint, valueAt } from '../../../support/points.ts'
import { request } from '../../../support/requests.ts'
import { answerOf, candidates, exact, prefix, satisfies, space } from '../../../support/worked-mesh.ts'

/** The matches as a list of candidates, each with everything it asks for; what they answer is their own. */
function list(...matches: readonly HTTPMatchRequest[]) {
  return candidates(...matches).flatMap((candidate) => {
    const asks = wholeOf(candidate, unmetered)
    const { route } = candidate
    return asks === undefined ? [] : [{ route, asks, id: JSON.stringify([route.match, route.outcome.key]) }]
  })
}

const whole = { ...space, newTerms: false }

describe('requests divided by the first that takes them', () => {
  it('are told in order, and at the end those whom nobody takes', () => {
    const parts = partition([everyRequest], list(exact('/a'), prefix('/a')), space)

    expect(parts.map(({ route }) => answerOf(route))).toEqual(['s0', 's1', 'nobody'])
  })
})

describe('what two lists treat differently', () => {
  it('is nothing where they are alike', () => {
    expect(
      differences(everyRequest, list(exact('/a'), prefix('/b')), list(exact('/a'), prefix('/b')), whole),
    ).toEqual([])
  })

  it('is what one list has and the other has not', () => {
    const [only, ...others] = differences(
      everyRequest,
      list(exact('/a')),
      list(exact('/a'), exact('/b')),
      whole,
    )

    expect(others).toEqual([])
    expect([answerOf(only?.before), answerOf(only?.after)]).toEqual(['nobody', 's1'])
  })

  it('is everything that has a route where the terms are new', () => {
    const both = list(exact('/a'), exact('/b'))
    const found = differences(everyRequest, both, both, { ...space, newTerms: true })

    expect(found.map(({ before, after }) => [answerOf(before), answerOf(after)])).toEqual([
      ['s0', 's0'],
      ['s1', 's1'],
    ])
  })

  it('law: a request lies in a difference where, and only where, its first matches end differently', () => {
    const matches = fc.array(
      match.map(({ gateways: _, ...rest }) => rest),
      { minLength: 1, maxLength: 3 },
    )
    fc.assert(
      fc.property(matches, matches, request, (one, other, asked) => {
        const [before, after] = [list(...one), list(...other)]
        const endOf = (all: typeof before) =>
          all.find(({ route }) => satisfies(asked, route.match))?.route.outcome.key
        const found = differences(everyRequest, before, after, whole)
        const its = found.filter(({ box }) => containsPoint({ boxes: [box] }, valueAt(asked)))

        expect(its.map((each) => [each.before?.outcome.key, each.after?.outcome.key])).toEqual(
          endOf(before) === endOf(after) ? [] : [[endOf(before), endOf(after)]],
        )
      }),
    )
  })
})
