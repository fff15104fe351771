import { expect, it } from 'vitest'
import {
  directoryFilePattern,
  directoryPattern,
  trackedPattern,
} from '../../../../src/domain/deployment/argo-cd/path-patterns.ts'

it.each([
  ['apps/*', ['apps/a'], ['apps', 'apps/a/b', 'x/a']],
  ['apps/**', ['apps/a'], ['apps/a/b']],
  ['*', ['apps'], ['apps/a']],
  ['apps/*/prod', ['apps/a/prod'], ['apps/prod', 'apps/a/b/prod']],
  ['./apps/*', [], ['apps/a']],
  ['apps/*/', [], ['apps/a', 'apps/a/b']],
  ['apps/{a,b}', ['apps/{a,b}'], ['apps/a']],
  ['apps/[^a]*', ['apps/b1'], ['apps/a1']],
  ['apps/[!a]*', ['apps/a1', 'apps/!1'], ['apps/b1']],
  ['apps/a?', ['apps/ab'], ['apps/a', 'apps/abc']],
  ['apps/\\*', ['apps/*'], ['apps/a']],
])('a Git generator means folders by %s', (pattern, meant, others) => {
  const matches = directoryPattern(pattern)

  expect([...meant, ...others].filter(matches)).toEqual(meant)
})

it.each([
  ['a/*.yaml', ['a/b.yaml', 'a/b/c.yaml'], ['b.yaml', 'x/a/b.yaml']],
  ['a', ['a/b.yaml', 'a/b/c.json', 'a'], ['ab/c.yaml']],
  ['a/', ['a/b.yaml'], ['b/a/b.yaml']],
  ['**/config.json', ['a/config.json', 'a/b/config.json'], ['config.json']],
  ['a/**/x.yaml', ['a/b/x.yaml', 'a/b/c/x.yaml'], ['a/x.yaml']],
  ['*.json', ['a.json', 'b/a.json'], ['a.yaml']],
  ['a/[!b]/x', ['a/c/x'], ['a/b/x']],
])('a Git generator means files by %s', (pattern, meant, others) => {
  const matches = trackedPattern(pattern)

  expect([...meant, ...others].filter(matches)).toEqual(meant)
})

it.each([
  ['*.yaml', ['a.yaml', 'b/a.yaml'], ['a.yml']],
  ['{a,b}.yaml', ['a.yaml', 'b.yaml'], ['c.yaml', '{a,b}.yaml']],
  ['{x/{a,b},c}.yaml', ['x/a.yaml', 'x/b.yaml', 'c.yaml'], ['a.yaml', 'x/c.yaml']],
  ['{*.yml,b/*}', ['a.yml', 'b/x'], ['a.yaml']],
  ['[!a]*', ['b.yaml'], ['a.yaml']],
  ['a.yaml', ['a.yaml'], ['b/a.yaml']],
  ['\\{a}.yaml', ['{a}.yaml'], ['a.yaml']],
  ['{a', ['{a'], ['a']],
])('a directory of Argo CD means files by %s', (pattern, meant, others) => {
  const matches = directoryFilePattern(pattern)

  expect([...meant, ...others].filter(matches)).toEqual(meant)
})

it('many braces come to an end, and what they may mean is meant', () => {
  const matches = directoryFilePattern('x{a,b}'.repeat(40))

  expect(matches('xa'.repeat(40))).toBe(true)
  expect(matches('y')).toBe(false)
})
