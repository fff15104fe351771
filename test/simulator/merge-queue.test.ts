import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { at, installationOctokit, repo, smallWorld } from './support.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof installationOctokit>>
beforeAll(async () => {
  simulator = await smallWorld()
  simulator.protectBranch(repo, 'main', { requiredChecks: ['firebreak'], mergeQueue: true })
  client = await installationOctokit(simulator)
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

function report(head: string, conclusion: 'success' | 'failure') {
  return client.rest.checks.create({ ...at, name: 'firebreak', head_sha: head, conclusion })
}

async function passingPull(branch: string): Promise<number> {
  const head = await simulator.push({
    repo,
    branch,
    by: 'lina',
    files: { [branch]: branch },
    message: branch,
    from: 'main',
  })
  const number = await simulator.openPullRequest({ repo, title: branch, author: 'lina', head: branch })
  await report(head, 'success')
  return number
}

const enqueue = (number: number) => simulator.enqueue({ repo, number, by: 'maya' })

function told(event: string): unknown[] {
  return simulator
    .deliveries()
    .filter((delivery) => delivery.event === event)
    .map(({ action, payload }) => [action, payload['reason']].filter(Boolean).join(' '))
}

test('a pull request enters with its checks passed, and only through the queue', async () => {
  await simulator.push({ repo, branch: 'early', by: 'lina', files: { e: 'e' }, message: 'e' })
  const early = await simulator.openPullRequest({ repo, title: 'early', author: 'lina', head: 'early' })
  const number = await passingPull('direct')

  await expect(enqueue(early)).rejects.toThrow('has not passed')
  await expect(simulator.mergePullRequest({ repo, number, by: 'maya' })).rejects.toThrow('merge queue')
})

test('groups are chained, named after their pull request and their parent, and merged in order', async () => {
  const tip = await simulator.branchTip(repo, 'main')
  const [one, two] = [await passingPull('one'), await passingPull('two')]
  const first = await enqueue(one)
  const second = await enqueue(two)
  const { data: pulls } = await client.rest.repos.listPullRequestsAssociatedWithCommit({
    ...at,
    commit_sha: second.head,
  })
  const requested = simulator.deliveries().findLast(({ event }) => event === 'merge_group')
  await report(second.head, 'success')
  const waiting = simulator.mergeQueue(repo).length
  await report(first.head, 'success')

  expect(first).toMatchObject({ parent: tip, ref: `gh-readonly-queue/main/pr-${one}-${tip}` })
  expect(second.parent).toBe(first.head)
  expect(pulls.map(({ number }) => number)).toEqual([two])
  expect(requested?.payload).toMatchObject({
    action: 'checks_requested',
    merge_group: {
      head_sha: second.head,
      base_sha: first.head,
      head_ref: `refs/heads/${second.ref}`,
      base_ref: 'refs/heads/main',
      head_commit: { id: second.head },
    },
  })
  expect(waiting).toBe(2)
  expect(simulator.mergeQueue(repo)).toEqual([])
  expect(await simulator.branchTip(repo, 'main')).toBe(second.head)
  expect(simulator.pullRequest(repo, two).merged?.by.login).toBe('github-merge-queue[bot]')
  expect(told('merge_group').slice(-2)).toEqual(['destroyed merged', 'destroyed merged'])
})

test('a group that fails is thrown out, and those behind it are built anew', async () => {
  const tip = await simulator.branchTip(repo, 'main')
  const [bad, good] = [await passingPull('bad'), await passingPull('good')]
  const failing = await enqueue(bad)
  await enqueue(good)
  await report(failing.head, 'failure')
  const [rest] = simulator.mergeQueue(repo)

  expect(simulator.mergeQueue(repo)).toHaveLength(1)
  expect(rest).toMatchObject({ parent: tip })
  expect(rest?.pull.number).toBe(good)
  expect(await simulator.branchTip(repo, failing.ref)).toBeUndefined()
  expect(told('pull_request')).toContain('dequeued CI_FAILURE')
  expect(told('merge_group').slice(-3)).toEqual([
    'destroyed dequeued',
    'destroyed invalidated',
    'checks_requested',
  ])
})

test('somebody may take a pull request out again', async () => {
  const [entry] = simulator.mergeQueue(repo)
  await simulator.dequeue({ repo, number: entry?.pull.number ?? 0, by: 'maya' })

  expect(simulator.mergeQueue(repo)).toEqual([])
  expect(told('pull_request').at(-1)).toBe('dequeued MANUAL')
})
