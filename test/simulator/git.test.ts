import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import { at, installationOctokit, refusal, repo, smallWorld, withLines } from './support.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof installationOctokit>>
let number: number
let head: string
beforeAll(async () => {
  simulator = await smallWorld({
    limits: { treeEntries: 6, pullRequestFiles: 4, compareFiles: 3, patchLines: 60 },
  })
  client = await installationOctokit(simulator)
  head = await simulator.push({
    repo,
    branch: 'many',
    by: 'lina',
    message: 'Many kinds of change',
    files: {
      'a.txt': null,
      'moved/a.txt': withLines({ 2: 'two' }),
      'link.yaml': { symlink: 'teams/b.txt' },
      'run.sh': { executable: '#!/bin/sh\n' },
      'binary.dat': new Uint8Array([0, 1, 2, 255]),
      'long.txt': 'x\n'.repeat(100),
      'with space/"quoted"\n.txt': 'odd\n',
    },
  })
  number = await simulator.openPullRequest({ repo, title: 'Many', author: 'lina', head: 'many' })
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

async function tree(recursive?: string) {
  const query = recursive === undefined ? {} : { recursive }
  return (await client.rest.git.getTree({ ...at, tree_sha: 'many', ...query })).data
}

test('a recursive tree lists sub-trees too, and says when it was cut', async () => {
  const flat = await tree()
  const all = await tree('0')

  expect(flat.truncated).toBe(false)
  expect(flat.tree.find(({ path }) => path === 'link.yaml')).toMatchObject({ mode: '120000', type: 'blob' })
  expect(flat.tree.find(({ path }) => path === 'run.sh')).toMatchObject({ mode: '100755' })
  expect(all.truncated).toBe(true)
  expect(all.tree).toHaveLength(6)
  expect(all.tree.map(({ path }) => path)).toContain('moved')
})

test('a blob is base64 in JSON and bytes in the raw media type', async () => {
  const entry = (await tree()).tree.find(({ path }) => path === 'binary.dat')
  const { data } = await client.rest.git.getBlob({ ...at, file_sha: entry?.sha ?? '' })
  const raw = await client.rest.git.getBlob({
    ...at,
    file_sha: entry?.sha ?? '',
    mediaType: { format: 'raw' },
  })

  expect([...Buffer.from(data.content, 'base64')]).toEqual([0, 1, 2, 255])
  expect([...new Uint8Array(raw.data as unknown as ArrayBuffer)]).toEqual([0, 1, 2, 255])
})

test('the files of a pull request end at the limit in silence, and their count does not', async () => {
  const { data: files } = await client.rest.pulls.listFiles({ ...at, pull_number: number })
  const { data: pull } = await client.rest.pulls.get({ ...at, pull_number: number })

  expect(files).toHaveLength(4)
  expect(pull.changed_files).toBe(6)
})

test('a comparison lists files up to its limit, and on the first page alone', async () => {
  const basehead = `main...${head}`
  const { data: first } = await client.rest.repos.compareCommitsWithBasehead({ ...at, basehead })
  const { data: second } = await client.rest.repos.compareCommitsWithBasehead({
    ...at,
    basehead,
    page: 2,
    per_page: 1,
  })

  expect(first).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0 })
  expect(first.files).toHaveLength(3)
  expect(second.files).toBeUndefined()
  expect(second.merge_base_commit.sha).toBe(await simulator.branchTip(repo, 'main'))
})

test('a commit shows renames with both names, and no patch for what is binary or too long', async () => {
  const from = await simulator.push({
    repo,
    branch: 'renames',
    by: 'lina',
    files: { 'a.txt': null, 'z.txt': withLines({}) },
    message: 'r',
    from: 'main',
  })
  const { data: renames } = await client.rest.repos.getCommit({ ...at, ref: from })
  const { data: many } = await client.rest.repos.getCommit({ ...at, ref: head })

  expect(renames.files).toMatchObject([
    { filename: 'z.txt', previous_filename: 'a.txt', status: 'renamed', changes: 0 },
  ])
  expect(many.files?.find(({ filename }) => filename === 'binary.dat')).not.toHaveProperty('patch')
  expect(many.files?.find(({ filename }) => filename === 'long.txt')).not.toHaveProperty('patch')
})

test('contents are found by path: file, folder, link, nothing', async () => {
  const read = (path: string) => client.rest.repos.getContent({ ...at, path, ref: 'many' })

  expect((await read('teams/b.txt')).data).toMatchObject({
    type: 'file',
    path: 'teams/b.txt',
    encoding: 'base64',
  })
  expect((await read('teams')).data).toMatchObject([{ type: 'file', name: 'b.txt' }])
  expect((await read('link.yaml')).data).toMatchObject({ type: 'symlink', target: 'teams/b.txt' })
  expect(await refusal(read('teams/missing'))).toMatchObject({ status: 404 })
  expect(await refusal(read('run.sh/below'))).toMatchObject({ status: 404 })
})

test('a branch with a slash in its name is found', async () => {
  await simulator.push({ repo, branch: 'feature/x', by: 'lina', files: { x: 'x' }, message: 'x' })

  expect((await client.rest.repos.getBranch({ ...at, branch: 'feature/x' })).data.name).toBe('feature/x')
  expect((await client.rest.git.getRef({ ...at, ref: 'heads/feature/x' })).data.ref).toBe(
    'refs/heads/feature/x',
  )
  expect((await client.rest.git.listMatchingRefs({ ...at, ref: 'heads/feature' })).data).toHaveLength(1)
})

test('the errors of CODEOWNERS come with line and column, from the first place that has the file', async () => {
  const text = '* @acme/login\n/a[b] @acme/login\n/c @acme/nobody @lina # fine\n/d not-an-owner\n'
  const files = { '.github/CODEOWNERS': text, CODEOWNERS: '* @nobody' }
  await simulator.push({ repo, branch: 'owners', by: 'lina', files, message: 'owners', from: 'main' })

  const { data } = await client.rest.repos.codeownersErrors({ ...at, ref: 'owners' })

  expect(data.errors.map(({ line, column, kind }) => [line, column, kind])).toEqual([
    [2, 1, 'Invalid pattern'],
    [3, 4, 'Unknown owner'],
    [4, 4, 'Invalid owner'],
  ])
  expect(await refusal(client.rest.repos.codeownersErrors(at))).toMatchObject({ status: 404 })
})

test('Git itself fetches heads and test merges with an access token, and cannot push', async () => {
  const run = promisify(execFile)
  const folder = await mkdtemp(join(tmpdir(), 'clone-'))
  const { data } = await client.rest.repos.get(at)
  const auth = (await client.auth()) as { token: string }
  const address = data.clone_url.replace('://', `://x-access-token:${auth.token}@`)
  const environment = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_TERMINAL_PROMPT: '0' }
  const git = (...args: string[]) => run('git', ['-C', folder, ...args], { env: environment })
  try {
    await git('init', '--quiet')
    await git('fetch', '--quiet', '--depth=1', address, `refs/pull/${number}/merge`)
    await git('-c', 'advice.detachedHead=false', 'checkout', '--quiet', 'FETCH_HEAD')

    expect(await readFile(join(folder, 'moved/a.txt'), 'utf8')).toBe(withLines({ 2: 'two' }))
    await expect(git('push', address, 'HEAD:refs/heads/hack')).rejects.toThrow()
    await expect(git('fetch', data.clone_url, 'main')).rejects.toThrow()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('what is pruned is no more, and what a reference leads to stays', async () => {
  const files = (text: string) => ({ 'pruned.txt': text })
  const push = (text: string, force = false) =>
    simulator.push({
      ...{ repo, branch: 'pruned', by: 'lina', message: text, files: files(text) },
      ...(force ? { from: 'main', force } : {}),
    })
  const old = await push('old')
  await client.rest.git.getCommit({ ...at, commit_sha: old })
  await simulator.pruneCommit(repo, old)
  expect((await client.rest.git.getCommit({ ...at, commit_sha: old })).data.sha).toBe(old)

  const now = await push('new', true)
  const { data: kept } = await client.rest.git.getCommit({ ...at, commit_sha: old })
  await simulator.pruneCommit(repo, old)

  expect(await refusal(client.rest.git.getCommit({ ...at, commit_sha: old }))).toMatchObject({ status: 404 })
  expect(await refusal(client.rest.git.getTree({ ...at, tree_sha: kept.tree.sha }))).toMatchObject({
    status: 404,
  })
  expect((await client.rest.git.getCommit({ ...at, commit_sha: now })).data.sha).toBe(now)
  expect(
    (await client.rest.git.getTree({ ...at, tree_sha: 'main', recursive: '1' })).data.tree.length,
  ).toBeGreaterThan(1)
})
