import { expect, it } from 'vitest'
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
])('%s is %s to Envoy', (sent, seen) => {
  expect(normalizedPath(sent)).toBe(seen)
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
  expect(normalizedPath(path)).toBe(path)
})

it('a path that is normalised stays', () => {
  for (const path of ['/x/../a/./b', '/a/%2e%2e/%61', '//..//a', '/a/b/..'])
    expect(normalizedPath(normalizedPath(path))).toBe(normalizedPath(path))
})
