import { expect, it } from 'vitest'
import { budgets } from '../../../../src/domain/budgets.ts'
import { readRouteTests } from '../../../../src/domain/policy/route-tests/read-route-tests.ts'
import { isRouteTestPath } from '../../../../src/domain/policy/route-tests/route-test-files.ts'
import { positionOf } from '../../../../src/domain/source/source-file.ts'
import { said } from '../../../support/said.ts'

const path = 'teams/login/login.firebreak-test.yaml'
const read = (text: string) => readRouteTests([{ path, text }])
const one = (request: string, expected = '{ status: 404 }') =>
  `tests:\n  - name: a\n    request: ${request}\n    expect: ${expected}\n`

/** `3:14 What is wrong`. */
function mistakes(text: string): readonly string[] {
  return read(text).mistakes.map((each) => {
    const at = each.range && positionOf(each.range)
    return `${at?.line}:${at?.column} ${said(each)}`
  })
}

function request(written: string) {
  return read(one(written)).tests[0]?.request
}

it.each([
  ['firebreak-tests.yaml', true],
  ['a/firebreak-test.yml', true],
  ['a/b.firebreak-test.yaml', true],
  ['a/b.firebreak-tests.yml', true],
  ['a/firebreak-tests.json', false],
  ['a/myfirebreak-test.yaml', false],
  ['firebreak-tests.yaml/a.yaml', false],
  ['a/firebreak.yml', false],
])('%s is called as route tests are: %s', (name, isCalledSo) => {
  expect(isRouteTestPath(name)).toBe(isCalledSo)
})

it('a request is what explain is asked', () => {
  expect(
    request(
      '{ method: post, url: "https://shop.example:8443/cart?a=1", headers: { X-Beta: "1" }, query: { b: "2" }, gateway: mesh, mesh: prod, sni: tls.example, client: { namespace: web, labels: { app: web } } }',
    ),
  ).toEqual({
    method: 'POST',
    scheme: 'https',
    authority: 'shop.example',
    path: '/cart?a=1&b=2',
    headers: { 'x-beta': '1' },
    port: 8443,
    gateway: 'mesh',
    mesh: 'prod',
    sni: 'tls.example',
    sourceNamespace: 'web',
    sourceLabels: { app: 'web' },
  })
})

it.each<[string, object]>([
  ['{ url: http://a.example }', { scheme: 'http', authority: 'a.example', path: '/' }],
  ['{ host: a.example, path: /x }', { scheme: 'http', authority: 'a.example', path: '/x' }],
  ['{ host: "a.example:443" }', { scheme: 'https', authority: 'a.example', port: 443 }],
  ['{ host: a.example, port: 443 }', { scheme: 'https', port: 443 }],
  [
    '{ url: "http://a.example:80/x", path: /y, port: 81, scheme: https }',
    { path: '/y', port: 81, scheme: 'https' },
  ],
  ['{ url: http://a.example, headers: { Host: b.example } }', { authority: 'b.example', headers: {} }],
  ['{ host: a.example, query: { q: "" } }', { path: '/?q=' }],
])('%s', (written, expected) => {
  expect(request(written)).toMatchObject(expected)
})

it.each([
  ['- a\n', ['1:1 The file must be a mapping, not a list']],
  ['test: []\n', ['1:1 "tests" is missing', '1:1 There is no setting "test"; did you mean "tests"?']],
  ['tests: none\n', ['1:8 "tests" must be a list, not "none"']],
  ['tests:\n  - one\n', ['2:5 "tests[0]" must be a mapping, not "one"']],
  [one('{ url: http://a.example, url: http://b.example }'), ['3:39 The key `url`']],
  [
    one('{ url: shop.example/cart }'),
    ['3:21 "tests[0].request.url" must be a URL with http or https and a host: https://shop.example/cart'],
  ],
  [one('{ path: /cart }'), ['3:14 "tests[0].request" must have either a url or a host, and not both']],
  [
    one('{ host: a.example, headers: { x: on } }'),
    ['3:47 "tests[0].request.headers.x" must be a text, not "on"'],
  ],
  [one('{ host: a.example, port: 70000 }'), ['3:39 "tests[0].request.port" must be a port from 1 to 65535']],
  [one('{ host: a.example }', '{}'), ['4:13 "tests[0].expect" must say what is to become of the request']],
  [
    one('{ host: a.example }', '{ virtualService: vs-1 }'),
    ['4:31 "tests[0].expect.virtualService" must be namespace/name'],
  ],
  [
    one('{ host: a.example }', '{ virtualServce: a/b }'),
    ['4:15 There is no setting "virtualServce" in "tests[0].expect"; did you mean "virtualService"?'],
  ],
])('%j is told where it stands', (text, expected) => {
  expect(mistakes(text).map((each, at) => each.slice(0, expected[at]?.length))).toEqual(expected)
})

it('an alias is what it stands for, and a bomb of them is given up', () => {
  const alias = `tests:\n  - &a { name: a, request: &r { host: a.example }, expect: { status: 404 } }\n  - { name: b, request: *r, expect: { status: 200 } }\n  - *a\n`
  const bomb = Array.from({ length: 40 }, (_, at) => `  x${at + 1}: &x${at + 1} [${`*x${at}, `.repeat(9)}]\n`)

  expect(read(alias).tests.map(({ name, request: { authority } }) => [name, authority])).toEqual([
    ['a', 'a.example'],
    ['b', 'a.example'],
    ['a', 'a.example'],
  ])
  const given = read(`tests:\n  x0: &x0 [a]\n${bomb.join('')}`)
  expect(given.tests).toEqual([])
  expect(given.mistakes.length).toBeGreaterThan(0)
})

it('one that is wrong does not hide the others, nor a document that does not parse', () => {
  const { tests, mistakes: wrong } = read(
    `${one('{ host: a.example }')}  - name: 7\n---\ntests: [\n---\n${one('{ host: b.example }')}`,
  )

  expect(tests.map((each) => each.request.authority)).toEqual(['a.example', 'b.example'])
  expect(wrong.length).toBeGreaterThanOrEqual(2)
})

it('beyond ten thousand no test is taken, which is a mistake at the first of them', () => {
  const test = '  - { name: a, request: { host: a.example }, expect: { status: 404 } }\n'
  const { tests, mistakes: wrong } = read(`tests:\n${test.repeat(budgets.routeTests.size + 1)}`)

  expect(tests).toHaveLength(budgets.routeTests.size)
  expect(wrong.map((each) => [each.code, each.range && positionOf(each.range).line])).toEqual([
    ['broken-route-test.too-many', budgets.routeTests.size + 2],
  ])
})

it('of ten thousand mistakes a hundred are listed, and the last says how many more there are', () => {
  const { mistakes: wrong } = read(`tests:\n${'  - { name: 7 }\n'.repeat(5_000)}`)

  expect(wrong).toHaveLength(budgets.problems.size)
  expect(said(wrong.at(-1))).toMatch(/^1\d{4} more mistakes in route tests from here on$/)
})

it('the same test is the same in another layout, and another where anything counts that it says', () => {
  const keys = [
    '{ url: http://a.example/x }',
    '{ host: a.example, path: /x, scheme: http }',
    '{ host: a.example, path: /x, headers: { a: b } }',
  ].map((each) => read(one(each)).tests[0]?.key)

  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
})
