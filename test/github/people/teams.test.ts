import { describe, expect, test } from 'vitest'
import { createGitHubTeams } from '../../../src/github/people/teams.ts'
import { github, testClient, withNock } from '../../support/github.ts'

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

describe('whether GitHub refuses to say who is in a team', () => {
  test.each([
    ['it does', 403, true],
    ['there is none', 404, false],
  ])('is known where %s', async (_, status, expected) => {
    const asked = teams()
    team('login', status)

    expect(await asked.membership('@bookinfo/login', 'lina')).toBe('unresolvable')
    expect(asked.isRefused()).toBe(expected)
  })

  test('is known of the person, too', async () => {
    const asked = teams()
    team('login')
    membership('login', 'lina', 403)

    expect(await asked.membership('@bookinfo/login', 'lina')).toBe('unresolvable')
    expect(asked.isRefused()).toBe(true)
  })
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

describe('the members of an owner', () => {
  const page = (number: number, next: string = '') =>
    github()
      .get('/orgs/bookinfo/teams/login/members')
      .query(number === 1 ? { per_page: 100 } : { per_page: 100, page: number })
      .reply(
        200,
        [{ login: `user-${number}`, type: 'User' }],
        next === ''
          ? {}
          : {
              link: `<https://api.github.com/orgs/bookinfo/teams/login/members?per_page=100&page=${next}>; rel="next"`,
            },
      )

  test('are those of the team, child teams included, page by page; a user is one', async () => {
    page(1, '2')
    page(2)

    expect(await teams().members('@bookinfo/login')).toEqual([
      { login: 'user-1', bot: false },
      { login: 'user-2', bot: false },
    ])
    expect(await teams().members('@lina')).toEqual([{ login: 'lina', bot: false }])
  })

  test('are not looked through where they are very many', async () => {
    for (const number of [1, 2, 3]) page(number, String(number + 1))
    page(4)

    expect(await teams().members('@bookinfo/login')).toBeUndefined()
  })

  test.each([403, 404])('are not known where GitHub answers %d', async (status) => {
    github().get('/orgs/bookinfo/teams/login/members').query(true).reply(status, { message: 'no' })

    expect(await teams().members('@bookinfo/login')).toBeUndefined()
  })

  test('are not known of an e-mail, of another organisation, nor where a user owns the repository', async () => {
    expect(await teams().members('lina@bookinfo.example')).toBeUndefined()
    expect(await teams().members('@other/login')).toBeUndefined()
    expect(await teams('').members('@bookinfo/login')).toBeUndefined()
  })
})
