import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type AskedSide, readAskedSide } from '../../../src/commands/past/asked-side.ts'
import { createTouching } from '../../../src/commands/past/touching.ts'
import { turnsOf } from '../../../src/commands/past/turns-of.ts'
import { keyOfAnswers } from '../../../src/domain/routing/explain/answers-key.ts'
import type { BranchCommit, RawChange } from '../../../src/git/branch-history.ts'
import type { FileStore } from '../../../src/git/file-store.ts'
import { endless } from '../../../src/report/print/screen.ts'
import { runs } from '../../support/laws.ts'
import { memoryStore } from '../../support/memory-store.ts'
import { shop } from '../shop.ts'

type Entry = string | { readonly symlink: string } | null

const cart = shop['teams/cart.yaml'] ?? ''
const patch = `- op: replace
  path: /spec/http/0/route/0/destination/host
  value: patched
`

const kustomization = `resources: [cart.yaml, pages.yaml, more]
patches: [{ path: patch.txt, target: { name: cart } }]
`
const more = cart.replace('name: cart', 'name: more')

/** Built as the kustomization says, of files that nothing but it names. */
const first: Readonly<Record<string, Entry>> = {
  ...shop,
  'teams/kustomization.yaml': kustomization,
  'teams/patch.txt': patch,
  'teams/more': more,
}

/** What a step may write: manifests, what names them or patches them whatever it is called, and what is nothing to anybody. */
const writings: readonly (readonly [string, readonly Entry[]])[] = [
  ['mesh/shop.yaml', [shop['mesh/shop.yaml'] ?? '', null]],
  [
    'teams/cart.yaml',
    [cart, cart.replace('/cart/items', '/cart'), cart.replace('host: cart', 'host: other'), null],
  ],
  ['teams/pages.yaml', [shop['teams/pages.yaml'] ?? '', null]],
  ['teams/copy.yaml', [cart.replace('host: cart', 'host: copy'), { symlink: 'cart.yaml' }, null]],
  ['teams/kustomization.yaml', [kustomization, null]],
  ['teams/patch.txt', [patch, patch.replace('patched', 'mended'), null]],
  ['teams/more', [more, null]],
  [
    '.github/firebreak.yml',
    ['manifests: { exclude: ["teams/pages.yaml"] }\n', 'istio: { dialect: istio }\n', null],
  ],
  ['.github/CODEOWNERS', ['* @shop/all\n', null]],
  ['README.md', ['one', 'two', null]],
  ['src/main.txt', ['one', { symlink: '../teams' }, null]],
]

const writing = fc.nat(writings.length - 1).chain((at) => {
  const [path, entries] = writings[at] ?? ['README.md', ['']]
  return fc.nat(entries.length - 1).map((chosen) => [path, entries[chosen] ?? null] as const)
})

const histories = fc.array(fc.array(writing, { maxLength: 2 }), { minLength: 1, maxLength: 12 })

interface Made {
  readonly commits: readonly BranchCommit[]
  readonly stores: ReadonlyMap<string, FileStore>
}

/** The newest first. */
async function historyOf(steps: readonly (readonly (readonly [string, Entry])[])[]): Promise<Made> {
  const stores = new Map([['0', memoryStore(first)]])
  const commits: BranchCommit[] = [commitOf(0, [])]
  let files: Readonly<Record<string, Entry>> = first
  for (const [at, step] of steps.entries()) {
    files = { ...files, ...Object.fromEntries(step) }
    const [before, after] = [stores.get(`${at}`) ?? memoryStore({}), memoryStore(files)]
    stores.set(`${at + 1}`, after)
    commits.unshift(commitOf(at + 1, await rawDiff(before, after)))
  }
  return { commits, stores }
}

function commitOf(at: number, changed: readonly RawChange[]): BranchCommit {
  const author = { name: '', email: '' }
  const parent = at === 0 ? {} : { parent: `${at - 1}` }
  return { sha: `${at}`, ...parent, at, author, subject: '', further: '', changed }
}

async function rawDiff(before: FileStore, after: FileStore): Promise<readonly RawChange[]> {
  const [{ tree: old }, { tree: now }] = [await before.listing(), await after.listing()]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)]
    if (was?.sha === is?.sha && was?.mode === is?.mode) return []
    return [{ path, modes: [was?.mode ?? '000000', is?.mode ?? '000000'] as const }]
  })
}

const requests = ['/cart/items', '/cart/x', '/about'].map((path) => ({
  ...{ method: 'GET', scheme: 'http', authority: 'shop.example', headers: {} },
  path,
}))

function keysAt(side: AskedSide): string {
  return requests.map((request) => keyOfAnswers(side.answerTo(request).answers)).join('\n\n')
}

const terminal = {
  ...endless,
  directory: '.',
  environment: {},
  write: () => {},
  warn: () => {},
  doing: () => {},
  today: () => '2026-01-02',
}

it('the turns of a history are those that asking every commit finds', async () => {
  const turnsSeen = { all: 0, skipped: 0 }
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      const { commits, stores } = await historyOf(steps)
      const storeOf = (sha: string) => stores.get(sha) ?? memoryStore({})
      const stateAt = async (sha: string) => keysAt(await readAskedSide(storeOf(sha), terminal))
      const states = await Promise.all(commits.map(({ sha }) => stateAt(sha)))
      const slow = commits.flatMap(({ sha }, at) =>
        at + 1 < states.length && states[at] !== states[at + 1] ? [[sha, states[at + 1], states[at]]] : [],
      )
      let asked = 0
      const quick: (readonly (string | undefined)[])[] = []
      const found = turnsOf(states[0] ?? '', {
        steps: fromList(commits),
        touching: createTouching(storeOf, { charts: true }),
        stateAt(sha) {
          asked += 1
          return stateAt(sha)
        },
        isSame: (before, after) => before === after,
      })

      for await (const turn of found) {
        if (turn.kind === 'turn') quick.push([turn.step.sha, turn.before, turn.after])
        else expect([turn.step.sha, turn.state]).toEqual(['0', states.at(-1)])
      }

      expect(quick).toEqual(slow)
      turnsSeen.all += slow.length
      turnsSeen.skipped += commits.length - 1 - asked
    }),
    { numRuns: runs(60, 1_000) },
  )
  expect(turnsSeen.all).toBeGreaterThan(20)
  expect(turnsSeen.skipped).toBeGreaterThan(20)
})

async function* fromList<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}
