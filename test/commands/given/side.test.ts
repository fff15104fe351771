import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { clone, commit, firebreak, firebreakAt, folder, write } from '../fake-terminal.ts'
import { shop, shopWith } from '../shop.ts'

const moved = shopWith('teams/pages.yaml', ['exact: /about', 'prefix: /'])

/** A clone that was fetched, with a change that others must agree to, and a folder that would be judged by nobody. */
function proposal(named: (sha: string) => string): { readonly path: string; readonly base: string } {
  const { path, git } = clone(shop)
  git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
  const base = named(git('rev-parse', 'HEAD').trim())
  write(path, moved)
  commit({ path, git }, 'a change, and a base of its own')
  write(path, { [`${base}/.github/firebreak.yml`]: 'mode: observe\n' })
  return { path, base }
}

it.each<readonly [string, (sha: string) => string]>([
  ['what is compared unless something is named', () => 'origin/HEAD'],
  ['a branch that was fetched', () => 'origin/main'],
  ['the whole name of a ref', () => 'refs/remotes/origin/main'],
  ['a commit', (sha) => sha],
])('a folder that is called like %s is not taken for it', async (_, named) => {
  const { path, base } = proposal(named)

  const { code, err } = await firebreak(path, 'check', '--base', base, '--author', 'pia')

  expect([code, err]).toEqual([2, expect.stringContaining(`write ./${base} for the directory`)])
})

it.each(['./origin/main', 'main', 'before'])('the folder %s is one', async (named) => {
  const { path } = proposal(() => named)

  const { code, out } = await firebreak(path, 'check', '--base', named, '--author', 'pia')

  expect([code, out]).toEqual([0, expect.stringMatching(/^Observing/)])
})

it.each([
  ['nothing was fetched', {}],
  ['there is no Git', { PATH: '' }],
])('a folder is one where %s', async (_, environment) => {
  const path = folder()
  mkdirSync(join(path, 'origin/main'), { recursive: true })
  const sides = ['--base', 'origin/main', '--head', 'origin/main']

  expect(await firebreakAt({ directory: path, width: 100, environment }, 'check', ...sides)).toMatchObject({
    code: 0,
    err: '',
  })
})
