import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { findRepository } from '../access/permissions.ts'
import { changedFiles, commitsOf } from '../git/pull-request-commits.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { checks } from './checks.ts'
import { conversation } from './conversation.ts'
import { files } from './files.ts'
import { avatarPage, notFoundPage, type Page } from './layout.ts'
import { listPage } from './list.ts'
import { pullPage, type Tab } from './pull-frame.ts'

const require = createRequire(import.meta.url)

/** In this order: what comes later may refine what came before. */
const styles = ['frame', 'pull', 'conversation', 'checks', 'markdown', 'diff', 'narrow'].map(
  (name) => new URL(`styles/${name}.css`, import.meta.url),
)

const assets: Readonly<
  Record<string, { readonly type: string; readonly files: () => readonly (URL | string)[] }>
> = {
  'style.css': { type: 'text/css; charset=utf-8', files: () => styles },
  'page.js': { type: 'text/javascript; charset=utf-8', files: () => [new URL('page.js', import.meta.url)] },
  'mermaid.js': {
    type: 'text/javascript; charset=utf-8',
    files: () => [require.resolve('@mermaid-js/tiny')],
  },
}

async function asset(name: string): Promise<Page> {
  const found = assets[name]
  if (!found) return notFoundPage()
  const parts = await Promise.all(found.files().map((file) => readFile(file)))
  return { status: 200, type: found.type, body: Buffer.concat(parts) }
}

async function showPull(
  world: World,
  pull: PullRequest,
  at: { tab: Tab; query: URLSearchParams },
): Promise<Page> {
  const [commits, changed] = await Promise.all([commitsOf(pull), changedFiles(world, pull)])
  const content = {
    conversation: () => conversation(world, pull, commits),
    checks: () => checks(world, pull, at.query.get('check_run_id')),
    files: () => files(world, pull, changed),
  }[at.tab]
  const sum = (field: 'additions' | 'deletions') => changed.reduce((total, file) => total + file[field], 0)
  const figures = {
    commits: commits.length,
    files: changed.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
  }
  return pullPage(pull, { tab: at.tab, figures, content: await content() })
}

/** A path that is no valid encoding names nothing, so it may stay as it is. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const tabs: Readonly<Record<string, Tab>> = { '': 'conversation', checks: 'checks', files: 'files' }

/** The web page of a path. */
export async function handlePage(world: World, url: URL): Promise<Page> {
  const [first = '', second = '', third, number = '', tabName = '', ...rest] = url.pathname
    .slice(1)
    .split('/')
    .map(decodePart)
  if (first === '') return listPage(world)
  if (first === 'assets') return asset(second)
  if (first === 'avatars') return avatarPage(second)
  const repository = findRepository(world, `${first}/${second}`)
  if (!repository) return notFoundPage()
  if (third === undefined || third === 'pulls') return listPage(world, repository)
  const pull = repository.pulls.find((candidate) => String(candidate.number) === number)
  const tab = tabs[tabName]
  if (third !== 'pull' || !pull || !tab || rest.length > 0) return notFoundPage()
  return showPull(world, pull, { tab, query: url.searchParams })
}
