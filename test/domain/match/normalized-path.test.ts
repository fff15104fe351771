import { expect, it } from 'vitest'
import { arrivingPaths, pathNormalizations } from '../../../src/domain/language/arriving-paths.ts'
import { contains } from '../../../src/domain/language/string-set.ts'
import { normalizedPath } from '../../../src/domain/match/normalized-path.ts'

it.each([
  ['/x/../admin', '/admin'],
  ['/./a', '/a'],
  ['/a/%2e%2E/b', '/b'],
  ['/a/.%2e', '/'],
  ['/a/.', '/a/'],
  ['/a/b/..', '/a/'],
  ['/a/..', '/'],
  ['/..', '/'],
  ['/a\\..\\b', '/b'],
  ['/a%62c', '/abc'],
  ['/a%5Fb%7eb%2db', '/a_b~b-b'],
  ['//..//a', '//a'],
  ['/a//../b', '/a/b'],
  ['/a/b/../../c/..', '/'],
  ['/a"<>^`{|}b', '/a%22%3C%3E%5E%60%7B%7C%7Db'],
  ['/a/../b?x=/../y', '/b?x=/../y'],
  ['/%%361', '/%2561'],
  ['/%2%35', '/%2525'],
  ['/%%32%35', '/%2525'],
])('%s is %s to Envoy', (sent, seen) => {
  expect(normalizedPath(sent, 'BASE')).toBe(seen)
})

it.each([
  ...[
    '/',
    '/a//b',
    '/a%2Fb',
    '/a%2fb',
    '/a/...',
    '/a/..b',
    '/a/.b',
    '/%zz',
    '/a%',
    '/a%2',
    '/a%5Cb',
    '/%C3%A9',
  ],
  ...['/a%25b', '/a%252eb', '/a%40b', '/a%60b', '/a%7Fb', '/a%5Bb', '/a?x=%61/../b', '/a;v=1', '/a!b'],
])('%s stays', (path) => {
  expect(normalizedPath(path, 'BASE')).toBe(path)
})

it('a path that is normalised stays', () => {
  for (const path of ['/x/../a/./b', '/a/%2e%2e/%61', '//..//a', '/a/b/..'])
    expect(normalizedPath(normalizedPath(path, 'BASE'), 'BASE')).toBe(normalizedPath(path, 'BASE'))
})

it.each([
  ['/a//b', '/a/b', '/a/b'],
  ['/a//', '/a/', '/a/'],
  ['//', '//', '//'],
  ['///', '//', '//'],
  ['//..//a', '/a', '/a'],
  ['/a//.//b', '/a/b', '/a/b'],
  ['/a%2Fb', '/a%2Fb', '/a/b'],
  ['/a%5cb', '/a%5cb', '/a/b'],
  ['/a/..%2Fb', '/a/..%2Fb', '/b'],
  ['/%2F%2F', '/%2F%2F', '//'],
  ['/%252F', '/%252F', '/%252F'],
  ['/a%2F?x=%2F//y', '/a%2F?x=%2F//y', '/a/?x=%2F//y'],
])('%s is %s where slashes are merged, and %s where they are decoded besides', (sent, merged, decoded) => {
  expect(normalizedPath(sent, 'MERGE_SLASHES')).toBe(merged)
  expect(normalizedPath(sent, 'DECODE_AND_MERGE_SLASHES')).toBe(decoded)
})

it('without normalisation a path stays as it is sent', () => {
  for (const path of ['/a/../b', '/a%61', '/a\\b', '//']) expect(normalizedPath(path, 'NONE')).toBe(path)
})

it('what is normalised can arrive, and nothing else can', () => {
  const pieces = [
    '/',
    '//',
    '.',
    '..',
    'a',
    '%61',
    '%2F',
    '%2f',
    '%5C',
    '\\',
    '%',
    '%3',
    '6',
    '1',
    '"',
    '%25',
    '{',
  ]
  const sent = pieces.flatMap((a) =>
    pieces.flatMap((b) => pieces.flatMap((c) => pieces.map((d) => `/${a}${b}${c}${d}`))),
  )
  for (const normalization of pathNormalizations) {
    const arrived = new Set(sent.map((path) => normalizedPath(path, normalization)))
    const possible = arrivingPaths[normalization]
    expect([...arrived].filter((path) => !contains(possible, path))).toEqual([])
    expect(
      sent.filter((path) => contains(possible, path) && normalizedPath(path, normalization) !== path),
    ).toEqual([])
  }
})
