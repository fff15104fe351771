import { describe, expect, test } from 'vitest'
import { readMembers, readPeople } from '../../../src/github/people/people.ts'
import { github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const { repository: _, ...head } = pullRequest().head
/** A deleted fork: its pushers are unknown without any request. */
const pull = pullRequest({ head })

const review = (login: string, state: string, over: object = {}) => ({
  id: 1,
  node_id: `node of ${login}`,
  user: { login, type: 'User' },
  state,
  commit_id: pull.head.sha,
  submitted_at: '2026-01-01T00:00:00Z',
  body: '',
  ...over,
})

function reviews(list: readonly object[]): void {
  github().get('/repos/bookinfo/mesh/pulls/7/reviews').query({ per_page: 100 }).reply(200, list)
}

function permission(login: string, level: string, status = 200): void {
  github()
    .get(`/repos/bookinfo/mesh/collaborators/${login}/permission`)
    .reply(status, { permission: level, role_name: level })
}

/** What is read only where somebody approved. */
function circumstances(events: readonly object[] = [], noted: readonly object[] = []): void {
  github()
    .get(`/repos/bookinfo/mesh/commits/${pull.head.sha}/check-runs`)
    .query(true)
    // Once for what they had listed, and once for who pushed: the fork's activity cannot be read.
    .times(2)
    .reply(200, { total_count: noted.length, check_runs: noted })
  github().get('/repos/bookinfo/mesh/issues/7/timeline').query(true).reply(200, events)
}

const read = (owners: readonly string[] = []) => readPeople({ client: testClient(), appId: 42 }, pull, owners)

describe('the opinion of a reviewer', () => {
  test('is the latest approval, request or dismissal; comments and pending reviews leave it standing', async () => {
    reviews([
      review('lina', 'CHANGES_REQUESTED'),
      review('lina', 'APPROVED', { submitted_at: '2026-01-02T00:00:00Z' }),
      review('Lina', 'COMMENTED'),
      review('lina', 'PENDING'),
      review('leo', 'DISMISSED', { id: 9 }),
    ])
    permission('lina', 'write')
    circumstances([
      {
        event: 'review_dismissed',
        actor: { login: 'max' },
        dismissed_review: { state: 'approved', review_id: 9 },
      },
    ])

    const people = await read()

    expect(people.reviews).toEqual([
      {
        by: { login: 'lina', bot: false },
        state: 'approved',
        commit: pull.head.sha,
        at: '2026-01-02T00:00:00Z',
        mayWrite: true,
        body: '',
      },
      expect.objectContaining({
        by: { login: 'leo', bot: false },
        state: 'dismissed',
        mayWrite: false,
        dismissal: { was: 'no-objection', by: { login: 'max', bot: false } },
      }),
    ])
  })

  test.each([
    ['changes_requested', { login: 'carla' }, { was: 'objection', by: { login: 'carla', bot: false } }],
    ['dismissed', null, { was: 'objection' }],
    ['commented', { login: 'carla' }, { was: 'no-objection', by: { login: 'carla', bot: false } }],
  ])('that was %s and dismissed by %o is known with who did so', async (state, actor, dismissal) => {
    reviews([review('leo', 'DISMISSED', { id: 9 })])
    github()
      .get('/repos/bookinfo/mesh/issues/7/timeline')
      .query(true)
      .reply(200, [{ event: 'review_dismissed', actor, dismissed_review: { state, review_id: 9 } }])

    const people = await read(['@Leo', '@carla'])

    expect(people.reviews[0]?.dismissal).toEqual(dismissal)
    const told = dismissal.was === 'objection'
    expect(people.membership('@leo', 'leo')).toBe(told ? 'member' : 'unresolvable')
    if (told && actor !== null) expect(people.membership('@carla', 'carla')).toBe('member')
  })

  test('of a deleted account is nobody’s', async () => {
    reviews([review('x', 'APPROVED', { user: null })])

    expect((await read()).reviews).toEqual([])
  })

  test.each([
    ['admin', 200, true],
    ['read', 200, false],
    ['none', 404, false],
  ])('with the permission %s (%d) may write: %s', async (level, status, mayWrite) => {
    reviews([review('lina', 'CHANGES_REQUESTED')])
    permission('lina', level, status)

    expect((await read()).reviews[0]?.mayWrite).toBe(mayWrite)
  })
})

test('the last retarget and earlier checks are read where somebody approved', async () => {
  reviews([review('lina', 'APPROVED')])
  permission('lina', 'write')
  circumstances([
    { event: 'base_ref_changed', created_at: '2026-01-01T01:00:00Z' },
    { event: 'labeled', created_at: '2026-01-03T00:00:00Z' },
    { event: 'base_ref_changed', created_at: '2026-01-02T00:00:00Z' },
  ])

  expect(await read()).toMatchObject({ retargetedAt: '2026-01-02T00:00:00Z', shown: [] })
})

test('of a fork nobody is known to have pushed, and that is why', async () => {
  reviews([])

  expect(await read()).toMatchObject({ pushers: 'unknown', isOfFork: true })
})

test('who pushed last to a fork is known where it was noted', async () => {
  reviews([review('lina', 'APPROVED')])
  permission('lina', 'write')
  circumstances([], [{ id: 1, app: { id: 42 }, external_id: 'pr:7:pushed-by:lina', completed_at: null }])

  expect(await read()).toMatchObject({ pushers: 'unknown', lastPusher: 'lina' })
})

describe('an override', () => {
  const overriding = review('maya', 'APPROVED', { body: '/firebreak override the mesh is down' })

  function editor(reply: object, status = 200): void {
    github()
      .post('/graphql', ({ variables }) => variables.id === 'node of maya')
      .reply(status, reply)
  }

  const edits = (...logins: readonly (string | null)[]) => ({
    data: {
      node: {
        lastEditedAt: 'then',
        userContentEdits: {
          totalCount: logins.length,
          nodes: logins.map((login) => ({ editor: login === null ? null : { login } })),
        },
      },
    },
  })
  const cut = { totalCount: 101, nodes: [{ editor: { login: 'maya' } }] }

  test.each([
    ['nobody edited', { data: { node: { lastEditedAt: null } } }, 200, undefined],
    ['somebody edited', edits('eve'), 200, 'eve'],
    ['only its author edited', edits('Maya', 'maya'), 200, 'maya'],
    ['its author edited after somebody else', edits('eve', 'maya'), 200, 'eve'],
    ['a deleted account edited', edits(null, 'maya'), 200, '(unknown)'],
    [
      'was edited more often than GitHub tells',
      { data: { node: { lastEditedAt: 'then', userContentEdits: cut } } },
      200,
      '(unknown)',
    ],
    ['whose editor GitHub does not tell', { message: 'Not Found' }, 404, '(unknown)'],
    [
      'whose editor GitHub will not tell',
      { errors: [{ message: 'no', type: 'FORBIDDEN' }] },
      200,
      '(unknown)',
    ],
  ])('that %s says so', async (_, reply, status, editedBy) => {
    reviews([overriding])
    permission('maya', 'admin')
    circumstances()
    editor(reply, status)

    expect((await read()).reviews[0]?.editedBy).toBe(editedBy)
  })
})

describe('membership', () => {
  test('is known for everybody who took part, in any case, and for nobody else', async () => {
    reviews([review('leo', 'CHANGES_REQUESTED')])
    permission('leo', 'write')

    const people = await read(['@Carol', '@leo'])

    expect(people.membership('@carol', 'CAROL')).toBe('member')
    expect(people.membership('@carol', 'leo')).toBe('no-member')
    expect(people.membership('@carol', 'mallory')).toBe('unresolvable')
    expect(people.membership('@nobody-asked', 'carol')).toBe('unresolvable')
  })

  test('among the admins of the repository is their permission', async () => {
    reviews([review('leo', 'CHANGES_REQUESTED')])
    permission('leo', 'admin')
    permission('carol', 'write')

    const people = await read(['repository-admins'])

    expect(people.membership('repository-admins', 'leo')).toBe('member')
    expect(people.membership('repository-admins', 'carol')).toBe('no-member')
  })
})

describe('the members of several teams', () => {
  test('are listed by owner in lower case, without those that are not known', async () => {
    for (const [slug, status] of [
      ['login', 200],
      ['shadows', 404],
    ] as const)
      github()
        .get(`/orgs/bookinfo/teams/${slug}/members`)
        .query({ per_page: 100 })
        .reply(status, status === 200 ? [{ login: 'lina', type: 'User' }] : { message: 'no' })
    const owners = ['@bookinfo/login', '@bookinfo/shadows', '@Leo']

    expect(await readMembers({ client: testClient() }, pull, owners)).toEqual(
      new Map([
        ['@bookinfo/login', [{ login: 'lina', bot: false }]],
        ['@leo', [{ login: 'Leo', bot: false }]],
      ]),
    )
  })

  test('are not listed of very many', async () => {
    const owners = Array.from({ length: 11 }, (_, at) => `@bookinfo/team-${at}`)

    expect(await readMembers({ client: testClient() }, pull, owners)).toEqual(new Map())
  })
})
