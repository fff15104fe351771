import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { at, installationOctokit, linasPull, refusal, repo, smallWorld } from './support.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof installationOctokit>>
let pull: { number: number; head: string }
beforeAll(async () => {
  simulator = await smallWorld()
  client = await installationOctokit(simulator)
  pull = await linasPull(simulator)
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

const annotation = (line: number) => ({
  path: 'a.txt',
  start_line: line,
  end_line: line,
  annotation_level: 'warning' as const,
  message: `line ${line}`,
})

function create(extra: Readonly<Record<string, unknown>> = {}) {
  return client.rest.checks.create({ ...at, name: 'firebreak', head_sha: pull.head, ...extra })
}

const output = { title: 'Title', summary: 'Summary' }

test('annotations are only ever added', async () => {
  const { data: run } = await create({ output: { ...output, annotations: [annotation(1)] } })
  const update = { ...at, check_run_id: run.id, conclusion: 'success' as const }
  await client.rest.checks.update({ ...update, output: { ...output, annotations: [annotation(2)] } })
  await client.rest.checks.update({ ...update, output: { ...output, annotations: [] } })

  const { data } = await client.rest.checks.listAnnotations({ ...at, check_run_id: run.id })

  expect(data.map(({ message }) => message)).toEqual(['line 1', 'line 2'])
})

const fifty = Array.from({ length: 51 }, (_, line) => annotation(line + 1))
const action = { label: 'Explain', description: 'Say why', identifier: 'explain' }

test.each([
  ['completed without a conclusion', { status: 'completed' }],
  ['the conclusion stale', { status: 'completed', conclusion: 'stale' }],
  ['an output without a title', { output: { summary: 'x' } }],
  ['an output without a summary', { output: { title: 'x' } }],
  ['more than fifty annotations at once', { output: { ...output, annotations: fifty } }],
  ['a summary of 65536 characters', { output: { title: 'x', summary: 'x'.repeat(65_536) } }],
  ['a text of 65536 characters', { output: { ...output, text: 'x'.repeat(65_536) } }],
  [
    'columns over several lines',
    { output: { ...output, annotations: [{ ...annotation(1), end_line: 2, start_column: 1 }] } },
  ],
  ['a line before the first', { output: { ...output, annotations: [annotation(0)] } }],
  [
    'a long title of an annotation',
    { output: { ...output, annotations: [{ ...annotation(1), title: 'x'.repeat(256) }] } },
  ],
  [
    'a message of more than 64 KB',
    { output: { ...output, annotations: [{ ...annotation(1), message: 'x'.repeat(65_537) }] } },
  ],
  ['four buttons', { actions: [action, action, action, action] }],
  ['a long label of a button', { actions: [{ ...action, label: 'x'.repeat(21) }] }],
  ['a long description of a button', { actions: [{ ...action, description: 'x'.repeat(41) }] }],
  ['a status that belongs to Actions', { status: 'waiting' }],
  ['a commit that is not there', { head_sha: '0'.repeat(40) }],
])('a check run with %s is refused', async (_, extra) => {
  expect(await refusal(create(extra))).toMatchObject({ status: 422 })
})

test('what is just short enough is taken', async () => {
  const text = 'x'.repeat(65_535)

  const { status } = await create({
    output: { title: 'x', summary: text, text },
    actions: [action, action, action],
  })

  expect(status).toBe(201)
})

test('a conclusion completes the run, and an update without one opens it again', async () => {
  const { data: run } = await create({ conclusion: 'failure' })
  const { data: again } = await client.rest.checks.update({
    ...at,
    check_run_id: run.id,
    status: 'in_progress',
  })

  expect(run).toMatchObject({ status: 'completed', conclusion: 'failure' })
  expect(again).toMatchObject({ status: 'in_progress', conclusion: null })
})

test('the list shows the newest of a name, and all of them on request', async () => {
  const head = await simulator.push({ repo, branch: 'list', by: 'lina', files: { l: 'l' }, message: 'l' })
  const on = { head_sha: head }
  const first = await create({ ...on, external_id: 'first' })
  const second = await create({ ...on, external_id: 'second' })
  await simulator.foreignCheckRun(repo, head, { app: 'impostor', name: 'firebreak', conclusion: 'success' })
  const list = { ...at, ref: head, check_name: 'firebreak' }

  const { data: latest } = await client.rest.checks.listForRef(list)
  const { data: ours } = await client.rest.checks.listForRef({
    ...list,
    app_id: simulator.appId,
    filter: 'all',
  })

  expect(latest.check_runs.map(({ app }) => app?.slug)).toEqual(['impostor', 'firebreak'])
  expect(latest.check_runs[1]?.id).toBe(second.data.id)
  expect(ours.check_runs.map(({ id }) => id)).toEqual([second.data.id, first.data.id])
})

test('another App cannot be written for', async () => {
  const id = await simulator.foreignCheckRun(repo, pull.head, {
    app: 'impostor',
    name: 'x',
    conclusion: 'success',
  })

  const refused = await refusal(client.rest.checks.update({ ...at, check_run_id: id, conclusion: 'failure' }))

  expect(refused.status).toBe(403)
})

test('a run names the pull requests of its commit, except those from forks', async () => {
  const fork = await simulator.forkRepository(repo, 'oskar')
  const head = await simulator.push({ repo: fork, branch: 'f', by: 'oskar', files: { f: 'f' }, message: 'f' })
  await simulator.openPullRequest({ repo, title: 'f', author: 'oskar', head: 'oskar:f' })

  const { data: own } = await create()
  const { data: foreign } = await create({ head_sha: head })

  expect(own.pull_requests.map(({ number }) => number)).toEqual([pull.number])
  expect(foreign.pull_requests).toEqual([])
})

test('a required check decides whether one may merge, and neutral passes', async () => {
  simulator.protectBranch(repo, 'main', { requiredChecks: ['gate'] })
  const merge = () => simulator.mergePullRequest({ repo, number: pull.number, by: 'maya' })

  await expect(merge()).rejects.toThrow('Required status check "gate" is expected.')
  await create({ name: 'gate', status: 'in_progress' })
  await expect(merge()).rejects.toThrow('is in progress')
  await create({ name: 'gate', conclusion: 'action_required' })
  await expect(merge()).rejects.toThrow('is failing')
  await create({ name: 'gate', conclusion: 'neutral' })

  expect(await merge()).toBe(await simulator.branchTip(repo, 'main'))
})
