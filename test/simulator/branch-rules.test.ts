import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { at, installationOctokit, linasPull, octokit, refusal, repo, smallWorld } from './support.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await smallWorld()
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

const as = (login: string) => octokit(simulator, simulator.userToken(login))
const main = { ...at, branch: 'main' }

const gate = {
  name: 'gate',
  of: 'Repository',
  branches: ['main'],
  enforcement: 'active',
  rules: [
    {
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: true,
        required_status_checks: [{ context: 'ruled', integration_id: 1 }],
      },
    },
  ],
  bypass: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
} as const

test('protection is shown to administrators alone; its checks to everybody who sees the branch', async () => {
  const before = await refusal(as('maya').rest.repos.getBranchProtection(main))
  simulator.protectBranch(repo, 'main', {
    requiredChecks: ['gate'],
    checksBy: 7,
    strict: true,
    enforceAdmins: false,
    mayDismiss: { users: ['carla'], teams: ['login'] },
  })
  const { data } = await as('maya').rest.repos.getBranchProtection(main)
  const hidden = await refusal(as('lina').rest.repos.getBranchProtection(main))
  const denied = await refusal((await installationOctokit(simulator)).rest.repos.getBranchProtection(main))
  const branch = await as('lina').rest.repos.getBranch(main)
  simulator.protectBranch(repo, 'main', { requiredChecks: [] })

  expect([before.status, before.text]).toEqual([404, expect.stringContaining('Branch not protected')])
  expect(data.required_status_checks).toMatchObject({
    strict: true,
    checks: [{ context: 'gate', app_id: 7 }],
  })
  expect(data.enforce_admins?.enabled).toBe(false)
  expect(data.required_pull_request_reviews?.dismissal_restrictions).toMatchObject({
    users: [{ login: 'carla' }],
    teams: [{ slug: 'login' }],
  })
  expect([hidden.status, denied.status]).toEqual([404, 403])
  expect(branch.data.protection.required_status_checks).toEqual({
    enforcement_level: 'non_admins',
    contexts: ['gate'],
    checks: [{ context: 'gate', app_id: 7 }],
  })
})

test('rules in force are listed for everybody; who may bypass them for whoever may change them', async () => {
  const own = simulator.addRuleset(repo, gate)
  const organizations = simulator.addRuleset(repo, { ...gate, of: 'Organization', rules: [] })
  simulator.addRuleset(repo, { ...gate, enforcement: 'evaluate' })
  simulator.addRuleset(repo, { ...gate, branches: ['release'] })
  const { data: rules } = await as('lina').rest.repos.getBranchRules(main)
  const ask = async (login: string, ruleset_id: number) =>
    (await as(login).rest.repos.getRepoRuleset({ ...at, ruleset_id })).data.bypass_actors
  simulator.grant(repo, { user: 'oskar' }, 'admin')

  expect(rules).toMatchObject([{ type: 'required_status_checks', ruleset_id: own, ruleset_source: repo }])
  expect(await ask('lina', own)).toBeUndefined()
  expect(await ask('oskar', own)).toEqual(gate.bypass)
  expect(await ask('oskar', organizations)).toBeUndefined()
  expect(await ask('maya', organizations)).toEqual(gate.bypass)
  expect((await refusal(ask('maya', 1))).status).toBe(404)
})

test('a check that a ruleset takes from one App alone is not satisfied by another', async () => {
  const { number, head } = await linasPull(simulator)
  const merge = () => simulator.mergePullRequest({ repo, number, by: 'lina' })
  await expect(merge()).rejects.toThrow('Required status check "ruled" is expected')
  await simulator.foreignCheckRun(repo, head, { app: 'other', name: 'ruled', conclusion: 'success' })
  await expect(merge()).rejects.toThrow('Required status check "ruled" is expected')
  const app = await installationOctokit(simulator)
  await app.rest.checks.create({ ...at, name: 'ruled', head_sha: head, conclusion: 'success' })

  expect(await merge()).toMatch(/^[0-9a-f]{40}$/)
})

test('owners list the Apps of their organization with what was granted, nobody else does', async () => {
  const ask = async (login: string) =>
    (await as(login).rest.orgs.listAppInstallations({ org: 'acme' })).data.installations

  expect(await ask('maya')).toMatchObject([
    { app_id: 1, app_slug: 'firebreak', permissions: { checks: 'write' } },
  ])
  expect((await refusal(ask('lina'))).status).toBe(404)
})

test('a merge queue is told of by the graph, whichever way it was set up', async () => {
  const query =
    'query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { mergeQueue { id } } }'
  const ask = async () =>
    as('lina').graphql<{ repository: { mergeQueue: unknown } }>(query, { owner: 'acme', name: 'mesh' })
  const none = await ask()
  simulator.addRuleset(repo, { ...gate, rules: [{ type: 'merge_queue' }] })

  expect(none.repository.mergeQueue).toBeNull()
  expect((await ask()).repository.mergeQueue).not.toBeNull()
})
