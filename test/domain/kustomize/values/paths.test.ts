import { describe, expect, test } from 'vitest'
import {
  isRemoteFile,
  isRepository,
  isWithin,
  joined,
} from '../../../../src/domain/kustomize/values/paths.ts'

describe('what Kustomize would clone', () => {
  test.each([
    ['github.com/org/repo'],
    ['github.com/org/repo//base?ref=v1'],
    ['GitHub.com/org/repo/base'],
    ['https://example.com/org/repo'],
    ['https://example.com/org/repo.git/base'],
    ['https://dev.azure.com/org/project/_git/repo'],
    ['ssh://git@example.com/org/repo'],
    ['git@github.com:org/repo.git'],
    ['git@example.com:org/repo'],
    ['git::https://example.com/org/repo'],
    ['file:///srv/repo'],
  ])('%s', (path) => {
    expect(isRepository(path)).toBe(true)
  })
})

describe('what it looks for in the tree', () => {
  test.each([
    ['base'],
    ['../base'],
    ['./github.com/org/repo'],
    ['example.com/org/repo'],
    ['a//b'],
    ['repo.git'],
    ['github.com/org'],
    ['github.com/org/repo/../../..'],
    ['/absolute/path'],
    ['ftp://example.com/org/repo'],
    [''],
  ])('%s', (path) => {
    expect(isRepository(path)).toBe(false)
  })
})

test('what it would fetch', () => {
  expect(['https://a/b.yaml', 'HTTP://a/b.yaml', 'a.yaml', 'ftp://a'].map(isRemoteFile)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('paths are joined by their letters, and none leads out of the repository', () => {
  expect(joined('a/b', '../c/./d//')).toBe('a/c/d')
  expect(joined('a', '..')).toBe('')
  expect(joined('a', '../..')).toBeUndefined()
  expect([isWithin('a/b', 'a'), isWithin('ab', 'a'), isWithin('a', 'a'), isWithin('a', '')]).toEqual([
    true,
    false,
    true,
    true,
  ])
})
