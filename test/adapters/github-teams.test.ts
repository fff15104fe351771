import { describe, expect, test } from 'vitest'
import { createGitHubTeams } from '../../src/adapters/github-teams.ts'
import { github, testClient, withNock } from './github.ts'

withNock()

const teams = (organization: string | undefined = 'bookinfo') =>
  createGitHubTeams({ client: testClient(), ...(organization === '' ? {} : { organization }) })

function team(slug: string, status = 200, privacy = 'closed'): void {
  github().get(`/orgs/bookinfo/teams/${slug}`).reply(status, { slug, privacy })
}

function membership(slug: string, login: string, status: number, state = 'active'): void {
  github().get(`/orgs/bookinfo/teams/${slug}/memberships/${login}`).reply(status, { state, role: 'member' })
}

test('a user is the owner of that login, in any case', async () => {
  expect(await teams().membership('@Carol', 'carol')).toBe('member')
  expect(await teams().membership('@carol', 'carla')).toBe('no-member')
})

describe('a team', () => {
  test('has its active members', async () => {
    team('login')
    membership('login', 'lina', 200)

    expect(await teams().membership('@bookinfo/login', 'lina')).toBe('member')
  })

  test('has neither strangers nor those who were only invited', async () => {
    team('login')
    membership('login', 'carla', 404)
    membership('login', 'ivan', 200, 'pending')
    const asked = teams()

    expect(await asked.membership('@bookinfo/login', 'carla')).toBe('no-member')
    expect(await asked.membership('@bookinfo/login', 'ivan')).toBe('no-member')
  })

  test('is asked for once, and each person in it once, in any case', async () => {
    team('login')
    membership('login', 'lina', 200)
    const asked = teams()

    const answers = await Promise.all([
      asked.membership('@bookinfo/login', 'lina'),
      asked.membership('@BookInfo/Login', 'Lina'),
    ])

    expect(answers).toEqual(['member', 'member'])
  })

  test.each([
    ['missing', 404, 'closed'],
    ['not to be seen', 403, 'closed'],
    ['secret', 200, 'secret'],
  ])('that is %s is unresolvable', async (_, status, privacy) => {
    team('login', status, privacy)

    expect(await teams().membership('@bookinfo/login', 'lina')).toBe('unresolvable')
  })

  test('whose members may not be seen is unresolvable', async () => {
    team('login')
    membership('login', 'lina', 403)

    expect(await teams().membership('@bookinfo/login', 'lina')).toBe('unresolvable')
  })

  test('is an error where GitHub fails', async () => {
    team('login', 502)

    await expect(teams().membership('@bookinfo/login', 'lina')).rejects.toMatchObject({ status: 502 })
  })
})

test.each(['lina@example.com', '@elsewhere/login', '@a/b/c', '@', 'lina', '@bookinfo/'])(
  'the owner %j is unresolvable without a request',
  async (owner) => {
    expect(await teams().membership(owner, 'lina')).toBe('unresolvable')
  },
)

test("a user's repository has no teams", async () => {
  expect(await teams('').membership('@bookinfo/login', 'lina')).toBe('unresolvable')
})
