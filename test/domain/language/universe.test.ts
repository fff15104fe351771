import { expect, test } from 'vitest'
import { contains } from '../../../src/domain/language/string-set.ts'
import {
  authorities,
  headerValues,
  labelValues,
  methods,
  namespaces,
  paths,
  ports,
  queryValues,
  schemes,
} from '../../../src/domain/language/universe.ts'

test.each([
  [
    'paths',
    paths,
    ['/', '/a', '//', '/a/../%2F', '/é', '/\u{1F600}', '/*"'],
    ['', 'a', '/?', '/#', '/ ', '/\u007f', '/\ud800'],
  ],
  [
    'header values',
    headerValues,
    ['', 'a', 'a b', 'a\tb', 'é', '?'],
    [' ', ' a', 'a ', '\ta', 'a\n', 'a\rb', '\u0000', '\u007f'],
  ],
  ['methods', methods, ['GET', 'get', "a!#$%&'*+-.^_`|~9"], ['', 'a b', 'a/b', 'é', '(']],
  [
    'authorities',
    authorities,
    ['a.example', 'a.example:80', '[::1]:80', 'A', '\u0080'],
    ['', 'a b', 'a/b', '\u0000', 'a?', 'u@a'],
  ],
  ['schemes', schemes, ['http', 'https'], ['HTTP', 'ftp', '']],
  ['query values', queryValues, ['', 'a', '%20', '?/=', 'é'], ['&', '#', 'a b']],
  ['label values', labelValues, ['', 'a', 'A-b_c.9'], ['-a', 'a-', '_', 'é', 'a b']],
  ['namespaces', namespaces, ['a', 'a-b', '9'], ['', 'A', '-a', 'a-', 'a.b']],
  ['ports', ports, ['1', '80', '9999', '10000', '65535'], ['', '0', '080', '65536', '70000', '100000', 'a']],
])('the universe of %s', (_, universe, members, others) => {
  expect(members.filter((text) => !contains(universe, text))).toEqual([])
  expect(others.filter((text) => contains(universe, text))).toEqual([])
})

test('there are exactly 65,535 ports', () => {
  const inside = Array.from({ length: 70_000 }, (_, port) => String(port)).filter((port) =>
    contains(ports, port),
  )

  expect([inside.length, inside[0], inside.at(-1)]).toEqual([65_535, '1', '65535'])
})
