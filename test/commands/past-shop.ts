import { execFileSync } from 'node:child_process'
import { type WrittenCommit, writeHistory } from '../support/written-history.ts'
import { folder } from './fake-terminal.ts'
import { shop } from './shop.ts'

function edited(path: string, from: string, to: string): Readonly<Record<string, string>> {
  return { [path]: (shop[path] ?? '').replace(from, to) }
}

const everything = edited('teams/pages.yaml', 'exact: /about', 'prefix: /')
const broken = edited('teams/cart.yaml', 'prefix: /cart/items', 'exact: /basket')

/** What became of the shop in a winter: merges, squashed and direct commits, and what touches nothing of it. */
export const winter: readonly WrittenCommit[] = [
  { subject: 'The shop', day: '2025-10-01', files: shop },
  { subject: 'Say hello', day: '2025-11-01', files: { 'README.md': 'hello' } },
  {
    subject: 'Cart takes all of /cart (#17)',
    day: '2025-11-20',
    files: edited('teams/cart.yaml', 'prefix: /cart/items', 'prefix: /cart'),
    author: 'Cem <2+cem@users.noreply.github.com>',
  },
  { subject: 'A note', day: '2025-11-21', files: { 'docs/note.md': 'note' } },
  {
    subject: 'Pages answer everything',
    day: '2025-12-01',
    files: everything,
    author: 'Pia <pia@shop.example>',
    merged: true,
  },
  { subject: 'Baskets', day: '2025-12-15', files: broken, author: 'Cem <cem@shop.example>' },
  {
    subject: 'Revert "Baskets"',
    day: '2025-12-16',
    files: { 'teams/cart.yaml': shop['teams/cart.yaml'] ?? '' },
  },
  { subject: 'No more cart', day: '2025-12-30', files: { 'teams/cart.yaml': null } },
]

/** A clone with these commits on `main`, gone after the test. */
export function cloneOf(commits: readonly WrittenCommit[]): string {
  const path = folder()
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', path])
  writeHistory(path, commits)
  return path
}
