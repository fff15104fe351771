import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distinctTeams, sameTeam, sortedTeams, teamOf, unowned } from '../../../src/domain/ownership/team.ts'

describe('a team', () => {
  test('is labelled as written, in line order', () => {
    const team = teamOf(['@Bookinfo/login', '@adam', 'Zoe@mail.example'])

    expect(team.label).toBe('@Bookinfo/login @adam Zoe@mail.example')
    expect(team.owners).toEqual(['@Bookinfo/login', '@adam', 'Zoe@mail.example'])
    expect(team.key).toBe('@adam @bookinfo/login zoe@mail.example')
  })

  test('has each owner once, as written first', () => {
    expect(teamOf(['@Lena', '@lena', '@LENA']).owners).toEqual(['@Lena'])
  })

  test('of nobody is unowned, a team of its own', () => {
    expect(teamOf([])).toBe(unowned)
    expect(unowned).toEqual({ key: 'unowned', owners: [], label: 'unowned' })
    expect(sameTeam(unowned, teamOf([]))).toBe(true)
    expect(sameTeam(unowned, teamOf(['@unowned']))).toBe(false)
  })

  test('is the same in any order and any case of its owners', () => {
    const owner = fc.constantFrom('@a', '@b', '@org/a', '@org/b', 'a@b.example')
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['@a', '@b', '@org/a', 'a@b.example']),
        fc.array(owner),
        (owners, others) => {
          const same = new Set(owners).symmetricDifference(new Set(others)).size === 0

          expect(
            sameTeam(teamOf(owners), teamOf([...owners].reverse().map((one) => one.toUpperCase()))),
          ).toBe(true)
          expect(sameTeam(teamOf(owners), teamOf(others))).toBe(same)
        },
      ),
    )
  })
})

test('distinct teams are each there once, in the order in which they first occur', () => {
  const [a, b] = [teamOf(['@a', '@b']), teamOf(['@c'])]

  expect(distinctTeams([b, a, b, teamOf(['@b', '@a']), unowned]).map(({ key }) => key)).toEqual([
    '@c',
    '@a @b',
    'unowned',
  ])
})

test('sorted teams are each there once, in the same order however they were found', () => {
  const teams = [teamOf(['@c']), teamOf(['@a', '@b']), unowned, teamOf(['@B', '@A'])]

  const keys = sortedTeams(teams).map(({ key }) => key)

  expect(keys).toEqual(['@a @b', '@c', 'unowned'])
  expect(sortedTeams(teams.toReversed()).map(({ key }) => key)).toEqual(keys)
})
