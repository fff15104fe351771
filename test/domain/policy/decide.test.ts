import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Review } from '../../../src/domain/policy/consent/people.ts'
import { decide, ownersConcerned } from '../../../src/domain/policy/decide.ts'
import type { Decision } from '../../../src/domain/policy/decision.ts'
import type { Obstruction } from '../../../src/domain/policy/obstruction.ts'
import { sentence } from '../../support/said.ts'
import {
  approval,
  type Cast,
  change,
  finding,
  head,
  judge,
  login,
  people,
  person,
  primary,
  type Story,
  to,
  virtualService,
  vs1,
  vs2,
} from './fixtures.ts'

function decision(story: Story, cast: Cast): Decision {
  return decide(judge(story), people(cast), head).decision
}

const editedVs1 = [primary, { ...vs1, spec: { http: [{ ...to('login'), timeout: '5s' }] } }, vs2]
const foreign: Story = { merged: editedVs1, changes: [change('changed', [login])] }
const blocking = finding('dropped-entry')
const broken: Story = { ...foreign, findings: [blocking] }
const readme = {
  path: 'README.md',
  base: { path: 'README.md', text: 'a' },
  merged: { path: 'README.md', text: 'b' },
}
const obstruction = (kind: Obstruction['kind']): Obstruction => ({
  kind,
  code: kind,
  ...sentence(`${kind}: do something`),
})
const word = '/firebreak override the shop is down'
const overriding = { policy: { override: true } } as const

/** Somebody writes a label of login's secondary. */
const labelled = (key: string): Story => {
  const body = { ...vs1.body, metadata: { name: vs1.name, labels: { [key]: 'x' } } }
  return { merged: [primary, { ...vs1, body }, vs2] }
}

/** The gate, row by row: what is the case, who acts, how it must end. */
const rows: readonly (readonly [situation: string, story: Story, cast: Cast])[] = [
  ['nothing relevant is touched', { files: [readme] }, { author: 'carl' }],
  ['nothing changes by what counts, in owner or identity', { files: [] }, { author: 'carl' }],
  ['an ignored label of others changes', labelled('app.kubernetes.io/version'), { author: 'carl' }],
  ['another label of others changes', labelled('argocd.argoproj.io/instance'), { author: 'carl' }],
  ['an owner changes a label of their own', labelled('argocd.argoproj.io/instance'), { author: 'ada' }],
  ['an owner changes their own', foreign, { author: 'ada' }],
  ['an approval is missing', foreign, { author: 'carl' }],
  ['everyone who must agree has', foreign, { author: 'carl', reviews: [approval('ada')] }],
  ['an introduced finding blocks', broken, { author: 'ada' }],
  ['an introduced finding blocks, and an approval is missing', broken, { author: 'carl' }],
  [
    'an introduced finding is only reported',
    { ...foreign, findings: [finding('x', { effect: 'report' })] },
    { author: 'ada' },
  ],
  [
    'a blocking finding was there before',
    { ...foreign, findings: [finding('x', { status: 'existing' })] },
    { author: 'ada' },
  ],
  [
    'a blocking finding is fixed',
    { ...foreign, findings: [finding('x', { status: 'fixed' })] },
    { author: 'ada' },
  ],
  [
    'a finding requires approval',
    { findings: [finding('x', { effect: 'require-approval', teams: [login] })] },
    { author: 'carl' },
  ],
  ['conflict with the base', { ...foreign, obstructions: [obstruction('conflict')] }, { author: 'ada' }],
  ['analysis incomplete', { ...foreign, obstructions: [obstruction('incomplete')] }, { author: 'ada' }],
  ['limits exceeded', { ...foreign, obstructions: [obstruction('limit')] }, { author: 'ada' }],
  ['invalid configuration', { ...foreign, obstructions: [obstruction('configuration')] }, { author: 'ada' }],
  ['a fault of ours or of GitHub', { ...foreign, obstructions: [obstruction('fault')] }, { author: 'ada' }],
  [
    'an administrator overrides a finding',
    { ...broken, ...overriding },
    { author: 'ada', reviews: [approval('max', { body: word })] },
  ],
  [
    'an administrator overrides an approval that is missing',
    { ...foreign, ...overriding },
    { author: 'carl', reviews: [approval('max', { body: word })] },
  ],
  [
    'an administrator overrides, but the configuration does not allow it',
    foreign,
    { author: 'carl', reviews: [approval('max', { body: word })] },
  ],
  [
    'an administrator overrides a conflict',
    { ...overriding, obstructions: [obstruction('conflict')] },
    { author: 'carl', reviews: [approval('max', { body: word })] },
  ],
  [
    'an administrator overrides an incomplete analysis',
    { ...overriding, findings: [finding('incomplete-analysis')] },
    { author: 'carl', reviews: [approval('max', { body: word })] },
  ],
  [
    'an administrator overrides an invalid configuration',
    { ...overriding, findings: [finding('invalid-configuration')] },
    { author: 'carl', reviews: [approval('max', { body: word })] },
  ],
  [
    'strict: an owner changes their own',
    { ...foreign, policy: { ownership: { consent: 'author', administrators: [] } } },
    { author: 'ada' },
  ],
  [
    'strict: somebody else does, and an owner approves',
    { ...foreign, policy: { ownership: { consent: 'author', administrators: [] } } },
    { author: 'carl', reviews: [approval('ada')] },
  ],
  ['observe: an introduced finding blocks', { ...broken, policy: { mode: 'observe' } }, { author: 'carl' }],
  ['observe: an approval is missing', { ...foreign, policy: { mode: 'observe' } }, { author: 'carl' }],
  [
    'observe: conflict with the base',
    { policy: { mode: 'observe' }, obstructions: [obstruction('conflict')] },
    { author: 'carl' },
  ],
  [
    'observe: a fault of ours or of GitHub',
    { policy: { mode: 'observe' }, obstructions: [obstruction('fault')] },
    { author: 'carl' },
  ],
  ['without CODEOWNERS: somebody else changes it', { ...foreign, codeowners: 'none' }, { author: 'carl' }],
  ['without CODEOWNERS: an introduced finding blocks', { ...broken, codeowners: 'none' }, { author: 'carl' }],
  ['command line without an author', foreign, {}],
  ['command line without an author, an introduced finding blocks', broken, {}],
]

describe('the gate', () => {
  it('concludes row by row as the table says', async () => {
    const lines = rows.map(([situation, story, cast]) => {
      const { conclusion, requirements, blocking: found, override } = decision(story, cast)
      const open = requirements
        .filter((each) => each.satisfiedBy === undefined)
        .map((each) => each.team.label)
      const met = requirements.flatMap(({ team, satisfiedBy: by }) =>
        by ? [`${team.label} by ${by.how} ${by.by}`] : [],
      )
      const blocks = found.map((each) => each.rule)
      return `| ${[situation, conclusion, open, met, blocks, override ? `${override.by}: ${override.reason}` : ''].map((cell) => (Array.isArray(cell) ? cell.join(', ') : cell)).join(' | ')} |`
    })
    const table = [
      '| situation | conclusion | waits for | agreed | blocked by | overridden |',
      '|---|---|---|---|---|---|',
      ...lines,
      '',
    ]

    await expect(table.join('\n')).toMatchFileSnapshot('decision-table.expected.md')
  })

  it('says the worst first', () => {
    const findings = [finding('b', { severity: 'warning' }), finding('c'), finding('a')]

    expect(decision({ findings }, { author: 'ada' }).blocking.map((each) => each.rule)).toEqual([
      'a',
      'c',
      'b',
    ])
  })

  it('passes on what is known', () => {
    const judgement = judge(foreign)
    const assessment = decide(judgement, people({ author: 'ada' }), head)

    expect(assessment).toMatchObject({
      comparison: judgement.comparison,
      findings: [],
      policy: judgement.policy,
      touched: judgement.touched,
      draft: false,
    })
  })
})

describe('an override', () => {
  const by = (review: Review, cast: Cast = {}, story: Story = foreign) =>
    decision({ ...story, ...overriding }, { author: 'carl', ...cast, reviews: [review] })
  const good = approval('max', { body: `Urgent.\r\n${word}\r\n` })

  it('is kept with who, when and why', () => {
    expect(by(good).override).toEqual({ by: 'max', at: '2026-11-20T10:00:00Z', reason: 'the shop is down' })
  })

  it('leaves the requirements open for all to see', () => {
    expect(by(good).requirements.map((each) => each.satisfiedBy)).toEqual([undefined])
  })

  it.each<[string, Review]>([
    ['somebody who is no administrator', approval('cora', { body: word })],
    ['an administrator on another commit', { ...good, commit: 'older' }],
    ['an administrator whose review was edited by another', { ...good, editedBy: 'carl' }],
    ['an administrator without write access', { ...good, mayWrite: false }],
    ['an administrator whose review was dismissed', { ...good, state: 'dismissed' }],
    ['an administrator without a reason', { ...good, body: '/firebreak override' }],
    ['an administrator who quotes it', { ...good, body: `> ${word}` }],
    ['an administrator who says something else', { ...good, body: 'fine' }],
    ['a bot', { ...good, by: { login: 'max', bot: true } }],
  ])('by %s is none', (_, review) => {
    expect(by(review)).toMatchObject({ conclusion: 'action_required' })
  })

  it('by the author or a pusher is none, nor where nobody knows who pushed', () => {
    expect(by(good, { pushers: ['carl', 'max'], lastPusher: 'carl' }).override).toBeUndefined()
    expect(by(good, { pushers: 'unknown' }).override).toBeUndefined()
    expect(by(good, { author: 'max', pushers: ['carl'] }, broken).override).toBeUndefined()
  })

  it('edited by the same person still counts', () => {
    expect(by({ ...good, editedBy: 'MAX' }).conclusion).toBe('success')
  })

  it('covers only what a check had listed by then', () => {
    const nothing = [{ at: '2026-11-20T09:00:00Z', digests: new Set<string>(), covers: () => false }]
    const everything = [{ at: '2026-11-20T09:00:00Z', digests: new Set<string>(), covers: () => true }]

    expect(by(good, { shown: nothing }).override).toBeUndefined()
    expect(by(good, { shown: everything }).override).toBeDefined()
  })

  it('needs an administrator of each primary concerned', () => {
    const shop = virtualService('shop/primary.yaml', 'shop/primary', {
      ...primary.spec,
      hosts: ['shop.example'],
    })
    const codeowners = '* @bookinfo/mesh-admins\n/teams/login/ @bookinfo/login\n/shop/ @zoe\n'
    const story: Story = {
      codeowners,
      base: [primary, shop, vs1, vs2],
      merged: [primary, shop, ...editedVs1.slice(1)],
    }
    const cast = { author: 'carl', reviews: [good] }

    expect(decision({ ...story, ...overriding }, cast).override).toBeUndefined()
    const both = { author: 'carl', reviews: [good, approval('zoe', { body: '/firebreak override me too' })] }
    expect(decision({ ...story, ...overriding }, both).override).toMatchObject({
      by: 'max, zoe',
      reason: 'the shop is down; me too',
    })
  })

  it('is not mentioned where nothing had to be set aside', () => {
    expect(by(good, { author: 'ada' }).override).toBeUndefined()
  })
})

describe('the owners concerned', () => {
  it('are all that must be looked up, each once', () => {
    const codeowners = '/teams/login/ @Bookinfo/Login @ada\n/teams/catalog/ @bookinfo/LOGIN\n'
    const merged = [
      primary,
      ...editedVs1.slice(1, 2),
      { ...vs2, spec: { http: [] } },
      virtualService('free/x.yaml', 'free/x', {}),
    ]

    expect(ownersConcerned(judge({ codeowners, merged }))).toEqual([
      '@Bookinfo/Login',
      '@ada',
      'repository-admins',
    ])
  })

  it('include the administrators where they may override', () => {
    expect(ownersConcerned(judge({ ...foreign, ...overriding }))).toEqual([
      '@bookinfo/login',
      '@bookinfo/mesh-admins',
    ])
    expect(ownersConcerned(judge(foreign))).toEqual(['@bookinfo/login'])
  })
})

const name = fc.constantFrom('ada', 'alan', 'carl', 'max', 'stranger')
const reviews = fc.array(
  fc
    .record({
      by: name,
      state: fc.constantFrom<Review['state']>('approved', 'changes-requested', 'dismissed'),
      commit: fc.constantFrom('head', 'older'),
      mayWrite: fc.boolean(),
      hour: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ by, hour, ...rest }) => approval(by, { ...rest, at: `2026-11-20T0${hour}:00:00Z` })),
  { maxLength: 5 },
)
const cast: fc.Arbitrary<Cast> = fc.record({
  author: name,
  pushers: fc.oneof(fc.array(name, { maxLength: 2 }), fc.constant('unknown' as const)),
  reviews,
})
const story = fc.constantFrom(
  foreign,
  broken,
  { files: [readme] },
  { findings: [finding('x', { effect: 'require-approval' })] },
)
const order = ['failure', 'action_required', 'success']

describe('laws of the gate', () => {
  it('one more approval by somebody who had not spoken never makes it worse', () => {
    fc.assert(
      fc.property(story, cast, (each, actors) => {
        const before = decision(each, actors)
        const after = decision(each, {
          ...actors,
          reviews: [...(actors.reviews ?? []), { ...approval('alma'), by: person('cora') }],
        })

        expect(order.indexOf(after.conclusion)).toBeGreaterThanOrEqual(order.indexOf(before.conclusion))
      }),
      { numRuns: 60 },
    )
  })

  it('unknown pushers never conclude better than a stranger among them', () => {
    fc.assert(
      fc.property(story, cast, (each, actors) => {
        const unknown = decision(each, { ...actors, pushers: 'unknown' })
        const stranger = decision(each, { ...actors, pushers: ['stranger'], lastPusher: 'nobody' })

        expect(unknown.conclusion).toBe(stranger.conclusion)
      }),
      { numRuns: 60 },
    )
  })

  it('what nobody could resolve never concludes better than what has no members', () => {
    fc.assert(
      fc.property(story, cast, (each, actors) => {
        const unresolvable = ['@bookinfo/login', '@bookinfo/mesh-admins']
        const unknown = decision(each, { ...actors, unresolvable })

        if (unknown.conclusion === 'success') expect(unknown.requirements).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('a success lists no requirement that is open, but for an override or a mere observer', () => {
    fc.assert(
      fc.property(story, cast, (each, actors) => {
        const { conclusion, requirements, blocking: found } = decision(each, actors)
        const open = requirements.filter((requirement) => requirement.satisfiedBy === undefined)

        expect(conclusion === 'success').toBe(open.length === 0 && found.length === 0)
      }),
      { numRuns: 60 },
    )
  })
})
