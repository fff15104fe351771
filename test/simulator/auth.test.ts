import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { appToken, at, installationOctokit, octokit, refusal, repo, smallWorld } from './support.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await smallWorld()
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

const now = () => Math.floor(Date.now() / 1000)

test('the App is recognised by its signature', async () => {
  const { data } = await octokit(simulator, appToken(simulator)).rest.apps.getAuthenticated()

  expect(data).toMatchObject({ id: simulator.appId, slug: 'firebreak' })
})

test.each([
  ['lives longer than ten minutes', () => ({ exp: now() + 1200 })],
  ['has expired', () => ({ iat: now() - 600, exp: now() - 1 })],
  ['was issued in the future', () => ({ iat: now() + 300 })],
  ['has no end', () => ({ exp: undefined })],
  ['names another App', () => ({ iss: '999' })],
])('a JWT that %s is refused', async (_, claims) => {
  const client = octokit(simulator, appToken(simulator, claims()))

  expect(await refusal(client.rest.apps.getAuthenticated())).toMatchObject({ status: 401 })
})

test('a JWT with a forged signature is refused', async () => {
  const [header, payload] = appToken(simulator).split('.')
  const forged = `${header}.${payload}.${Buffer.from('no').toString('base64url')}`

  expect(await refusal(octokit(simulator, forged).rest.apps.getAuthenticated())).toMatchObject({
    status: 401,
  })
})

test('without credentials nothing is answered', async () => {
  const response = await fetch(`${simulator.apiUrl}/repos/${repo}`)

  expect(response.status).toBe(401)
})

test('an installation token does not open the endpoints of the App', async () => {
  const client = await installationOctokit(simulator)

  expect(await refusal(client.rest.apps.listWebhookDeliveries())).toMatchObject({ status: 401 })
})

test('a token narrowed to read checks cannot write them, and says so with 403', async () => {
  const app = octokit(simulator, appToken(simulator))
  const { data: installation } = await app.rest.apps.getRepoInstallation(at)
  const { data } = await app.rest.apps.createInstallationAccessToken({
    installation_id: installation.id,
    repositories: ['mesh'],
    permissions: { checks: 'read' },
  })
  const head = (await simulator.branchTip(repo, 'main')) ?? ''

  const refused = await refusal(
    octokit(simulator, data.token).rest.checks.create({ ...at, name: 'firebreak', head_sha: head }),
  )

  expect(refused).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } })
})

test('a permission that was not granted cannot be asked for', async () => {
  const app = octokit(simulator, appToken(simulator))
  const { data: installation } = await app.rest.apps.getOrgInstallation({ org: 'acme' })

  const refused = await refusal(
    app.rest.apps.createInstallationAccessToken({
      installation_id: installation.id,
      permissions: { contents: 'write' },
    }),
  )

  expect(refused.status).toBe(422)
})

test('a private repository without the App does not exist for it', async () => {
  await simulator.createRepository({
    repo: 'acme/secret',
    private: true,
    installed: false,
    files: { a: 'a' },
  })
  const client = await installationOctokit(simulator)

  expect(await refusal(client.rest.repos.get({ owner: 'acme', repo: 'secret' }))).toMatchObject({
    status: 404,
  })
})

test('people act with tokens of their own, and are refused what is for Apps alone', async () => {
  const client = octokit(simulator, simulator.userToken('lina'))
  const head = (await simulator.branchTip(repo, 'main')) ?? ''

  const { data } = await client.rest.repos.get(at)
  const refused = await refusal(client.rest.checks.create({ ...at, name: 'firebreak', head_sha: head }))

  expect(data.permissions).toMatchObject({ push: true, admin: false })
  expect(refused).toMatchObject({ status: 403, body: { message: 'You must authenticate via a GitHub App.' } })
})

test('the pushing of somebody without write access is refused', async () => {
  const push = simulator.push({ repo, branch: 'x', by: 'oskar', files: { x: 'x' }, message: 'x' })

  await expect(push).rejects.toThrow('denied to oskar')
})
