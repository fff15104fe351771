import { createHmac } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { sign } from '../../simulator/behaviour/deliveries.ts'
import type { Simulator, SimulatorOptions } from '../../simulator/index.ts'
import {
  appToken,
  installationOctokit,
  linasPull,
  octokit,
  type Received,
  receiver,
  repo,
  smallWorld,
} from './support.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

type Answer = (received: Received) => number | Promise<number>

async function scene(options: Partial<SimulatorOptions> = {}, answer?: Answer) {
  const hook = await receiver(answer)
  const simulator = await smallWorld({ webhookUrl: hook.url, ...options })
  closing.push(hook.close, async () => {
    expect(simulator.contractViolations()).toEqual([])
    await simulator.close()
  })
  return { hook, simulator }
}

/** What arrived, in the order in which it was sent: deliveries overtake each other, as GitHub's do. */
function payloads({ hook, simulator }: Awaited<ReturnType<typeof scene>>, event: string) {
  const sentOrder = simulator.deliveries().map(({ guid }) => guid)
  const place = ({ headers }: Received) => sentOrder.indexOf(String(headers['x-github-delivery']))
  return hook.received
    .filter(({ headers }) => headers['x-github-event'] === event)
    .toSorted((a, b) => place(a) - place(b))
    .map(({ body }) => JSON.parse(body))
}

async function sent(simulator: Simulator, event: string) {
  await simulator.idle()
  return simulator.deliveries().filter((delivery) => delivery.event === event)
}

test("the signature is that of GitHub's published example", () => {
  expect(sign("It's a Secret to Everybody", 'Hello, World!')).toBe(
    'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  )
})

test('every delivery is signed over its raw body and says what, where and by whom', async () => {
  const played = await scene()
  const { hook, simulator } = played
  await linasPull(simulator)
  await simulator.idle()

  for (const { headers, body } of hook.received) {
    const digest = createHmac('sha256', 'secret').update(body).digest('hex')
    expect(headers['x-hub-signature-256']).toBe(`sha256=${digest}`)
    expect(JSON.parse(body)).toMatchObject({
      installation: { id: expect.any(Number) },
      repository: { full_name: repo },
      organization: { login: 'acme' },
      sender: { login: expect.any(String) },
    })
  }
  const [opened] = payloads(played, 'pull_request')
  expect(opened).toMatchObject({
    action: 'opened',
    number: 1,
    pull_request: { mergeable: null, user: { login: 'lina' } },
  })
})

test('a push to the head says before and after, and a new base what it was', async () => {
  const played = await scene()
  const { simulator } = played
  const { number, head: before } = await linasPull(simulator)
  const after = await simulator.push({ repo, branch: 'edit', by: 'carla', files: { x: 'x' }, message: 'x' })
  const was = await simulator.branchTip(repo, 'main')
  await simulator.push({ repo, branch: 'release', by: 'maya', files: { r: 'r' }, message: 'r', from: 'main' })
  await simulator.editPullRequest({ repo, number, by: 'lina' }, { base: 'release' })
  await simulator.idle()

  const [, synchronized, edited] = payloads(played, 'pull_request')
  expect(synchronized).toMatchObject({ action: 'synchronize', before, after, sender: { login: 'carla' } })
  expect(edited).toMatchObject({
    action: 'edited',
    changes: { base: { ref: { from: 'main' }, sha: { from: was } } },
    pull_request: { base: { ref: 'release' } },
  })
})

test('a push lists the files of its commits', async () => {
  const played = await scene()
  const { simulator } = played
  const files = { 'a.txt': null, 'README.md': '# Changed\n', 'c.txt': 'new' }
  await simulator.push({ repo, branch: 'main', by: 'maya', files, message: 'Three files' })
  await simulator.idle()

  expect(payloads(played, 'push').at(-1)).toMatchObject({
    ref: 'refs/heads/main',
    forced: false,
    created: false,
    commits: [{ added: ['c.txt'], removed: ['a.txt'], modified: ['README.md'] }],
    pusher: { name: 'maya' },
  })
})

test('a commit may ask that no suite be requested for it', async () => {
  const { simulator } = await scene()
  const before = (await sent(simulator, 'check_suite')).length
  const message = 'Quietly\n\nskip-checks: true'
  await simulator.push({ repo, branch: 'main', by: 'maya', files: { q: 'q' }, message })
  const quiet = (await sent(simulator, 'check_suite')).length
  await simulator.push({ repo, branch: 'main', by: 'maya', files: { q: 'r' }, message: 'Aloud' })

  expect([quiet - before, (await sent(simulator, 'check_suite')).length - quiet]).toEqual([0, 1])
})

test('reviews are told in small letters, with their edits and dismissals', async () => {
  const played = await scene()
  const { simulator } = played
  const { number } = await linasPull(simulator)
  const who = { repo, number, by: 'carla' }
  const id = await simulator.submitReview({ ...who, event: 'APPROVE' })
  simulator.editReview(who, id, 'Fine')
  simulator.dismissReview({ ...who, by: 'maya' }, id, 'Changed')
  await simulator.idle()

  const told = payloads(played, 'pull_request_review')
  expect(told.map(({ action, review }) => [action, review.state])).toEqual([
    ['submitted', 'approved'],
    ['edited', 'approved'],
    ['dismissed', 'dismissed'],
  ])
})

test('membership, re-runs and buttons reach the App', async () => {
  const played = await scene()
  const { simulator } = played
  const { head } = await linasPull(simulator)
  const client = await installationOctokit(simulator)
  const { data: run } = await client.rest.checks.create({
    owner: 'acme',
    repo: 'mesh',
    name: 'firebreak',
    head_sha: head,
    conclusion: 'failure',
    external_id: 'pr:1',
    actions: [{ label: 'Again', description: 'Once more', identifier: 'again' }],
  })
  simulator.addMember({ organization: 'acme', slug: 'login' }, 'oskar', { by: 'maya' })
  simulator.removeMember({ organization: 'acme', slug: 'login' }, 'oskar', 'maya')
  const button = { repo, id: run.id, by: 'lina' }
  simulator.rerequestCheckRun(button)
  await simulator.rerequestCheckSuite(button)
  simulator.requestAction(button, 'again')
  await simulator.idle()

  expect(
    payloads(played, 'membership').map(({ action, member, team }) => [action, member.login, team.slug]),
  ).toEqual([
    ['added', 'oskar', 'login'],
    ['removed', 'oskar', 'login'],
  ])
  expect(payloads(played, 'check_run').slice(2)).toMatchObject([
    { action: 'rerequested', check_run: { external_id: 'pr:1', check_suite: { head_branch: 'edit' } } },
    { action: 'requested_action', requested_action: { identifier: 'again' } },
  ])
  expect(payloads(played, 'check_suite').at(-1)).toMatchObject({ action: 'rerequested' })
  expect(() => simulator.requestAction(button, 'other')).toThrow('offers no action')
})

test('an App hears only of what it subscribed to and where it is installed', async () => {
  const played = await scene({ events: ['push'] })
  const { simulator } = played
  await simulator.createRepository({ repo: 'acme/elsewhere', installed: false, files: { a: 'a' } })
  await linasPull(simulator)
  await simulator.idle()

  expect(payloads(played, 'pull_request')).toEqual([])
  expect(payloads(played, 'push').every(({ repository }) => repository.full_name === repo)).toBe(true)
})

test('a failed delivery is kept, and delivered again under the same GUID on request', async () => {
  let status = 500
  const played = await scene({}, () => status)
  const { hook, simulator } = played
  const app = octokit(simulator, appToken(simulator))
  const [failed] = await sent(simulator, 'push')
  status = 200
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 })
  const [, again] = await sent(simulator, 'push')
  const { data: list } = await app.rest.apps.listWebhookDeliveries({ per_page: 1 })
  const { data: one } = await app.rest.apps.getWebhookDelivery({ delivery_id: failed?.id ?? 0 })

  expect(failed).toMatchObject({ statusCode: 500, redelivery: false })
  expect(again).toMatchObject({ guid: failed?.guid, statusCode: 200, redelivery: true, body: failed?.body })
  expect(hook.received.at(-1)?.headers['x-github-delivery']).toBe(failed?.guid)
  expect(list).toMatchObject([{ id: again?.id, status: 'OK' }])
  expect(one.request.payload).toMatchObject({ ref: 'refs/heads/main' })
})

test('a receiver that takes too long has failed', async () => {
  const slow = () => new Promise<number>((resolve) => setTimeout(() => resolve(200), 400))
  const { simulator } = await scene({ limits: { deliveryTimeout: 60 } }, slow)

  expect((await sent(simulator, 'push'))[0]).toMatchObject({ status: 'timed out' })
})

test('deliveries can be lost, doubled and late', async () => {
  const played = await scene()
  const { hook, simulator } = played
  const push = async (message: string) => {
    await simulator.push({ repo, branch: 'main', by: 'maya', files: { [message]: message }, message })
    await simulator.idle()
  }
  simulator.injectDelivery({ event: 'push', effect: 'lose' })
  await push('lost')
  simulator.injectDelivery({ event: 'push', effect: 'duplicate' })
  await push('doubled')
  simulator.injectDelivery({ event: 'push', effect: { delay: 150 } })
  const before = Date.now()
  await push('late')

  const messages = payloads(played, 'push').map(({ head_commit }) => head_commit.message)
  expect(messages).toEqual(['Initial commit', 'doubled', 'doubled', 'late'])
  const late = hook.received.findLast(({ headers }) => headers['x-github-event'] === 'push')
  expect((late?.at ?? 0) - before).toBeGreaterThanOrEqual(149)
})
