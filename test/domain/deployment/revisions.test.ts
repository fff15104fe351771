import { describe, expect, test } from 'vitest'
import {
  followedBy,
  leadsAway,
  repositoryOf,
  revisionOf,
  revisionOfRef,
  revisionOfSource,
} from '../../../src/domain/deployment/revisions.ts'

test.each([undefined, '', 'HEAD', 'main', 'refs/heads/master', '{{branch}}'])(
  '%s is what is merged',
  (said) => {
    expect(revisionOf(said)).toBeUndefined()
  },
)

test.each([
  [{ branch: 'a', tag: 't', semver: '1.x', name: 'refs/heads/n', commit: 'c' }, 'c'],
  [{ branch: 'a', tag: 't', semver: '1.x', name: 'refs/heads/n' }, 'n'],
  [{ branch: 'a', tag: 't', semver: '1.x' }, 'refs/tags/1.x'],
  [{ branch: 'a', tag: 't' }, 'refs/tags/t'],
  [{ branch: 'a' }, 'a'],
  [{}, undefined],
])('what Flux takes of %o', (ref, expected) => {
  expect(revisionOfRef(ref)).toBe(expected)
})

test.each([
  ['refs/heads/v1.2', 'branch:v1.2'],
  ['refs/heads/dev', 'dev'],
  ['refs/tags/v1.2', 'refs/tags/v1.2'],
  ['v1.2', 'v1.2'],
])('%s is %s', (said, expected) => {
  expect(revisionOf(said)).toBe(expected)
})

test('a branch of Flux is one, whatever it is called', () => {
  expect(revisionOfRef({ branch: 'v1.2' })).toBe('branch:v1.2')
})

test('a source follows those of whose values it reads, too', () => {
  const source = { path: 'shop', targetRevision: 'v1', helm: { valueFiles: ['$a/x.yaml', 'y.yaml'] } }
  const sources = [source, { ref: 'a', targetRevision: 'dev' }, { ref: 'b', targetRevision: 'other' }]

  expect(revisionOfSource(source, { sources })).toBe('dev v1')
})

describe('leads away', () => {
  test.each([
    [undefined, 'dev'],
    [undefined, 'v1.0.0'],
    ['v1.0.0', 'dev'],
    ['dev', 'v1.0.0'],
    ['dev', 'test'],
    ['source:a/b', 'source:a/c-1.2'],
  ])('from %s to %s', (from, to) => {
    expect(leadsAway(following(from), following(to))).toBe(true)
  })

  test.each([
    ['dev', undefined],
    ['dev', 'dev'],
    ['v1', 'v2'],
    ['shop-1.0', 'refs/tags/shop'],
    ['^1', '>=1.2 <3'],
    ['abcdef0', '1234567'],
  ])('not from %s to %s', (from, to) => {
    expect(leadsAway(following(from), following(to))).toBe(false)
  })

  test.each([
    ['https://git/a/mesh', 'https://git/a/other', undefined],
    ['https://git/a/mesh', 'https://git/b/mesh', 'a/mesh'],
    ['https://mirror/x/mesh', 'https://mirror/y/mesh', 'a/mesh'],
  ])('from %s to %s in %s', (from, to, own) => {
    expect(leadsAway(repositoryOf(from, own), repositoryOf(to, own))).toBe(true)
  })

  test.each([
    ['https://git/a/mesh', 'git@git:A/Mesh.git', undefined],
    ['https://git/old/mesh', 'https://git/a/mesh', 'A/mesh'],
    ['https://git/{{owner}}/mesh', 'https://git/a/other', undefined],
    ['https://git/a/mesh', '', undefined],
    [undefined, 'https://git/a/mesh', undefined],
  ])('not from %s to %s in %s', (from, to, own) => {
    expect(leadsAway(repositoryOf(from, own), repositoryOf(to, own))).toBe(false)
  })
})

describe('a version that is a branch, or of what was never merged', () => {
  const unmerged = new Set(['v2', 'v4'])

  test.each([
    ['v1', 'v2'],
    ['v1', 'refs/tags/v2'],
    ['v1 v3', 'v1 v4'],
    ['branch:v1', 'branch:v3'],
  ])('leads away from %s to %s', (from, to) => {
    expect(leadsAway(following(from), following(to), unmerged)).toBe(true)
  })

  test.each([
    ['v2', 'v3'],
    ['v2', 'v2'],
  ])('does not from %s to %s', (from, to) => {
    expect(leadsAway(following(from), following(to), unmerged)).toBe(false)
  })
})

function following(revision: string | undefined) {
  return followedBy({ ...(revision !== undefined && { revision }) })
}
