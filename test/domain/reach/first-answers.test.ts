import fc from 'fast-check'
import { expect, it } from 'vitest'
import { everyRequest } from '../../../src/domain/match/box.ts'
import { firstAnswers, withoutCandidates } from '../../../src/domain/reach/first-answers.ts'
import { match } from '../../support/meshes.ts'
import { containsPoint, valueAt } from '../../support/points.ts'
import { request } from '../../support/requests.ts'
import { answerOf, boxFor, candidates, exact, prefix, satisfies, space } from '../../support/worked-mesh.ts'

it('names who answers, in order, and at the end what nobody does', () => {
  const answers = firstAnswers([boxFor(prefix('/a'))], candidates(exact('/a/b'), prefix('/a/')), space)

  expect(answers.map(({ route }) => answerOf(route))).toEqual(['s0', 's1', 'nobody'])
})

it('passes by who takes nothing', () => {
  const answers = firstAnswers([boxFor(exact('/b'))], candidates(prefix('/a'), exact('/b')), space)

  expect(answers.map(({ route }) => answerOf(route))).toEqual(['s1'])
})

it('law: a request lies in the answer of the first candidate that it matches, and in no other', () => {
  fc.assert(
    fc.property(fc.array(match, { minLength: 1, maxLength: 4 }), request, (matches, asked) => {
      const all = candidates(...matches.map(({ gateways: _, ...rest }) => rest))
      const at = valueAt(asked)
      const first = all.find(({ route }) => satisfies(asked, route.match))
      const answers = firstAnswers([everyRequest], all, space)
      const its = answers.filter(({ boxes }) => containsPoint({ boxes }, at))

      expect(its.map(({ route }) => route)).toEqual([first?.route])
      expect(containsPoint({ boxes: withoutCandidates([everyRequest], all, space) }, at)).toBe(
        first === undefined,
      )
    }),
  )
})
