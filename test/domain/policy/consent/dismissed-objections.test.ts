import { describe, expect, it } from 'vitest'
import { settle } from '../../../../src/domain/policy/consent/consent.ts'
import type { Dismissal, Review } from '../../../../src/domain/policy/consent/people.ts'
import type { Requirement } from '../../../../src/domain/policy/decision.ts'
import { sentence } from '../../../support/said.ts'
import { approval, catalog, head, login, people, policyWith } from '../fixtures.ts'

const wanted: Requirement = {
  team: login,
  because: [
    {
      kind: 'resource',
      code: 'resource-changed',
      values: {},
      ...sentence('VirtualService ns1/vs-1 is changed'),
    },
  ],
}

const by = (name: string) => ({ login: name, bot: false })

function dismissed(objector: string, dismissal?: Dismissal): Review {
  return {
    ...approval(objector),
    state: 'dismissed',
    mayWrite: false,
    ...(dismissal === undefined ? {} : { dismissal }),
  }
}

function told(reviews: readonly Review[], requirement = wanted) {
  const cast = { ...people({ author: 'carl' }), reviews }
  return settle(requirement, { people: cast, head, policy: policyWith() }).dismissed
}

describe('an objection that was dismissed', () => {
  it('is told with who dismissed it', () => {
    const review = dismissed('ada', { was: 'objection', by: by('carl') })

    expect(told([review])).toEqual([{ objector: 'ada', by: { login: 'carl', membership: 'no-member' } }])
  })

  it('is told where another owner dismissed it', () => {
    const review = dismissed('ada', { was: 'objection', by: by('alan') })

    expect(told([review])).toEqual([{ objector: 'ada', by: { login: 'alan', membership: 'member' } }])
  })

  it('is told where nobody knows who dismissed it', () => {
    expect(told([dismissed('ada', { was: 'objection' })])).toEqual([{ objector: 'ada' }])
  })

  it('by an owner of a team that is only told is told', () => {
    const review = dismissed('ada', { was: 'objection', by: by('carl') })

    expect(told([review], { ...wanted, team: catalog, standsInFor: [login] })).toHaveLength(1)
  })

  it.each([
    ['what its owner took back', dismissed('ada', { was: 'objection', by: by('Ada') })],
    ['an approval that was dismissed', dismissed('ada', { was: 'no-objection', by: by('carl') })],
    ['a dismissal of which nothing is known', dismissed('ada')],
    ['what somebody of another team said', dismissed('carl', { was: 'objection', by: by('cora') })],
    ['what a bot said', dismissed('ada[bot]', { was: 'objection', by: by('carl') })],
  ])('is not: %s', (_, review) => {
    expect(told([review])).toBeUndefined()
  })

  it('is over once its owner has approved', () => {
    const objection = {
      ...dismissed('ada', { was: 'objection', by: by('carl') }),
      at: '2020-01-01T00:00:00Z',
    }

    expect(told([objection, approval('ada')])).toBeUndefined()
  })
})
