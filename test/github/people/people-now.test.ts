import { describe, expect, test } from 'vitest'
import { keyOfPeople } from '../../../src/app/grounds.ts'
import type { PeopleAsked } from '../../../src/app/people-asked.ts'
import { readKeysOfPeople } from '../../../src/github/people/people-now.ts'
import { at, github, testClient, withNock } from '../../support/github.ts'

withNock()

const asked: PeopleAsked = {
  owners: ['@bookinfo/login', '@carla', 'repository-admins'],
  logins: ['carla', 'Leo'],
  reviewers: ['Leo'],
  codeowners: 'asked',
}

const members: Readonly<Record<string, readonly string[]>> = {
  '@bookinfo/login': ['leo'],
  '@carla': ['carla'],
}
const said = keyOfPeople(asked, {
  membership: (owner, login) => (members[owner]?.includes(login.toLowerCase()) ? 'member' : 'no-member'),
  mayWrite: () => true,
  codeowners: [],
})

const read = (tip = 'tip', others: readonly PeopleAsked[] = []) =>
  readKeysOfPeople(
    testClient(),
    at,
    [asked, ...others].map((each) => ({ asked: each, tip })),
  )

function permits(login: string, permission: string): void {
  github().get(`/repos/bookinfo/mesh/collaborators/${login}/permission`).reply(200, { permission })
}

function errs(errors: readonly object[] | number): void {
  const asking = github().get('/repos/bookinfo/mesh/codeowners/errors').query({ ref: 'tip' })
  if (typeof errors === 'number') asking.reply(errors)
  else asking.reply(200, { errors })
}

function lists(logins: readonly string[], totalCount = logins.length): void {
  const nodes = logins.map((login) => ({ login }))
  github()
    .post('/graphql')
    .reply(200, {
      data: { organization: { t0: { slug: 'login', privacy: 'VISIBLE', members: { totalCount, nodes } } } },
    })
}

function says(over: { logins?: readonly string[]; leo?: string; errors?: readonly object[] | number } = {}) {
  lists(over.logins ?? ['LEO', 'lina'])
  permits('carla', 'read')
  permits('Leo', over.leo ?? 'write')
  errs(over.errors ?? [])
}

test('what is as it was has the same key', async () => {
  says()
  expect(await read()).toEqual([said])
})

test('each team, person and branch is asked for once, for however many verdicts', async () => {
  says()
  const other = { ...asked, logins: ['Leo'] }
  const keys = await read('tip', [asked, other])
  expect(keys.slice(0, 2)).toEqual([said, said])
  expect(keys[2]).not.toBe(said)
})

const unknown = {
  line: 2,
  column: 8,
  kind: 'Unknown owner',
  path: '.github/CODEOWNERS',
  message: 'm',
  source: 's',
}

describe('another key has what is otherwise', () => {
  test.each<readonly [string, Parameters<typeof says>[0]]>([
    ['somebody has left a team', { logins: ['lina'] }],
    ['somebody has come to it', { logins: ['leo', 'carla'] }],
    ['somebody may not write any more', { leo: 'read' }],
    ['somebody administers the repository', { leo: 'admin' }],
    ['a team may not write any more', { errors: [unknown] }],
    ['GitHub does not say what is wrong with CODEOWNERS', { errors: 404 }],
  ])('%s', async (_, over) => {
    says(over)
    expect(await read()).not.toEqual([said])
  })
})

test('a team that is not given as a whole is asked for by itself', async () => {
  lists(['someone'], 200)
  github().get('/orgs/bookinfo/teams/login').reply(200, { privacy: 'closed' })
  for (const [login, status] of [
    ['carla', 404],
    ['Leo', 200],
  ] as const)
    github().get(`/orgs/bookinfo/teams/login/memberships/${login}`).reply(status, { state: 'active' })
  permits('carla', 'read')
  permits('Leo', 'write')
  errs([])
  expect(await read()).toEqual([said])
})

test('what cannot be asked is an error, and no answer', async () => {
  lists(['leo'])
  permits('carla', 'read')
  github().get('/repos/bookinfo/mesh/collaborators/Leo/permission').reply(502)
  errs([])
  await expect(read()).rejects.toThrow()
})

test('nobody is asked about nothing', async () => {
  expect(await readKeysOfPeople(testClient(), at, [])).toEqual([])
})
