import { describe, expect, it } from 'vitest'
import {
  ownersToList,
  type Roster,
  sharedApprovers,
} from '../../../../src/domain/policy/consent/shared-approvers.ts'
import { decide } from '../../../../src/domain/policy/decide.ts'
import {
  approval,
  type Cast,
  catalog,
  change,
  head,
  judge,
  login,
  people,
  person,
  type Story,
} from '../fixtures.ts'

const rosters: Readonly<Record<string, readonly string[]>> = {
  '@bookinfo/login': ['ada', 'zoe', 'yan', 'release[bot]'],
  '@bookinfo/catalog': ['carl', 'Zoe', 'yan', 'max', 'release[bot]'],
  '@bookinfo/mesh-admins': ['max', 'Yan'],
}
const roster: Roster = (owner) => rosters[owner]?.map(person)

const two: Story = { changes: [change('changed', [login, catalog])] }

function assessment(cast: Cast, story = two) {
  return decide(judge(story), people(cast), head)
}

const said = (cast: Cast, story?: Story) =>
  sharedApprovers(assessment(cast, story), roster).map(
    ({ logins, teams }) => `${logins.join(' ')}: ${teams.map(({ label }) => label).join(' ')}`,
  )

describe('who is in several of the teams still unmet', () => {
  it('is named with these teams, in any case of the login', () => {
    expect(said({ author: 'dora' })).toEqual(['Zoe yan: @bookinfo/catalog @bookinfo/login'])
  })

  it('is nobody once only one team is unmet', () => {
    const cast = { author: 'dora', reviews: [approval('ada')] }

    expect(said(cast)).toEqual([])
    expect(ownersToList(assessment(cast))).toEqual([])
  })

  it('is not the author, nor whoever pushed last, nor a bot', () => {
    expect(said({ author: 'yan', pushers: ['yan', 'zoe'], lastPusher: 'ZOE' })).toEqual([])
  })

  it('is told with most teams first', () => {
    const three: Story = { merged: [], changes: [change('changed', [login, catalog])] }

    expect(said({ author: 'dora' }, three)).toEqual([
      'yan: @bookinfo/catalog @bookinfo/login @bookinfo/mesh-admins',
      'Zoe: @bookinfo/catalog @bookinfo/login',
      'max: @bookinfo/catalog @bookinfo/mesh-admins',
    ])
  })

  it('does not matter where only owners may make the change', () => {
    const strict: Story = { merged: [], policy: { ownership: { consent: 'author', administrators: [] } } }

    expect(said({ author: 'dora' }, strict)).toEqual([])
  })

  it('needs the members of each owner once, in whatever case, and of none that GitHub does not know', () => {
    expect(ownersToList(assessment({ author: 'dora' }))).toEqual(['@bookinfo/catalog', '@bookinfo/login'])
    expect(sharedApprovers(assessment({ author: 'dora' }), () => undefined)).toEqual([])
  })
})
