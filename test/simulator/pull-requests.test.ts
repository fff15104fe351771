import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { at, installationOctokit, linasPull, refusal, repo, smallWorld, withLines } from './support.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof installationOctokit>>
beforeAll(async () => {
  simulator = await smallWorld()
  client = await installationOctokit(simulator)
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

async function read(number: number) {
  return (await client.rest.pulls.get({ ...at, pull_number: number })).data
}

async function reference(number: number, which: 'head' | 'merge') {
  return (await client.rest.git.getRef({ ...at, ref: `pull/${number}/${which}` })).data.object.sha
}

async function parents(sha: string) {
  return (await client.rest.git.getCommit({ ...at, commit_sha: sha })).data.parents.map(
    (parent) => parent.sha,
  )
}

async function anotherPull(branch: string, change: Readonly<Record<string, string>>, draft = false) {
  await simulator.push({ repo, branch, by: 'carla', files: change, message: branch, from: 'main' })
  return simulator.openPullRequest({ repo, title: branch, author: 'carla', head: branch, draft })
}

test('nobody knows whether a pull request can be merged until somebody has asked', async () => {
  const { number, head } = await linasPull(simulator)
  const [first, second] = [await read(number), await read(number)]
  await simulator.push({ repo, branch: 'edit', by: 'lina', files: { new: 'n' }, message: 'more' })

  expect([first.mergeable, second.mergeable, (await read(number)).mergeable]).toEqual([null, true, null])
  expect(first).toMatchObject({
    changed_files: 1,
    additions: 2,
    deletions: 2,
    commits: 1,
    head: { sha: head },
  })
})

test('the test merge has exactly the base and the head as parents', async () => {
  const number = await anotherPull('parents', { p: 'p' })
  const base = await simulator.branchTip(repo, 'main')
  const head = await reference(number, 'head')

  expect(await parents(await reference(number, 'merge'))).toEqual([base, head])
})

test('the test merge is not renewed when the base moves, but when the head does', async () => {
  const number = await anotherPull('stale', { s: 's' })
  const before = await reference(number, 'merge')
  const base = await simulator.push({
    repo,
    branch: 'main',
    by: 'maya',
    files: { m: 'm' },
    message: 'base moves',
  })
  const stale = await reference(number, 'merge')
  const head = await simulator.push({
    repo,
    branch: 'stale',
    by: 'carla',
    files: { s: 't' },
    message: 'head moves',
  })

  expect(stale).toBe(before)
  expect(await parents(await reference(number, 'merge'))).toEqual([base, head])
})

test('a conflict has no test merge and cannot be merged', async () => {
  const number = await anotherPull('left', { 'a.txt': withLines({ 20: 'left' }) })
  const files = { 'a.txt': withLines({ 20: 'right' }) }
  await simulator.push({ repo, branch: 'main', by: 'maya', files, message: 'right' })
  await simulator.push({
    repo,
    branch: 'left',
    by: 'carla',
    files: { x: 'x' },
    message: 'renews the test merge',
  })
  await read(number)

  expect(await read(number)).toMatchObject({ mergeable: false, mergeable_state: 'dirty' })
  expect(await refusal(reference(number, 'merge'))).toMatchObject({ status: 404 })
  await expect(simulator.mergePullRequest({ repo, number, by: 'maya' })).rejects.toThrow('not mergeable')
})

test('another base renews the test merge and keeps the head', async () => {
  await simulator.push({ repo, branch: 'release', by: 'maya', files: { r: 'r' }, message: 'release' })
  const number = await anotherPull('retarget', { t: 't' })
  const head = await reference(number, 'head')

  await simulator.editPullRequest({ repo, number, by: 'carla' }, { base: 'release' })

  expect((await read(number)).base.ref).toBe('release')
  expect(await parents(await reference(number, 'merge'))).toEqual([
    await simulator.branchTip(repo, 'release'),
    head,
  ])
})

test('a deleted fork leaves the head without repository and the commits readable', async () => {
  const fork = await simulator.forkRepository(repo, 'oskar')
  const head = await simulator.push({
    repo: fork,
    branch: 'gift',
    by: 'oskar',
    files: { g: 'g' },
    message: 'gift',
  })
  const number = await simulator.openPullRequest({ repo, title: 'Gift', author: 'oskar', head: 'oskar:gift' })
  const before = await read(number)
  await simulator.deleteRepository(fork)
  const after = await read(number)

  expect(before.head.repo?.full_name).toBe(fork)
  expect(after.head).toMatchObject({ sha: head, repo: null })
  expect((await client.rest.git.getCommit({ ...at, commit_sha: head })).data.message).toBe('gift')
})

test('a force push replaces the commits, and an ordinary one that would is refused', async () => {
  const number = await anotherPull('rewritten', { w: 'one' })
  const push = { repo, branch: 'rewritten', by: 'carla', files: { w: 'two' }, message: 'again', from: 'main' }

  await expect(simulator.push(push)).rejects.toThrow('non-fast-forward')
  const head = await simulator.push({ ...push, force: true })

  expect(await read(number)).toMatchObject({ head: { sha: head }, commits: 1 })
  const { data } = await client.rest.repos.listActivities({ ...at, ref: 'refs/heads/rewritten' })
  expect(data.map(({ activity_type, actor }) => [activity_type, actor?.login])).toEqual([
    ['force_push', 'carla'],
    ['branch_creation', 'carla'],
  ])
})

test('a commit may name an author who did not push it; the activity knows', async () => {
  await simulator.push({
    repo,
    branch: 'forged',
    by: 'carla',
    author: 'lina',
    files: { f: 'f' },
    message: 'forged',
  })

  const { data: commit } = await client.rest.repos.getCommit({ ...at, ref: 'forged' })
  const { data: activity } = await client.rest.repos.listActivities({ ...at, ref: 'forged' })

  expect(commit.author?.login).toBe('lina')
  expect(activity[0]?.actor?.login).toBe('carla')
})

test('a merge closes, moves the base and removes the test merge', async () => {
  const number = await anotherPull('merged', { 'merged.txt': 'yes' })

  const commit = await simulator.mergePullRequest({ repo, number, by: 'maya' })

  expect(await read(number)).toMatchObject({ state: 'closed', merged: true, merged_by: { login: 'maya' } })
  expect(await simulator.branchTip(repo, 'main')).toBe(commit)
  expect(await refusal(reference(number, 'merge'))).toMatchObject({ status: 404 })
})

test('a squash merge has one parent', async () => {
  const number = await anotherPull('squashed', { q: 'q' })

  expect(
    await parents(await simulator.mergePullRequest({ repo, number, by: 'maya' }, 'squash')),
  ).toHaveLength(1)
})

test('a draft cannot be merged before it is ready', async () => {
  const number = await anotherPull('draft', { d: 'd' }, true)
  const who = { repo, number, by: 'maya' }

  await expect(simulator.mergePullRequest(who)).rejects.toThrow('not mergeable')
  await simulator.markReady(who)

  expect(await read(number)).toMatchObject({ draft: false })
})

test('closing and opening again brings the test merge back', async () => {
  const number = await anotherPull('closed', { c: 'c' })
  const who = { repo, number, by: 'carla' }
  await simulator.closePullRequest(who)
  const gone = await refusal(reference(number, 'merge'))
  await simulator.reopenPullRequest(who)

  expect(gone.status).toBe(404)
  expect(await reference(number, 'merge')).toMatch(/^[0-9a-f]{40}$/)
})

test('what was pushed while it was closed is in it once it is open again, and no other history', async () => {
  const number = await anotherPull('meanwhile', { m: 'm' })
  const who = { repo, number, by: 'carla' }
  await simulator.closePullRequest(who)
  const pushed = await simulator.push({
    repo,
    branch: 'meanwhile',
    by: 'carla',
    files: { m: 'n' },
    message: 'm',
  })
  await simulator.reopenPullRequest(who)

  expect(await read(number)).toMatchObject({ state: 'open', head: { sha: pushed } })

  await simulator.closePullRequest(who)
  const other = { from: 'main', force: true } as const
  await simulator.push({ repo, branch: 'meanwhile', by: 'carla', files: { m: 'o' }, message: 'm', ...other })
  await expect(simulator.reopenPullRequest(who)).rejects.toThrow('force-pushed')
})

test('pull requests are found by head, base and state', async () => {
  const { data: byHead } = await client.rest.pulls.list({ ...at, state: 'all', head: 'acme:merged' })
  const { data: byBase } = await client.rest.pulls.list({ ...at, base: 'release' })

  expect(byHead.map(({ title }) => title)).toEqual(['merged'])
  expect(byBase.map(({ title }) => title)).toEqual(['retarget'])
})

test('the timeline tells who changed the base, and when', async () => {
  const { number } = (await client.rest.pulls.list({ ...at, base: 'release' })).data[0] ?? { number: 0 }
  const { data } = await client.rest.issues.listEventsForTimeline({ ...at, issue_number: number })

  expect(data.map(({ event }) => event)).toEqual(['committed', 'base_ref_changed'])
})
