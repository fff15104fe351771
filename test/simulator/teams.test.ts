import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { at, installationOctokit, linasPull, octokit, refusal, smallWorld } from './support.ts'

type Client = Awaited<ReturnType<typeof installationOctokit>>
let simulator: Simulator
let client: Client
beforeAll(async () => {
  simulator = await smallWorld()
  for (const login of ['ida', 'ivan', 'pia']) simulator.createUser(login)
  simulator.createTeam({ organization: 'acme', slug: 'login-ios', members: ['ida'], parent: 'login' })
  simulator.createTeam({
    organization: 'acme',
    slug: 'login-ios-night',
    members: ['ivan'],
    parent: 'login-ios',
  })
  simulator.createTeam({ organization: 'acme', slug: 'shadow', members: ['oskar'], privacy: 'secret' })
  const how = { by: 'maya', state: 'pending' } as const
  simulator.addMember({ organization: 'acme', slug: 'login' }, 'pia', how)
  client = await installationOctokit(simulator)
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

const login = { org: 'acme', team_slug: 'login' } as const

function membership(username: string, team_slug = 'login') {
  return client.rest.teams.getMembershipForUserInOrg({ org: 'acme', team_slug, username })
}

test('the members of a team include those of its child teams, at any depth, and nobody who has not accepted', async () => {
  const { data } = await client.rest.teams.listMembersInOrg(login)

  expect(data.map((member) => member.login)).toEqual(['lina', 'ida', 'ivan'])
})

test('a membership is direct, inherited, pending or absent', async () => {
  expect((await membership('lina')).data).toMatchObject({ state: 'active', role: 'member' })
  expect((await membership('ivan')).data).toMatchObject({ state: 'active', role: 'member' })
  expect((await membership('pia')).data).toMatchObject({ state: 'pending' })
  expect(await refusal(membership('carla'))).toMatchObject({ status: 404 })
})

test('names are compared without case', async () => {
  const { data } = await client.rest.teams.getMembershipForUserInOrg({
    org: 'ACME',
    team_slug: 'LOGIN',
    username: 'LINA',
  })

  expect(data.state).toBe('active')
})

test('a secret team does not exist for the App', async () => {
  expect(await refusal(membership('oskar', 'shadow'))).toMatchObject({ status: 404 })
})

test('a child team has the access of its parent', async () => {
  const { status } = await client.rest.teams.checkPermissionsForRepoInOrg({
    org: 'acme',
    team_slug: 'login-ios-night',
    ...at,
  })
  const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'ivan' })

  expect(status).toBe(204)
  expect(data).toMatchObject({ permission: 'write', role_name: 'write' })
})

test('permissions come in the four old words, roles in the new ones', async () => {
  simulator.grant('acme/mesh', { user: 'oskar' }, 'maintain')
  const { data: oskar } = await client.rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'oskar' })
  const { data: maya } = await client.rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'maya' })

  expect(oskar).toMatchObject({ permission: 'write', role_name: 'maintain' })
  expect(maya).toMatchObject({ permission: 'admin' })
})

test('a team is asked for its review only if it has access, and its child member answers for it', async () => {
  simulator.createTeam({ organization: 'acme', slug: 'outsiders', members: [] })
  const { number } = await linasPull(simulator)
  const ask = (slug: string) =>
    client.rest.pulls.requestReviewers({ ...at, pull_number: number, team_reviewers: [slug] })

  const refused = await refusal(ask('outsiders'))
  await ask('login')
  const asked = simulator.requestedReviewers('acme/mesh', number)
  await simulator.submitReview({ repo: 'acme/mesh', number, by: 'ivan', event: 'APPROVE' })

  expect(refused).toMatchObject({ status: 422 })
  expect(asked.teams).toEqual(['acme/login'])
  expect(simulator.requestedReviewers('acme/mesh', number).teams).toEqual([])
})

test('the author cannot be asked', async () => {
  const { number } = simulator.pullRequest('acme/mesh', 1)
  const asking = client.rest.pulls.requestReviewers({ ...at, pull_number: number, reviewers: ['lina'] })

  expect(await refusal(asking)).toMatchObject({ status: 422 })
})

test('a renamed team has another slug', async () => {
  simulator.createTeam({ organization: 'acme', slug: 'payments', members: ['carla'] })
  simulator.renameTeam({ organization: 'acme', slug: 'payments' }, 'Money Movers', 'maya')

  expect((await membership('carla', 'money-movers')).data.state).toBe('active')
  expect(await refusal(membership('carla', 'payments'))).toMatchObject({ status: 404 })
})

test('an account of one person has no teams, and the App no permission to ask', async () => {
  await simulator.createRepository({ repo: 'oskar/own', files: { a: 'a' } })
  const own = await installationOctokit(simulator, 'oskar')

  expect(await refusal(own.rest.teams.getByName(login))).toMatchObject({ status: 403 })
})

test('a secret team shows itself to its members', async () => {
  const oskar = octokit(simulator, simulator.userToken('oskar'))

  expect((await oskar.rest.teams.getByName({ org: 'acme', team_slug: 'shadow' })).data.privacy).toBe('secret')
})
