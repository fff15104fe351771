import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createGitMirror } from '../../src/git/merge.ts'
import { blobId } from '../../src/git/object-id.ts'
import { at } from '../support/github.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-merge-'))
afterAll(() => rmSync(folder, { recursive: true }))

const path = process.env['PATH'] ?? ''
const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false']

function git(work: string, ...args: string[]): string {
  return execFileSync('git', ['-C', work, ...who, ...args], { encoding: 'utf8' }).trim()
}

/** A repository in which `main` and `topic` change the same file, each as told. */
function origin(name: string, sides: { main: string; topic: string }) {
  const work = join(folder, name)
  mkdirSync(work)
  git(work, 'init', '--quiet', '--initial-branch=main')
  const commit = (files: Record<string, string>): string => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(work, file)), { recursive: true })
      writeFileSync(join(work, file), text)
    }
    git(work, 'add', '--all')
    git(work, 'commit', '--quiet', '--message=c')
    return git(work, 'rev-parse', 'HEAD')
  }
  const lines = ['1', '2', '3', '4', '5', '6', '7', '8'].join('\n')
  commit({ 'mesh/a file\nwith a break.yaml': lines, 'b.yaml': 'b' })
  git(work, 'checkout', '--quiet', '-b', 'topic')
  const head = commit({ 'mesh/a file\nwith a break.yaml': lines.replace('8', sides.topic) })
  git(work, 'update-ref', 'refs/pull/7/head', head)
  git(work, 'checkout', '--quiet', 'main')
  const base = commit({ 'mesh/a file\nwith a break.yaml': lines.replace(sides.main, 'main') })
  return {
    url: `file://${work}`,
    base: { sha: base, ref: 'refs/heads/main' },
    head: { sha: head, ref: 'refs/pull/7/head' },
  }
}

function mirrorOf(url: string, name: string, searched = path) {
  const directory = join(folder, `mirrors-${name}`)
  const mirror = createGitMirror({
    directory,
    path: searched,
    repository: at,
    url,
    token: async () => 'secret-token',
  })
  return { mirror, directory }
}

test('both sides of one file are merged as Git merges, and the result can be read', async () => {
  const { url, base, head } = origin('clean', { main: '1', topic: 'topic' })
  const { mirror } = mirrorOf(url, 'clean')

  const merge = await mirror.merge(base, head)
  if (merge.kind !== 'tree') throw new Error(merge.kind)
  const { tree } = await mirror.listing(merge.sha)
  const entry = tree.get('mesh/a file\nwith a break.yaml')

  expect([...tree.keys()]).toEqual(['b.yaml', 'mesh/a file\nwith a break.yaml'])
  expect(entry).toMatchObject({ mode: '100644', size: 22 })
  expect((await mirror.blob(entry?.sha ?? '')).toString()).toBe('main\n2\n3\n4\n5\n6\n7\ntopic')
})

test('a conflict names its paths', async () => {
  const { url, base, head } = origin('conflict', { main: '8', topic: 'topic' })

  const merge = await mirrorOf(url, 'conflict').mirror.merge(base, head)

  expect(merge).toEqual({ kind: 'conflict', paths: ['mesh/a file\nwith a break.yaml'] })
})

test('a commit that its ref does not reach any more is an error, not a guess', async () => {
  const { url, base } = origin('gone', { main: '1', topic: 'topic' })
  const head = { sha: 'c'.repeat(40), ref: 'refs/pull/7/head' }

  await expect(mirrorOf(url, 'gone').mirror.merge(base, head)).rejects.toThrow('git')
})

test('without Git a merge is impossible', async () => {
  const { url, base, head } = origin('missing', { main: '1', topic: 'topic' })

  const merge = await mirrorOf(url, 'missing', '/nowhere').mirror.merge(base, head)

  expect(merge).toEqual({ kind: 'impossible', because: { code: 'no-git' } })
})

test('the token stays out of the mirror and out of errors', async () => {
  const { base, head } = origin('secret', { main: '1', topic: 'topic' })
  const { mirror, directory } = mirrorOf(`file://${folder}/no-such-repository`, 'secret')

  const failure = await mirror.merge(base, head).catch((error: Error) => error.message)
  const config = readFileSync(join(directory, readdirSync(directory)[0] ?? '', 'config'), 'utf8')

  expect(failure).toContain('git')
  expect(`${String(failure)}${config}`).not.toMatch(/secret-token|Authorization|eC1hY2Nlc3M/)
})

test('what was fetched is held, and nothing before it is', async () => {
  const { url, base, head } = origin('held', { main: '1', topic: 'topic' })
  const { mirror } = mirrorOf(url, 'held')
  const sha = blobId(Buffer.from('b'))
  const missing = 'e'.repeat(40)
  expect(await mirror.held([sha])).toEqual(new Map())

  await mirror.bring([base.ref, head.ref])

  expect(await mirror.held([sha, missing, base.sha, '../b.yaml'])).toEqual(new Map([[sha, Buffer.from('b')]]))
})

test('refs that are asked for while one fetch is at work are fetched together, and a fault is for those alone', async () => {
  const { url, base, head } = origin('together', { main: '1', topic: 'topic' })
  const { mirror } = mirrorOf(url, 'together')

  const brought = await Promise.allSettled([
    mirror.bring([base.ref]),
    mirror.bring([head.ref]),
    mirror.bring([base.ref, head.ref]),
  ])
  expect(brought.map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'))

  await expect(mirror.bring(['refs/pull/8/head'])).rejects.toThrow()
  await expect(mirror.bring([head.ref])).resolves.toBeUndefined()
})

test('a proxy is gone by where there is one', async () => {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(`${request.url}`)
    response.writeHead(502).end()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const proxies = { http_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` }
  const commit = (name: string) => ({ sha: 'a'.repeat(40), ref: `refs/heads/${name}` })
  const mirror = createGitMirror({
    ...{ directory: join(folder, 'mirrors-proxy'), path, repository: at, proxies },
    url: 'http://git.invalid/mesh.git',
    token: async () => 'secret-token',
  })

  await expect(mirror.merge(commit('main'), commit('topic'))).rejects.toThrow()
  proxy.close()

  expect(asked[0]).toMatch(/^http:\/\/git\.invalid\/mesh\.git\/info\/refs/)
})
