import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answers, virtualService } from '../support/manifests.ts'
import { expectContract } from './contract.ts'
import { type Files, firebreak, folder } from './fake-terminal.ts'
import { shop } from './shop.ts'

/** A route test as a line of YAML. */
function test(name: string, request: object, expect: object, more: object = {}): string {
  return `  - ${JSON.stringify({ name, request, expect, ...more })}\n`
}

function testsOf(...tests: readonly string[]): Files {
  return { 'firebreak-tests.yaml': `tests:\n${tests.join('')}` }
}

const to = (host: string) => `route: [{ destination: { host: ${host} } }]`
const at = (path: string, http: string) => `match: [{ uri: { prefix: ${path} } }], ${http}`
const about = test('about', { url: 'https://shop.example/about' }, { virtualService: 'teams/pages' })

describe('test', () => {
  it('says how many pass, and ends with 0', async () => {
    const { code, out, err } = await firebreak(folder({ ...shop, ...testsOf(about) }), 'test')

    expect([code, out, err]).toEqual([0, '1 of 1 route test passes\n', ''])
  })

  it('says of each that does not pass what answers instead, where, and why it is there', async () => {
    const cart = test(
      'cart',
      { url: 'https://shop.example/cart/items' },
      { virtualService: 'teams/pages' },
      { why: 'Ask pia.' },
    )

    const { code, out } = await firebreak(folder({ ...shop, ...testsOf(about, cart) }), 'test')

    expect(code).toBe(1)
    expect(out).toBe(`fails  firebreak-tests.yaml:3
  Route test "cart" fails: GET https://shop.example/cart/items at mesh/edge would get cart.teams by teams/cart, not a route of teams/pages.
  because  Its author says: "Ask pia.".
  because  The route of teams/cart answers. (teams/cart.yaml:6)

1 of 2 route tests pass
`)
  })

  it('ends with 1 where there is none, or where one cannot be read', async () => {
    const none = await firebreak(folder(shop), 'test')
    const wrong = await firebreak(folder({ ...shop, ...testsOf(about, '  - 1\n') }), 'test')

    expect([none.code, none.out]).toEqual([
      1,
      'There is no route test here. --generate FILE writes one for each route.\n',
    ])
    expect([wrong.code, wrong.out]).toEqual([
      1,
      'wrong  firebreak-tests.yaml:3\n  "tests[1]" must be a mapping, not "1".\n\n1 of 1 route test passes; 1 mistake\n',
    ])
  })

  it('names the routes that no test comes to', async () => {
    const { out } = await firebreak(folder({ ...shop, ...testsOf(about) }), 'test', '--coverage')

    expect(out).toBe(`1 of 1 route test passes

1 of 2 routes in the tables are reached by a test
  not  /cart/items*, by teams/cart, at mesh/edge, host shop.example  (teams/cart.yaml:6)
`)
  })

  it('is JSON for programs', async () => {
    const lost = test('lost', { host: 'shop.example' }, { service: true })
    const path = folder({ ...shop, ...testsOf(about, lost, '  - {}\n') })

    const { out } = await firebreak(path, 'test', '--coverage', '--format', 'json')

    const value = JSON.parse(out)
    expectContract('test', value)
    expect(value).toMatchObject({
      passes: false,
      tests: [
        { name: 'about', verdict: 'passed', passes: true, file: 'firebreak-tests.yaml', line: 2 },
        {
          name: 'lost',
          verdict: 'failed',
          passes: false,
          answers: [{ gateway: 'mesh/edge', outcome: 'no-route' }],
        },
      ],
      coverage: { routes: 2, reached: 1, missed: [{ virtualService: 'teams/cart' }] },
    })
    expect(value.mistakes).toHaveLength(3)
  })

  it('is XML for build servers, whatever names hold', async () => {
    const name = `<a> & "b" 'c' \u0007\u001b[31m ]]>`
    const hostile = test(name, { host: 'shop.example', path: '/<x>' }, { virtualService: 'teams/pages' })

    const { out } = await firebreak(
      folder({ ...shop, ...testsOf(about, hostile, '  - 1\n') }),
      'test',
      '--format',
      'junit',
    )

    expect(out).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="firebreak" tests="3" failures="1" errors="1">\n/,
    )
    expect(out).toContain(
      '<testcase name="about" classname="firebreak-tests.yaml" file="firebreak-tests.yaml" line="2"/>',
    )
    expect(out).toContain('name="&#60;a&#62; &#38; &#34;b&#34; &#39;c&#39; \\u{7}\\u{1b}[31m ]]&#62;')
    const inner = out.replace(
      /<\/?(?:testsuites?|testcase|failure|error)(?: \w+="[^"<]*")*\/?>|<\?xml [^>]*>/g,
      '',
    )
    expect(inner).not.toMatch(/[<>]|&(?!#\d+;)/)
    expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff]/)
  })
})

describe('what is not certain', () => {
  const shared = {
    'a.yaml': virtualService({
      name: 'a',
      namespace: 'ns',
      hosts: ['a.example'],
      gateways: ['ns/gw'],
      http: [at('/x', to('one'))],
    }),
    'b.yaml': virtualService({
      name: 'b',
      namespace: 'ns',
      hosts: ['a.example'],
      gateways: ['ns/gw'],
      http: [at('/x', to('two'))],
    }),
  }
  const either = { url: 'http://a.example/x' }

  it('fails with the reason', async () => {
    const { code, out } = await firebreak(
      folder({ ...shared, ...testsOf(test('x', either, { virtualService: 'ns/a' })) }),
      'test',
    )

    expect(code).toBe(1)
    expect(out).toContain(
      'Route test "x" may fail: GET http://a.example/x at ns/gw would perhaps get two.ns by ns/b, not a route of ns/a.',
    )
    expect(out).toContain(
      'It is not certain: it depends on which VirtualService was created first, which is not in Git.',
    )
  })

  it('passes where that is allowed, or each answer is as expected; never where none is', async () => {
    const ask = async (expected: object, more: object = {}) =>
      (await firebreak(folder({ ...shared, ...testsOf(test('x', either, expected, more)) }), 'test')).code

    expect(await ask({ virtualService: 'ns/a' }, { allow: 'perhaps' })).toBe(0)
    expect(await ask({ destinations: [{ host: 'one' }] }, { allow: 'perhaps' })).toBe(0)
    expect(await ask({ destinations: [{ host: 'three' }] }, { allow: 'perhaps' })).toBe(1)
  })

  it.each([
    ['a copy', { 'c.yaml': shared['a.yaml'].replace('one', 'other') }, 'is written in several files'],
    [
      'a placeholder',
      { 'a.yaml': shared['a.yaml'].replace('one', '"$' + '{HOST}"'), 'b.yaml': '' },
      'it hangs on what is not written here',
    ],
  ])('%s is one reason', async (_, files, says) => {
    const only = { 'a.yaml': shared['a.yaml'] }
    const asked = testsOf(test('x', either, { destinations: [{ host: 'one.ns' }] }))

    const { code, out } = await firebreak(folder({ ...only, ...files, ...asked }), 'test')

    expect([code, out]).toEqual([1, expect.stringContaining(says)])
  })

  it('a gateway or mesh that nobody knows is no 404', async () => {
    const typo = test('x', { ...either, gateway: 'ns/gv' }, { status: 404 })
    const mesh = test('y', { ...either, mesh: 'prod' }, { status: 404 })

    const { code, out } = await firebreak(folder({ ...shared, ...testsOf(typo, mesh) }), 'test')

    expect(code).toBe(1)
    expect(out).toContain('there is no gateway ns/gv')
    expect(out).toContain('there is no mesh prod')
  })
})

describe('what is expected', () => {
  const files = {
    'a.yaml': virtualService({
      name: 'a',
      namespace: 'ns',
      hosts: ['a.example'],
      gateways: ['ns/gw', 'mesh'],
      http: [
        at(
          '/split',
          'route: [{ destination: { host: r, subset: v1 }, weight: 90 }, { destination: { host: r.other, subset: v2 }, weight: 10 }]',
        ),
        at('/old', 'redirect: { uri: /new, authority: b.example }'),
        at('/gone', 'directResponse: { status: 410 }'),
        'match: [{ uri: { exact: /h }, headers: { x-beta: { exact: "1" } }, queryParams: { q: { exact: "2" } } }], route: [{ destination: { host: beta } }]',
      ],
    }),
  }
  const v1 = { host: 'r', subset: 'v1' }
  const v2 = { host: 'r.other', subset: 'v2' }

  it.each<[string, object, object, boolean]>([
    ['all destinations in any order', { path: '/split' }, { destinations: [v2, v1] }, true],
    [
      'with their shares',
      { path: '/split' },
      {
        destinations: [
          { ...v1, weight: 90 },
          { ...v2, weight: 10 },
        ],
      },
      true,
    ],
    [
      'other shares',
      { path: '/split' },
      {
        destinations: [
          { ...v1, weight: 80 },
          { ...v2, weight: 20 },
        ],
      },
      false,
    ],
    ['one of them', { path: '/split' }, { destinations: [v1] }, false],
    [
      'one more that gets nothing',
      { path: '/split' },
      { destinations: [v1, v2, { host: 'x', weight: 0 }] },
      true,
    ],
    [
      'a short name of another namespace',
      { path: '/split' },
      { destinations: [v1, { host: 'r', subset: 'v2' }] },
      false,
    ],
    [
      'a whole name',
      { path: '/split' },
      { destinations: [{ host: 'r.ns.svc.cluster.local' }, { host: 'r.other' }] },
      true,
    ],
    ['a redirect', { path: '/old' }, { redirect: { uri: '/new', authority: 'b.example', code: 301 } }, true],
    ['a redirect to elsewhere', { path: '/old' }, { redirect: { uri: '/newer' } }, false],
    ['its code as a status', { path: '/old' }, { status: 301 }, true],
    ['a direct response', { path: '/gone' }, { status: 410, virtualService: 'ns/a' }, true],
    ['no route', { path: '/none' }, { status: 404 }, true],
    ['no host', { path: '/', host: 'b.example' }, { status: 404 }, true],
    ['what is answered is no 404', { path: '/split' }, { status: 404 }, false],
    [
      'headers and parameters',
      { path: '/h', headers: { 'X-Beta': '1' }, query: { q: '2' } },
      { destinations: [{ host: 'beta' }] },
      true,
    ],
    ['a header that is missing', { path: '/h?q=2' }, { status: 404 }, true],
    [
      'a host that is another one inside the mesh',
      { host: 'b.example', gateway: 'mesh' },
      { service: true },
      true,
    ],
    [
      'a 404 inside the mesh is no default route',
      { path: '/none', gateway: 'mesh' },
      { service: true },
      false,
    ],
    ['a 404 inside the mesh', { path: '/none', gateway: 'mesh' }, { status: 404 }, true],
  ])('%s', async (_, request, expected, passes) => {
    const asked = testsOf(test('x', { host: 'a.example', gateway: 'ns/gw', ...request }, expected))

    const { code, out } = await firebreak(folder({ ...files, ...asked }), 'test')

    expect(code, out).toBe(passes ? 0 : 1)
  })
})

/** The cases of docs/route-tests.md, "What one object alone does not say". */
describe('fall-through', () => {
  const delegating = {
    'root.yaml': virtualService({
      name: 'root',
      namespace: 'ns',
      hosts: ['a.example'],
      gateways: ['ns/gw'],
      http: [at('/log', 'delegate: { name: login, namespace: ns }'), to('pages')],
    }),
    'login.yaml': virtualService({ name: 'login', namespace: 'ns', http: [answers('/login')] }),
  }
  const host = (name: string, gateways: readonly string[], ...http: readonly string[]) => ({
    [`${name}.yaml`]: virtualService({ name, namespace: 'ns', hosts: ['a.example'], gateways, http }),
  })

  it.each<[string, Files, object, object]>([
    [
      'what a secondary leaves goes on to the next entry',
      delegating,
      { path: '/logbook' },
      { virtualService: 'ns/root', destinations: [{ host: 'pages' }] },
    ],
    ['what it has is its own', delegating, { path: '/login' }, { virtualService: 'ns/login' }],
    [
      'a catch-all comes after the narrower routes of others',
      { ...host('a', ['ns/gw'], to('all')), ...host('b', ['ns/gw'], at('/x', to('x'))) },
      { path: '/x' },
      { virtualService: 'ns/b' },
    ],
    [
      'inside the mesh one VirtualService alone has a host',
      host('a', ['mesh'], at('/x', to('x'))),
      { path: '/y', gateway: 'mesh' },
      { status: 404 },
    ],
    [
      'a wildcard answers where no more special host does',
      {
        'w.yaml': virtualService({
          name: 'w',
          namespace: 'ns',
          hosts: ['*.example'],
          gateways: ['ns/gw'],
          http: [to('wild')],
        }),
      },
      { path: '/' },
      { virtualService: 'ns/w' },
    ],
    [
      'a more special host without a route keeps its requests',
      {
        ...host('a', ['ns/gw'], at('/x', to('x'))),
        'w.yaml': virtualService({
          name: 'w',
          namespace: 'ns',
          hosts: ['*.example'],
          gateways: ['ns/gw'],
          http: [to('wild')],
        }),
      },
      { path: '/y' },
      { status: 404 },
    ],
  ])('%s', async (_, files, request, expected) => {
    const { code, out } = await firebreak(
      folder({ ...files, ...testsOf(test('x', { host: 'a.example', ...request }, expected)) }),
      'test',
    )

    expect([code, out]).toEqual([0, '1 of 1 route test passes\n'])
  })
})

it('inside the mesh, which of two VirtualServices has the host is not in Git', async () => {
  const side = (name: string, path: string) =>
    virtualService({
      name,
      namespace: 'ns',
      hosts: ['a.example'],
      gateways: ['mesh'],
      http: [at(path, to(name))],
    })
  const asked = test('y', { host: 'a.example', path: '/y', gateway: 'mesh' }, { virtualService: 'ns/b' })
  const files = { 'a.yaml': side('a', '/x'), 'b.yaml': side('b', '/y'), ...testsOf(asked) }

  const { code, out } = await firebreak(folder(files), 'test')

  expect([code, out]).toEqual([1, expect.stringContaining('Route test "y" may fail')])
})

describe('test --generate', () => {
  it('writes a test for each route, which passes today and comes to it', async () => {
    const path = folder(shop)

    const { code, out } = await firebreak(path, 'test', '--generate', 'all.firebreak-test.yaml')

    expect([code, out]).toEqual([0, '2 route tests written to all.firebreak-test.yaml\n'])
    const { out: ran } = await firebreak(path, 'test', '--coverage')
    expect(ran).toContain('2 of 2 route tests pass\n\n2 of 2 routes in the tables are reached by a test')
  })

  it('writes the same each time', async () => {
    const [one, other] = [folder(shop), folder(shop)]
    for (const each of [one, other]) await firebreak(each, 'test', '--generate', 'firebreak-tests.yaml')

    const text = readFileSync(join(one, 'firebreak-tests.yaml'), 'utf8')
    expect(text).toBe(readFileSync(join(other, 'firebreak-tests.yaml'), 'utf8'))
    expect(text).toContain('name: "GET shop.example/cart/items is answered by teams/cart"')
  })

  it('counts the routes to which no request surely comes', async () => {
    const files = {
      'a.yaml': virtualService({ name: 'a', hosts: ['a.example'], http: [to('a'), at('/x', to('b'))] }),
      'b.yaml': virtualService({
        name: 'b',
        namespace: 'ns',
        hosts: ['b.example'],
        gateways: ['ns/gw'],
        http: [at('/', to('a')), at('/x', to('b'))],
      }),
    }

    const { out } = await firebreak(folder(files), 'test', '--generate', 'firebreak-tests.yaml')

    expect(out).toMatch(/^\d route tests? written to firebreak-tests.yaml/)
  })

  it('replaces nothing unless it is told to, and takes no name that is not read again', async () => {
    const path = folder(shop)
    writeFileSync(join(path, 'firebreak-tests.yaml'), 'mine')

    const there = await firebreak(path, 'test', '--generate', 'firebreak-tests.yaml')
    const name = await firebreak(path, 'test', '--generate', 'tests.yaml')

    expect([there.code, there.err]).toEqual([
      2,
      'error: --generate firebreak-tests.yaml is there already; --overwrite replaces it.\n',
    ])
    expect([name.code, existsSync(join(path, 'tests.yaml'))]).toEqual([2, false])
    expect(readFileSync(join(path, 'firebreak-tests.yaml'), 'utf8')).toBe('mine')
    const told = await firebreak(path, 'test', '--generate', 'firebreak-tests.yaml', '--overwrite')
    expect(told.code).toBe(0)
  })
})
