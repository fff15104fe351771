import { generateKeyPairSync } from 'node:crypto'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Simulator, type SimulatorOptions, startSimulator } from '@firebreak/simulator'
import { afterEach, expect, it, onTestFinished } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { run } from '../../src/cli.ts'
import { plain } from '../../src/report/print/screen.ts'
import { expectContract } from './contract.ts'
import type { Ran } from './fake-terminal.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

const repo = 'bookinfo/mesh'
const open: Simulator[] = []
afterEach(async () => {
  for (const github of open.splice(0)) {
    expect(github.contractViolations()).toEqual([])
    await github.close()
  }
})

/** An organization of olga's with the Bookinfo mesh, as somebody has it who has set up nothing but the App. */
async function bookinfo(
  files: Readonly<Record<string, string>> = {},
  options: Partial<SimulatorOptions> = {},
): Promise<Simulator> {
  const github = await startSimulator({ webhookSecret: 'secret', privateKey, appId: 42, ...options })
  open.push(github)
  const people = { 'mesh-admins': 'maya', login: 'lina', catalog: 'carla' }
  for (const login of ['olga', ...Object.values(people)]) github.createUser(login)
  github.createOrganization('bookinfo', ['olga'])
  for (const [slug, login] of Object.entries(people))
    github.createTeam({ organization: 'bookinfo', slug, members: [login] })
  await github.createRepository({
    repo,
    files: { ...bookinfoFiles(), ...files },
    teams: { 'mesh-admins': 'write', login: 'write', catalog: 'write' },
  })
  return github
}

interface Asking {
  readonly as?: string
  readonly key?: boolean
  readonly environment?: Readonly<Record<string, string>>
  readonly width?: number
}

async function doctor(github: Simulator, asking: Asking = {}, ...args: readonly string[]): Promise<Ran> {
  let [out, err] = ['', '']
  const { as = 'olga', key = true, environment = {}, width = 80 } = asking
  const code = await run(['doctor', ...(args.length === 0 ? [repo] : args)], {
    directory: '/',
    environment: {
      GITHUB_API_URL: github.apiUrl,
      GITHUB_TOKEN: github.userToken(as),
      ...(key && { APP_ID: String(github.appId), PRIVATE_KEY: github.privateKey }),
      ...environment,
    },
    paint: plain,
    width,
    write: (text) => {
      out += text
    },
    warn: (text) => {
      err += `${text}\n`
    },
    doing: () => {},
    today: () => '2026-01-02',
  })
  return { code, out, err }
}

/** Everything that was looked at, by code. */
async function examined(github: Simulator, asking: Asking = {}) {
  const { out, err, code } = await doctor(github, asking, repo, '--format', 'json')
  expect(err).toBe('')
  const json = JSON.parse(out)
  expectContract('doctor', json)
  expect(code).toBe(json.state === 'ok' ? 0 : 1)
  return new Map<string, Readonly<Record<string, unknown>>>(
    json.examined.map((each: { readonly code: string }) => [each.code, each]),
  )
}

const checks = (context: string, more: object = {}, strict = true) => ({
  type: 'required_status_checks',
  parameters: {
    strict_required_status_checks_policy: strict,
    required_status_checks: [{ context, ...more }],
  },
})
const restricted = {
  type: 'pull_request',
  parameters: {
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_approving_review_count: 0,
    required_review_thread_resolution: false,
    dismissal_restriction: { enabled: true, allowed_actors: [] },
  },
}
const gate = {
  name: 'gate',
  of: 'Repository',
  branches: ['main'],
  enforcement: 'active',
  bypass: [],
} as const

async function withWebhooks(github: Simulator, url: string): Promise<void> {
  github.setWebhookUrl(url)
  github.forgetDeliveries()
  await github.push({ repo, branch: 'x', by: 'olga', files: { x: 'x' }, message: 'x' })
  await github.idle()
}

async function answering(status: number): Promise<{ readonly url: string; readonly close: () => void }> {
  const { createServer } = await import('node:http')
  const server = createServer((_, response) => response.writeHead(status).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() }
}

it('says of a repository without rules what is to be mended, and why', async () => {
  const github = await bookinfo()
  const { out, code, err } = await doctor(github, { key: false })

  await expect(out).toMatchFileSnapshot('./golden/doctor-bare.expected.txt')
  expect([code, err]).toEqual([1, ''])
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
})

it('is well where the check is required, pinned, up to date, and nobody gets around it', async () => {
  const github = await bookinfo()
  github.addRuleset(repo, { ...gate, rules: [checks('firebreak', { integration_id: 42 }), restricted] })
  const hook = await answering(200)
  await withWebhooks(github, hook.url)
  const { out, code } = await doctor(github)
  hook.close()

  await expect(out).toMatchFileSnapshot('./golden/doctor-well.expected.txt')
  expect(code).toBe(0)
})

it('is the contract as JSON', async () => {
  const github = await bookinfo()
  github.forgetDeliveries()
  const { out } = await doctor(github, {}, repo, '--format', 'json')

  await expect(out).toMatchFileSnapshot('./golden/doctor.expected.json')
})

it('takes nothing for well that the token may not read, and names the permission', async () => {
  const github = await bookinfo()
  github.protectBranch(repo, 'main', { requiredChecks: ['firebreak'], checksBy: 42, strict: true })
  const found = await examined(github, { as: 'lina', key: false })

  expect(found.get('required')?.['state']).toBe('ok')
  expect(found.get('pinned-to-somebody')).toMatchObject({ state: 'unknown', missing: 'app-id' })
  expect(found.get('up-to-date-unknown')).toMatchObject({ state: 'unknown', missing: 'administration' })
  expect(found.get('dismissal-unknown')).toMatchObject({ state: 'unknown', missing: 'administration' })
  expect(found.get('installation-unknown')).toMatchObject({ missing: 'organization-owner' })
  expect(found.get('deliveries-unknown')).toMatchObject({ state: 'unknown', missing: 'app-key' })
  expect(found.get('owners-speak')).toMatchObject({ state: 'ok', owners: 3 })
})

it('reads who may bypass a ruleset only where GitHub tells so', async () => {
  const github = await bookinfo()
  const bypass = [
    { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
    { actor_id: null, actor_type: 'OrganizationAdmin', bypass_mode: 'pull_request' },
  ] as const
  github.addRuleset(repo, { ...gate, bypass, rules: [checks('firebreak', { integration_id: 42 })] })

  expect((await examined(github)).get('bypassed')).toMatchObject({
    state: 'mend',
    by: [
      { kind: 'administrators', onlyInPullRequests: false },
      { kind: 'organization-owners', onlyInPullRequests: true },
    ],
  })
  expect((await examined(github, { as: 'lina' })).get('bypass-unknown')).toMatchObject({ missing: 'ruleset' })
})

it('lets one rule that nobody may bypass stand for all', async () => {
  const github = await bookinfo()
  github.protectBranch(repo, 'main', { requiredChecks: ['firebreak'], checksBy: 42, enforceAdmins: false })
  const open = await examined(github)
  github.addRuleset(repo, { ...gate, rules: [checks('firebreak')] })
  const loose = await examined(github)
  github.addRuleset(repo, { ...gate, rules: [checks('firebreak', { integration_id: 42 })] })
  const shut = await examined(github)

  expect(open.get('bypassed')).toMatchObject({ by: [{ kind: 'administrators' }] })
  // Anybody satisfies the rule that nobody may bypass.
  expect(loose.has('bypassed')).toBe(true)
  expect(shut.get('nobody-bypasses')?.['state']).toBe('ok')
})

it.each([
  [{}, 'not-pinned', 'mend'],
  [{ integration_id: 7 }, 'pinned-elsewhere', 'mend'],
  [{ integration_id: 42 }, 'pinned', 'ok'],
])('says of a check that is taken with %j: %s', async (more, code, state) => {
  const github = await bookinfo()
  github.addRuleset(repo, { ...gate, rules: [checks('firebreak', more)] })

  expect((await examined(github)).get(code)?.['state']).toBe(state)
})

it('counts no rule of another branch, of another check, or on trial', async () => {
  const github = await bookinfo()
  const rules = [checks('firebreak', { integration_id: 42 })]
  github.addRuleset(repo, { ...gate, rules, branches: ['release'] })
  github.addRuleset(repo, { ...gate, rules, enforcement: 'evaluate' })
  github.addRuleset(repo, { ...gate, rules: [checks('firebreak (release)')] })

  expect((await examined(github)).get('not-required')?.['state']).toBe('mend')
})

it('takes a queue for up to date, whichever way it was set up', async () => {
  const github = await bookinfo()
  github.protectBranch(repo, 'main', { requiredChecks: ['firebreak'], mergeQueue: true })
  const classic = await examined(github)
  github.protectBranch(repo, 'main', { requiredChecks: ['firebreak'] })
  const none = await examined(github)
  github.addRuleset(repo, { ...gate, rules: [{ type: 'merge_queue' }] })
  const ruled = await examined(github)

  expect([classic, none, ruled].map((found) => found.has('queued'))).toEqual([true, false, true])
  expect(none.get('not-up-to-date')?.['state']).toBe('mend')
})

it('learns which App it is from the check that was written, unless two have written it', async () => {
  const github = await bookinfo()
  github.addRuleset(repo, { ...gate, rules: [checks('firebreak', { integration_id: 42 })] })
  const head = await github.push({ repo, branch: 'x', by: 'lina', files: { x: 'x' }, message: 'x' })
  await github.openPullRequest({ repo, title: 'x', author: 'lina', head: 'x' })
  const unseen = await examined(github, { key: false })
  await github.foreignCheckRun(repo, head, { app: 'impostor', name: 'firebreak', conclusion: 'success' })
  const impostor = await examined(github, { key: false })

  expect(unseen.get('pinned-to-somebody')).toMatchObject({ missing: 'app-id' })
  expect(impostor.get('pinned-elsewhere')?.['state']).toBe('mend')
})

it('goes on where the head of a pull request is gone, and knows no less of the others', async () => {
  const github = await bookinfo()
  github.addRuleset(repo, { ...gate, rules: [checks('firebreak', { integration_id: 42 })] })
  const heads: string[] = []
  for (const branch of ['gone', 'there']) {
    const files = { [branch]: branch }
    heads.push(await github.push({ repo, branch, by: 'lina', files, message: branch }))
    await github.openPullRequest({ repo, title: branch, author: 'lina', head: branch })
  }
  const [gone = '', there = ''] = heads
  github.inject({
    path: new RegExp(`/commits/${gone}/check-runs`),
    times: 100,
    effect: { kind: 'respond', status: 422 },
  })
  const unseen = await examined(github, { key: false })
  await github.foreignCheckRun(repo, there, { app: 'impostor', name: 'firebreak', conclusion: 'success' })
  const seen = await examined(github, { key: false })

  expect(unseen.get('pinned-to-somebody')).toMatchObject({ state: 'unknown', missing: 'app-id' })
  expect(seen.get('pinned-elsewhere')?.['state']).toBe('mend')
})

it('says what was not granted, and what is lost by it', async () => {
  const { checks: _, ...permissions } = { checks: 'write', contents: 'read', metadata: 'read' } as const
  const github = await bookinfo({}, { permissions, events: ['pull_request'] })
  const { out } = await doctor(github)
  const owners = await doctor(github, { environment: { PRIVATE_KEY: '' } })

  for (const each of [out, owners.out]) {
    expect(each).toContain('the permission checks: write was not granted')
    expect(each).toContain('no verdict can be written')
    expect(each).toContain('the event merge_group is not subscribed to')
  }
})

it('says where the App is not installed', async () => {
  const github = await bookinfo()
  github.createOrganization('elsewhere', ['olga'])
  await github.createRepository({ repo: 'elsewhere/mesh', files: { a: 'a' }, installed: false })
  const { out, code } = await doctor(github, {}, 'elsewhere/mesh')

  expect(out).toContain('mend     the App is not installed on elsewhere/mesh')
  expect(out).toContain('mend     main has no CODEOWNERS')
  expect(out).toContain('mend     there is no VirtualService on main')
  expect(code).toBe(1)
})

it('says where the App is suspended, and where it may not cover the repository', async () => {
  const github = await bookinfo()
  await github.createRepository({ repo: 'bookinfo/other', files: { a: 'a' }, installed: false })
  const owners = { environment: { PRIVATE_KEY: '' } }
  const selected = await examined(github, owners)
  const known = await examined(github)
  github.suspendInstallation('bookinfo')
  const suspended = await examined(github)

  expect(selected.get('coverage-unknown')).toMatchObject({ state: 'unknown', missing: 'app-key' })
  expect(known.get('installed')?.['state']).toBe('ok')
  expect(suspended.get('suspended')?.['state']).toBe('mend')
})

it('asks of a repository of a user what can be known there', async () => {
  const github = await bookinfo()
  await github.createRepository({ repo: 'olga/mesh', files: { '.github/CODEOWNERS': '* @olga\n' } })
  const { out } = await doctor(github, { key: false }, 'olga/mesh')

  expect(out).toContain('unknown  whether the App is installed, and what it was granted, is not known')
  expect(out).toContain('ok       1 owner can agree')
})

it.each([
  [{ status: 502 }, '502'],
  [{ status: 403, headers: { 'retry-after': '60' } }, '403'],
  [{ status: 429, headers: { 'retry-after': '60' } }, '429'],
])('takes no answer of %j for a missing permission', async (answer, word) => {
  const github = await bookinfo()
  github.inject({ path: /\/protection$/, effect: { kind: 'respond', ...answer } })
  const { code, out, err } = await doctor(github)

  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(`GitHub cannot be asked: ${word}`)
})

it('names the owners who cannot agree, each with its reason', async () => {
  const github = await bookinfo({
    '.github/CODEOWNERS': [
      '* @bookinfo/mesh-admins',
      '/a @nobody',
      '/b @carla @dora',
      '/c @bookinfo/none @elsewhere/team x@example.test',
      '/d @bookinfo/secret @bookinfo/readers @bookinfo/empty',
      '/e[ @bookinfo/login',
    ].join('\n'),
  })
  github.createUser('dora')
  github.createTeam({ organization: 'bookinfo', slug: 'secret', members: ['lina'], privacy: 'secret' })
  github.createTeam({ organization: 'bookinfo', slug: 'readers', members: ['lina'] })
  github.createTeam({ organization: 'bookinfo', slug: 'empty', members: [] })
  github.grant(repo, { team: 'secret' }, 'write')
  github.grant(repo, { team: 'readers' }, 'read')
  github.grant(repo, { team: 'empty' }, 'write')
  const { out } = await doctor(github, {}, repo, '--format', 'json')
  const silent = JSON.parse(out).examined.flatMap((each: Record<string, string>) =>
    each['code'] === 'owner-silent' ? [[each['owner'], each['silence']]] : [],
  )

  expect(silent).toEqual([
    ['@nobody', 'no-user'],
    ['@dora', 'no-write-access'],
    ['@bookinfo/none', 'no-team'],
    ['@elsewhere/team', 'other-organization'],
    ['x@example.test', 'email'],
    ['@bookinfo/secret', 'secret-team'],
    ['@bookinfo/readers', 'no-write-access'],
    ['@bookinfo/empty', 'empty-team'],
  ])
  expect(out).toContain('"code": "codeowners-error"')
})

/** The address of GitHub after `former/mesh` was handed over: the old name is answered by the new one. */
async function afterTransfer(github: Simulator): Promise<string> {
  const { port } = new URL(github.apiUrl)
  const server = createServer((asked, answer) => {
    const { url = '', method, headers } = asked
    const now = url.replace('/repos/former/mesh', `/repos/${repo}`)
    if (now !== url) return void answer.writeHead(301, { location: now }).end()
    const on = request({ port, path: url, method, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 500, found.headers)
      found.pipe(answer)
    })
    asked.pipe(on)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return github.apiUrl.replace(port, String((server.address() as AddressInfo).port))
}

it('asks about a repository that was renamed or handed over by the name that it has now', async () => {
  const github = await bookinfo()
  const environment = { GITHUB_API_URL: await afterTransfer(github) }

  const now = await doctor(github, { environment }, repo)
  const before = await doctor(github, { environment }, 'former/mesh')

  expect(now.out).toContain('bookinfo/mesh, branch main')
  expect(before).toEqual(now)
})

it('says which events did not arrive, and that there were none', async () => {
  const github = await bookinfo()
  github.forgetDeliveries()
  const none = await examined(github)
  const hook = await answering(503)
  await withWebhooks(github, hook.url)
  hook.close()
  const lost = await examined(github)

  expect(none.get('no-events')?.['state']).toBe('unknown')
  expect(lost.get('events-lost')).toMatchObject({ state: 'mend', events: 2 })
  expect(String(lost.get('events-lost')?.['text'])).toContain('`Invalid HTTP Response: 503`')
})

it('counts what it reads of the mesh, and what would block', async () => {
  const broken = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: broken, namespace: ns }\nspec: { hosts: [broken.example], http: [{ match: [{ uri: { prefix: /x } }], delegate: { name: gone, namespace: ns } }] }\n`
  const github = await bookinfo({ 'broken.yaml': broken, '.github/firebreak.yml': 'mode: observe\n' })
  const found = await examined(github)

  expect(found.get('mesh-faulty')).toMatchObject({
    state: 'mend',
    primaries: 2,
    blocking: 2,
    mode: 'observe',
  })
  expect(found.get('observing')?.['state']).toBe('ok')
})

it.each([
  [['mesh'], {}, 'mesh is no repository'],
  [['bookinfo/none'], {}, 'does not exist'],
  [[repo], { GITHUB_TOKEN: '' }, 'GITHUB_TOKEN is not set'],
  [[repo], { GITHUB_TOKEN: 'wrong' }, 'does not accept the token'],
  [[repo], { APP_ID: 'x' }, 'APP_ID must be a positive whole number'],
  [[repo], { APP_ID: '43' }, 'not this key for APP_ID'],
  [[repo], { GITHUB_API_URL: 'http://127.0.0.1:9/api/v3' }, 'GitHub cannot be asked: bad port'],
])('%j with %j is a mistake of one line', async (args, environment, message) => {
  const github = await bookinfo()
  const { code, out, err } = await doctor(github, { environment }, ...args)

  expect(err).toContain(message)
  expect([code, out, err.split('\n').length]).toEqual([2, '', 2])
})
