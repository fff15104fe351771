import { describe, expect, test } from 'vitest'
import type { BranchAt } from '../../src/app/ports.ts'
import { weighPushes } from '../../src/app/weigh-pushes.ts'
import { defaultPolicy } from '../../src/domain/policy/configuration/configuration.ts'
import type { People, Push } from '../../src/domain/policy/consent/people.ts'
import { pullRequest } from '../support/github.ts'
import { createInMemoryForge } from '../support/in-memory-forge.ts'

const service = (timeout: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: ns }
spec: { http: [{ timeout: ${timeout}, route: [{ destination: { host: a } }] }] }
`
interface Circumstances {
  /** Commits that cannot be read any more. */
  readonly lost?: readonly string[]
  /** What the base has changed since. */
  readonly missed?: BranchAt['missed']
  /** Where links and submodules lead at a commit, if anywhere. */
  readonly links?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const commits = {
  main: { 'a.yaml': service('1s'), 'README.md': '' },
  own: { 'a.yaml': service('2s'), 'README.md': '' },
  readme: { 'a.yaml': service('2s'), 'README.md': 'Hello' },
  formatted: { 'a.yaml': `# a\n${service('2s')}`, 'README.md': 'Hello' },
  slower: { 'a.yaml': service('3s'), 'README.md': '' },
}

async function weigh(pushes: readonly Push[], { lost = [], missed = [], links = {} }: Circumstances = {}) {
  const forge = createInMemoryForge()
  forge.commits = commits
  forge.branchAt = (commit) => {
    const changed = ['a.yaml', 'README.md'].map((path) => ({ path, status: 'modified' as const }))
    const leads = new Map(Object.entries(links[commit] ?? {}))
    return lost.includes(commit) ? undefined : { commit, parted: 'main', changed, links: leads, missed }
  }
  const pull = pullRequest()
  const { repository } = await forge.connect(pull.ref)
  const carla = { login: 'carla', bot: false, pushes }
  const people: People = {
    author: pull.author,
    pushers: [pull.author, carla],
    reviews: [],
    membership: () => 'no-member',
  }
  const weighed = await weighPushes(people, { pull, repository, policy: defaultPolicy, wasRead: () => false })
  if (weighed.pushers === 'unknown') throw new Error('they are known')
  return { carla: weighed.pushers.find(({ login }) => login === 'carla')?.changed, reads: forge.reads }
}

describe('a push by somebody else than the author', () => {
  test.each<[string, readonly Push[]]>([
    ['of another text', [{ before: 'own', after: 'readme' }]],
    ['of another layout', [{ before: 'own', after: 'formatted' }]],
    ['that creates the branch as its base is', [{ after: 'main' }]],
    [
      'like another one',
      [
        { before: 'own', after: 'readme' },
        { before: 'readme', after: 'formatted' },
      ],
    ],
  ])('%s changes nothing', async (_, pushes) => {
    expect((await weigh(pushes)).carla).toBe('nothing')
  })

  test.each<[string, readonly Push[]]>([
    ['of another value', [{ before: 'own', after: 'slower' }]],
    [
      'of another value, beside one of another text',
      [
        { before: 'own', after: 'readme' },
        { before: 'own', after: 'slower' },
      ],
    ],
    ['that takes back what another changed', [{ before: 'own', after: 'main' }]],
    ['that creates the branch with a change', [{ after: 'own' }]],
    ['of which nothing is known', []],
    ['of which there are too many', Array.from({ length: 11 }, () => ({ before: 'own', after: 'readme' }))],
  ])('%s counts', async (_, pushes) => {
    expect((await weigh(pushes)).carla).toBeUndefined()
  })

  test.each(['own', 'readme'])('counts where %s cannot be read any more', async (lost) => {
    expect((await weigh([{ before: 'own', after: 'readme' }], { lost: [lost] })).carla).toBeUndefined()
  })
})

test('a push of another layout counts where the base has changed the file since: Git may merge it otherwise', async () => {
  const reformat = [{ before: 'own', after: 'formatted' }]
  const missed = (path: string) => ({ missed: [{ path, status: 'modified' as const }] })

  expect((await weigh(reformat, missed('a.yaml'))).carla).toBeUndefined()
  expect((await weigh(reformat, missed('b.yaml'))).carla).toBe('nothing')
})

describe('links and submodules at paths that nobody reads', () => {
  const push = [{ before: 'own', after: 'readme' }]

  test.each([
    ['a new one', { readme: { more: '1' } }],
    ['one more', { own: { more: '1' }, readme: { less: '1', more: '1' } }],
    ['one that leads elsewhere', { own: { more: '1' }, readme: { more: '2' } }],
    ['one in place of another', { own: { more: '1' }, readme: { less: '1' } }],
    ['one that goes', { own: { more: '1' }, readme: { more: '' } }],
    ['one that is as it was on the base again', { own: { more: '1' } }],
    ['two that are swapped', { own: { less: '1', more: '2' }, readme: { less: '2', more: '1' } }],
  ])('%s counts', async (_, links) => {
    expect((await weigh(push, { links })).carla).toBeUndefined()
  })

  test('those of the author, or of the base, stay theirs', async () => {
    const kept = { own: { more: '1' }, readme: { more: '1' } }
    expect((await weigh(push, { links: kept })).carla).toBe('nothing')
  })

  test('one on a branch that is new counts', async () => {
    expect((await weigh([{ after: 'main' }], { links: { main: { more: '1' } } })).carla).toBeUndefined()
  })
})

test('where the author alone has pushed nothing is looked into', async () => {
  const forge = createInMemoryForge()
  const pull = pullRequest()
  const { repository } = await forge.connect(pull.ref)
  const people: People = {
    author: pull.author,
    pushers: [{ ...pull.author, pushes: [{ after: 'own' }] }],
    reviews: [],
    membership: () => 'no-member',
  }

  expect(await weighPushes(people, { pull, repository, policy: defaultPolicy, wasRead: () => false })).toBe(
    people,
  )
  expect(forge.reads).toEqual([])
})
