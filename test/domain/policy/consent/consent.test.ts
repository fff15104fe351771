import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { teamOf } from '../../../../src/domain/ownership/team.ts'
import { repositoryAdmins } from '../../../../src/domain/policy/administrators.ts'
import type { Policy } from '../../../../src/domain/policy/configuration/policy.ts'
import { settle } from '../../../../src/domain/policy/consent/consent.ts'
import type { Review } from '../../../../src/domain/policy/consent/people.ts'
import type { Requirement } from '../../../../src/domain/policy/decision.ts'
import { factsOf } from '../../../../src/domain/policy/facts.ts'
import { obstacleSentences } from '../../../../src/report/sentences/consent/obstacle-words.ts'
import { sentence } from '../../../support/said.ts'
import { admins, approval, type Cast, catalog, head, login, people, policyWith } from '../fixtures.ts'

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

function settled(cast: Cast, requirement: Requirement = wanted, policy: Partial<Policy> = {}): Requirement {
  return settle(requirement, { people: people(cast), head, policy: policyWith(policy) })
}

/** Who satisfied it and how, or what stands in the way. */
function outcome(cast: Cast, requirement: Requirement = wanted, policy: Partial<Policy> = {}): string {
  const after = settled(cast, requirement, policy)
  const { satisfiedBy } = after
  return satisfiedBy === undefined
    ? `open: ${obstacleSentences(after) ?? ''}`
    : `${satisfiedBy.how} ${satisfiedBy.by}`
}

describe('authorship', () => {
  it('is consent where the author and everybody who pushed are in the team', () => {
    expect(outcome({ author: 'ada' })).toBe('author ada')
    expect(outcome({ author: 'ada', pushers: ['ada', 'alan'] })).toBe('author ada')
  })

  it('compares logins and slugs without case', () => {
    expect(outcome({ author: 'ADA', pushers: ['Ada'] })).toBe('author ADA')
    expect(outcome({ author: 'ada' }, { ...wanted, team: teamOf(['@BookInfo/LOGIN']) })).toBe('author ada')
  })

  it('does not count where somebody else pushed', () => {
    expect(outcome({ author: 'ada', pushers: ['ada', 'carl'] })).toBe(
      'open: carl pushed to this branch without being in @bookinfo/login, so authorship does not count.',
    )
  })

  it('counts where strangers pushed nothing that changes the meaning', () => {
    const circumstances = (changed: object) => ({
      people: {
        ...people({ author: 'ada' }),
        pushers: ['ada', 'carl'].map((each) => ({
          login: each,
          bot: false,
          ...(each === 'carl' && changed),
        })),
        lastPusher: 'carl',
      },
      head,
      policy: policyWith(),
    })

    expect(settle(wanted, circumstances({ changed: 'nothing' })).satisfiedBy?.by).toBe('ada')
    expect(settle(wanted, circumstances({})).satisfiedBy).toBeUndefined()
  })

  it('does not count where the last pusher is a stranger that the list forgot', () => {
    expect(outcome({ author: 'ada', lastPusher: 'carl' })).toContain('carl pushed')
  })

  it('does not count where nobody knows who pushed', () => {
    expect(outcome({ author: 'ada', pushers: 'unknown' })).toBe(
      'open: Who pushed the commits is not known, so authorship does not count.',
    )
  })

  it('is enough of one owner of the line', () => {
    expect(outcome({ author: 'zoe' }, { ...wanted, team: teamOf(['@bookinfo/login', '@zoe']) })).toBe(
      'author zoe',
    )
  })

  it('is nobody without an author, whatever was approved', () => {
    expect(outcome({ reviews: [approval('ada')] })).toBe('open: ')
  })
})

describe('an approval', () => {
  const by = (review: Review, cast: Cast = {}) => outcome({ author: 'carl', ...cast, reviews: [review] })

  it('by a member on the head commit is consent', () => {
    expect(by(approval('ada'))).toBe('approval ada')
  })

  it('by somebody else is none', () => {
    expect(by(approval('max'))).toBe('open: ')
  })

  it('by the author is none, in whatever case', () => {
    expect(outcome({ author: 'ada', pushers: 'unknown', reviews: [approval('ADA')] })).toBe(
      'open: Who pushed the commits is not known, so authorship does not count. ADA is the author.',
    )
  })

  it('by whoever pushed last is none', () => {
    expect(by(approval('ada'), { pushers: ['carl', 'ada'], lastPusher: 'Ada' })).toBe(
      'open: ada pushed last.',
    )
    expect(by(approval('alan'), { pushers: ['carl', 'ada'], lastPusher: 'ada' })).toBe('approval alan')
  })

  it('by any pusher is none where nobody knows who was the last', () => {
    expect(by(approval('ada'), { pushers: ['ada', 'carl'] })).toBe('open: ada pushed last.')
  })

  it('by a bot is none', () => {
    expect(by({ ...approval('ada'), by: { login: 'ada', bot: true } })).toBe('open: ada is a bot.')
  })

  it('without write access is none', () => {
    expect(by(approval('ada', { mayWrite: false }))).toBe('open: ada has no write access.')
  })

  it('that was dismissed is none', () => {
    expect(by(approval('ada', { state: 'dismissed' }))).toBe('open: ')
  })

  it('of an older commit is none', () => {
    expect(by(approval('ada', { commit: 'older' }))).toBe('open: ada approved an older commit.')
  })

  it('given before the base branch was changed is none', () => {
    const retargetedAt = '2026-11-20T10:00:00Z'

    expect(by(approval('ada'), { retargetedAt })).toContain('before the base branch was changed')
    expect(by(approval('ada', { at: '2026-11-20T10:00:01Z' }), { retargetedAt })).toBe('approval ada')
  })

  it('at a time that cannot be read counts as too early', () => {
    expect(by(approval('ada', { at: 'soon' }), { retargetedAt: '2026-11-20T10:00:00Z' })).toContain('before')
  })

  it('covers only what a check had listed before it', () => {
    const [fact = ''] = factsOf(wanted)
    const shownAt = (at: string, ...facts: readonly string[]) => ({
      at,
      digests: new Set<string>(),
      covers: (each: string) => facts.includes(each),
    })

    expect(by(approval('ada'), { shown: [shownAt('2026-11-20T09:00:00Z', fact)] })).toBe('approval ada')
    expect(by(approval('ada'), { shown: [shownAt('2026-11-20T11:00:00Z', fact)] })).toContain(
      'before all of this',
    )
    expect(by(approval('ada'), { shown: [shownAt('2026-11-20T09:00:00Z', 'other')] })).toContain(
      'before all of this',
    )
    expect(by(approval('ada'), { shown: [] })).toContain('before all of this')
  })
})

describe('with stale: keep', () => {
  const keep = { approvals: { stale: 'keep' } } as const
  const older = approval('ada', { commit: 'older' })

  it('an older approval counts for what had been listed then', () => {
    const [fact] = factsOf(wanted)
    const shown = [
      { at: '2026-11-20T09:00:00Z', digests: new Set<string>(), covers: (each: string) => each === fact },
    ]

    expect(outcome({ author: 'carl', reviews: [older], shown }, wanted, keep)).toBe('approval ada')
  })

  it('an older approval does not count for a reason that came later', () => {
    const [fact] = factsOf(wanted)
    const shown = [
      { at: '2026-11-20T09:00:00Z', digests: new Set<string>(), covers: (each: string) => each === fact },
    ]
    const grown = {
      ...wanted,
      because: [
        ...wanted.because,
        { kind: 'traffic' as const, code: 'traffic-moved' as const, values: {}, ...sentence('more') },
      ],
    }

    expect(outcome({ author: 'carl', reviews: [older], shown }, grown, keep)).toContain('before all of this')
  })

  it('an older approval does not count where nobody kept what had been listed', () => {
    expect(outcome({ author: 'carl', reviews: [older] }, wanted, keep)).toBe(
      'open: ada approved an older commit, and what was listed then is not known.',
    )
  })
})

describe('a request for changes', () => {
  const changes = (by: string, part: Partial<Review> = {}) =>
    approval(by, { state: 'changes-requested', ...part })

  it('by an owner withdraws the consent of the team', () => {
    expect(outcome({ author: 'ada', reviews: [changes('alan')] })).toBe('open: alan asked for changes.')
    expect(outcome({ author: 'carl', reviews: [approval('ada'), changes('alan')] })).toContain('alan asked')
  })

  it('counts on whatever commit it was given, with write access or without', () => {
    const review = changes('alan', { commit: 'older', mayWrite: false })

    expect(outcome({ author: 'ada', reviews: [review] })).toBe('open: alan asked for changes.')
  })

  it('by somebody else or by a bot changes nothing', () => {
    const bot = { ...changes('alan'), by: { login: 'alan', bot: true } }

    expect(outcome({ author: 'ada', reviews: [changes('max'), bot] })).toBe('author ada')
  })

  it('is over once the same person approves, and not before', () => {
    const later = approval('alan', { at: '2026-11-20T11:00:00Z' })

    expect(outcome({ author: 'carl', reviews: [changes('alan'), later] })).toBe('approval alan')
    expect(outcome({ author: 'carl', reviews: [later, changes('ALAN')] })).toBe('approval alan')
    expect(outcome({ author: 'carl', reviews: [approval('alan'), changes('alan')] })).toContain(
      'asked for changes',
    )
  })

  it('by somebody who may be an owner that cannot be resolved withdraws it too', () => {
    const team = teamOf(['@bookinfo/secret', '@bookinfo/login'])
    const cast = { author: 'ada', unresolvable: ['@bookinfo/secret'] }

    expect(outcome({ ...cast, reviews: [changes('max')] }, { ...wanted, team })).toContain(
      'max asked for changes',
    )
    expect(outcome({ ...cast, reviews: [changes('max', { mayWrite: false })] }, { ...wanted, team })).toBe(
      'author ada',
    )
  })
})

describe('an owner that cannot be resolved', () => {
  const unresolvable = ['@bookinfo/secret', 'ada@example.com']

  it('satisfies nobody and is named', () => {
    const team = teamOf(unresolvable)

    expect(outcome({ author: 'carl', unresolvable, reviews: [approval('ada')] }, { ...wanted, team })).toBe(
      'open: @bookinfo/secret cannot be looked up, so nobody can approve. ada@example.com cannot be looked up, so nobody can approve.',
    )
  })

  it('does not stand in the way of another owner', () => {
    const team = teamOf([...unresolvable, '@bookinfo/login'])

    expect(outcome({ author: 'ada', unresolvable }, { ...wanted, team })).toBe('author ada')
    expect(outcome({ author: 'carl', unresolvable, reviews: [approval('ada')] }, { ...wanted, team })).toBe(
      'approval ada',
    )
  })
})

describe('the admins of the repository', () => {
  it('speak where no mesh administrator can be determined', () => {
    const requirement = { ...wanted, team: repositoryAdmins }

    expect(outcome({ author: 'carl', reviews: [approval('root')] }, requirement)).toBe('approval root')
    expect(outcome({ author: 'carl', reviews: [approval('max')] }, requirement)).toBe('open: ')
  })
})

describe('with ownership.consent: author', () => {
  const strict: Requirement = { ...wanted, ownersOnly: true }

  it('an owner may make the change', () => {
    expect(outcome({ author: 'ada' }, strict)).toBe('author ada')
  })

  it('an approval by an owner is not enough', () => {
    expect(outcome({ author: 'carl', reviews: [approval('ada')] }, strict)).toContain(
      'Only @bookinfo/login may make this change',
    )
  })
})

describe('a second administrator', () => {
  const mass: Requirement = { team: admins, because: wanted.because, standsInFor: [login, catalog] }

  it('is needed besides the author', () => {
    expect(outcome({ author: 'max' }, mass)).toContain('Two administrators must agree')
    expect(outcome({ author: 'max', reviews: [approval('mia')] }, mass)).toBe('author max, mia')
  })

  it('is needed besides another administrator where the author is none', () => {
    expect(outcome({ author: 'carl', reviews: [approval('mia')] }, mass)).toContain('Two administrators')
    expect(outcome({ author: 'carl', reviews: [approval('mia'), approval('max')] }, mass)).toBe(
      'approval max, mia',
    )
  })

  it('is not enough where an owner of one of the teams asks for changes', () => {
    const objection = approval('ada', { state: 'changes-requested' })

    expect(outcome({ author: 'max', reviews: [approval('mia'), objection] }, mass)).toBe(
      'open: ada asked for changes.',
    )
  })
})

describe('a bot', () => {
  const bots = [{ login: 'Bookinfo-Release[bot]', for: '@bookinfo/LOGIN', may: ['weights'] }] as const
  const weights: Requirement = { ...wanted, needs: ['weights'] }

  it('belongs to no team', () => {
    expect(outcome({ author: 'bookinfo-release[bot]' }, weights)).toBe('open: ')
  })

  it('speaks for the team that the configuration names, for weights alone', () => {
    const cast = { author: 'bookinfo-release[bot]' }

    expect(outcome(cast, weights, { bots })).toBe('author bookinfo-release[bot]')
    expect(outcome(cast, wanted, { bots })).toContain('open')
    expect(outcome(cast, { ...weights, team: catalog }, { bots })).toContain('open')
    expect(outcome(cast, weights, { bots: [{ ...bots[0], may: [] }] })).toContain('open')
  })

  it('needs a permission for each kind of change, of whichever entry', () => {
    const cast = { author: 'bookinfo-release[bot]' }
    const both: Requirement = { ...wanted, needs: ['weights', 'metadata'] }
    const more = { ...bots[0], may: ['metadata'] } as const

    expect(outcome(cast, both, { bots })).toContain('open')
    expect(outcome(cast, both, { bots: [more] })).toContain('open')
    expect(outcome(cast, both, { bots: [...bots, more] })).toBe('author bookinfo-release[bot]')
    expect(outcome(cast, { ...wanted, needs: ['metadata'] }, { bots: [more] })).toBe(
      'author bookinfo-release[bot]',
    )
  })

  it('does not lend its voice to somebody who pushes to its branch', () => {
    const cast = { author: 'bookinfo-release[bot]', pushers: ['bookinfo-release[bot]', 'carl'] }

    expect(outcome(cast, weights, { bots })).toContain('carl pushed')
  })

  it('that is declared never approves, even if it is an account like any other', () => {
    const declared = [{ login: 'alan', for: '@bookinfo/login', may: [] }]

    expect(outcome({ author: 'carl', reviews: [approval('alan')] }, wanted, { bots: declared })).toBe(
      'open: alan is a bot.',
    )
  })
})

const reviewer = fc.constantFrom('ada', 'alan', 'carl', 'cora', 'max', 'stranger')
const review: fc.Arbitrary<Review> = fc
  .record({
    by: reviewer,
    state: fc.constantFrom<Review['state']>('approved', 'changes-requested', 'dismissed'),
    commit: fc.constantFrom('head', 'older'),
    hour: fc.integer({ min: 1, max: 9 }),
    mayWrite: fc.boolean(),
  })
  .map(({ by, hour, ...rest }) => approval(by, { ...rest, at: `2026-11-20T0${hour}:00:00Z` }))
const pushers = fc.oneof(fc.array(reviewer, { maxLength: 3 }), fc.constant('unknown' as const))
const cast = fc.record({ author: reviewer, pushers, reviews: fc.array(review, { maxLength: 6 }) })
const team = fc.constantFrom(
  login,
  teamOf(['@bookinfo/login', '@bookinfo/secret']),
  teamOf(['@bookinfo/secret', '@max']),
)

describe('laws of consent', () => {
  it('the order of reviews and of owners does not matter', () => {
    fc.assert(
      fc.property(cast, team, fc.infiniteStream(fc.nat()), (story, owners, random) => {
        const keyed = story.reviews.map((each) => ({ each, key: random.next().value as number }))
        const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ each }) => each)
        const reversed = { ...owners, owners: owners.owners.toReversed() }

        expect(
          settled({ ...story, reviews: shuffled }, { ...wanted, team: reversed }).satisfiedBy?.by,
        ).toEqual(settled(story, { ...wanted, team: owners }).satisfiedBy?.by)
      }),
    )
  })

  it('an approval by somebody who had not spoken never takes consent away', () => {
    fc.assert(
      fc.property(cast, review, (story, another) => {
        fc.pre(story.reviews.every((each) => each.by.login !== another.by.login))
        const added = { ...story, reviews: [...story.reviews, { ...another, state: 'approved' as const }] }

        if (settled(story).satisfiedBy !== undefined) expect(settled(added).satisfiedBy).toBeDefined()
      }),
    )
  })

  it('a request for changes never gives consent', () => {
    fc.assert(
      fc.property(cast, review, (story, another) => {
        const added = {
          ...story,
          reviews: [...story.reviews, { ...another, state: 'changes-requested' as const }],
        }

        if (settled(story).satisfiedBy === undefined) expect(settled(added).satisfiedBy).toBeUndefined()
      }),
    )
  })

  it('an owner that cannot be resolved gives nothing that an owner without members would not', () => {
    fc.assert(
      fc.property(cast, team, (story, owners) => {
        const unknown = settled({ ...story, unresolvable: ['@bookinfo/secret'] }, { ...wanted, team: owners })
        const nobody = settled(story, { ...wanted, team: owners })

        if (unknown.satisfiedBy !== undefined) expect(nobody.satisfiedBy).toEqual(unknown.satisfiedBy)
      }),
    )
  })

  it('unknown pushers give nothing that a stranger among them would not', () => {
    fc.assert(
      fc.property(cast, (story) => {
        const unknown = settled({ ...story, pushers: 'unknown' })
        const stranger = settled({ ...story, pushers: ['stranger'], lastPusher: 'nobody-who-reviews' })

        expect(unknown.satisfiedBy).toEqual(stranger.satisfiedBy)
      }),
    )
  })
})
