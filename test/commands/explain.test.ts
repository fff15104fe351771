import { describe, expect, it } from 'vitest'
import { answers, virtualService } from '../support/manifests.ts'
import { expectContract } from './contract.ts'
import { firebreak, folder } from './fake-terminal.ts'
import { shop } from './shop.ts'

function lines(out: string) {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('explain one request', () => {
  it('prints who serves it, and why not the others', async () => {
    const { code, out, err } = await firebreak(
      folder(shop),
      'explain',
      '.',
      'GET https://shop.example/about?x=1',
    )

    expect(out).toBe(`GET https://shop.example/about?x=1

mesh/edge, host shop.example:  pages.teams, by teams/pages of pages  (teams/pages.yaml:6)
  not teams/cart.yaml:7  uri: prefix /cart/items does not match /about
`)
    expect([code, err]).toEqual([0, ''])
  })

  it('takes the working directory where only the request is named, and GET where no method is', async () => {
    const { out } = await firebreak(folder(shop), 'explain', 'https://shop.example/cart/items')

    expect(out).toContain('by teams/cart')
  })

  it('asks every host at the Gateways where only a path is named, with a method or without', async () => {
    const path = folder(shop)

    const [bare, withMethod] = [
      await firebreak(path, 'explain', '/cart/items'),
      await firebreak(path, 'explain', '.', 'POST /cart/items'),
    ]

    expect(bare.out).toContain('GET http://shop.example/cart/items\n\nmesh/edge, host shop.example:')
    expect(withMethod.out).toContain('POST http://shop.example/cart/items\n\n')
    const { out } = await firebreak(path, 'explain', '/cart/items', '--format', 'json')
    expect(lines(out).map(({ request, outcome }) => [request.authority, outcome])).toEqual([
      ['shop.example', 'route'],
    ])
  })

  it('counts the hosts beyond the first ten', async () => {
    const hosts = Array.from({ length: 12 }, (_, at) => `h${at}.example`)
    const many = { 'a.yaml': virtualService({ name: 'a', hosts, http: [answers('/')] }) }

    const { out } = await firebreak(folder(many), 'explain', '/')

    expect(out.match(/^GET /gm)).toHaveLength(10)
    expect(out).toContain("2 more hosts: name one, such as 'GET https://shop.example/cart'.")
  })

  it('answers by the meshes that know the host first, and counts the others in a line', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const meshes = Object.fromEntries(
      names.map((name) => [
        `${name}/it.yaml`,
        virtualService({ name, hosts: [`${name}.example`], gateways: ['mesh'], http: [answers('/')] }),
      ]),
    )
    const many = {
      ...meshes,
      '.github/firebreak.yml': `meshes: [${names.map((name) => `{ name: ${name}, paths: ["${name}/**"] }`).join(', ')}]\n`,
    }

    const { out } = await firebreak(folder(many), 'explain', 'http://d.example/')
    const { out: nowhere } = await firebreak(folder(many), 'explain', 'http://x.example/')

    expect(out.split('\n').filter((line) => line.includes(':  '))).toEqual([
      expect.stringMatching(/^d: inside the mesh, host d\.example: {2}/),
      '6 other meshes:  no VirtualService names this host (a, b, c, e and 2 more)',
    ])
    expect(nowhere).toBe(`GET http://x.example/

7 meshes:  no VirtualService names this host (a, b, c, d and 3 more)
`)
  })

  it('refuses a gateway that nobody knows, and names those that are known', async () => {
    const { code, err } = await firebreak(
      folder(shop),
      ...['explain', '.', 'GET https://shop.example/cart', '--gateway', 'mesh/egde'],
    )

    expect([code, err]).toEqual([
      2,
      'error: --gateway mesh/egde is no Gateway that is known here: those are mesh/edge and mesh.\n',
    ])
  })

  it('is a line of JSON for each gateway that serves the host', async () => {
    const both = {
      ...shop,
      'mesh/shop.yaml': (shop['mesh/shop.yaml'] ?? '').replace('[mesh/edge]', '[mesh/edge, mesh]'),
    }

    const { out } = await firebreak(
      folder(both),
      'explain',
      '.',
      'GET https://shop.example/x',
      '--format',
      'json',
    )

    const answers = lines(out)
    for (const answer of answers) expectContract('explain', answer)
    expect(answers.map(({ gateway, outcome }) => [gateway, outcome])).toEqual([
      ['mesh', 'no-route'],
      ['mesh/edge', 'no-route'],
    ])
  })

  it('asks the named gateway alone, with the headers and the port of the request', async () => {
    const { out } = await firebreak(
      folder(shop),
      ...[
        'explain',
        '.',
        'POST http://shop.example:8080/a',
        '-H',
        'X-A: 1',
        '-H',
        'x-b:2',
        '--gateway',
        'mesh/edge',
      ],
      ...['--format', 'json'],
    )

    expect(lines(out)).toMatchObject([
      {
        request: {
          method: 'POST',
          scheme: 'http',
          authority: 'shop.example',
          path: '/a',
          headers: { 'x-a': '1', 'x-b': '2' },
          port: 8080,
          gateway: 'mesh/edge',
        },
        gateway: 'mesh/edge',
        host: 'shop.example',
        outcome: 'no-route',
      },
    ])
  })

  it('takes the line for curl that check prints, with the name that TLS is asked for', async () => {
    const ask = async (line: string) => {
      const { out } = await firebreak(folder(shop), 'explain', line, '--format', 'json')
      return lines(out)[0]?.request
    }

    expect(
      await ask(
        String.raw`curl -I --path-as-is -H 'Host: shop.example' -H 'x-a: it'\''s' -H 'x-b;' "$GATEWAY/a/../b?c=d"`,
      ),
    ).toEqual({
      method: 'HEAD',
      scheme: 'http',
      authority: 'shop.example',
      path: '/a/../b?c=d',
      headers: { 'x-a': "it's", 'x-b': '' },
    })
    expect(
      await ask(
        `curl -i --connect-to "::\${GATEWAY#*//}" -H 'Host: shop.example' 'https://other.example:8443/cart'`,
      ),
    ).toMatchObject({
      scheme: 'https',
      authority: 'shop.example',
      sni: 'other.example',
      port: 8443,
      path: '/cart',
    })
  })

  it('takes a request as JSON, such as a witness of check, from whatever client it comes', async () => {
    const asked = {
      authority: 'shop.example',
      path: '/cart/items',
      headers: { 'X-A': '1' },
      sourceNamespace: 'teams',
      gateway: 'mesh/edge',
    }
    const ask = (text: string, ...more: readonly string[]) =>
      firebreak(folder(shop), 'explain', text, ...more, '--format', 'json')

    const { out } = await ask(` ${JSON.stringify(asked)}`, '-H', 'x-b: 2')
    const { out: everywhere } = await ask('{"path":"/cart/items"}')

    expect(lines(out)).toMatchObject([
      {
        request: { ...asked, method: 'GET', scheme: 'http', headers: { 'x-a': '1', 'x-b': '2' } },
        outcome: 'route',
      },
    ])
    expect(lines(everywhere).map(({ request }) => request.authority)).toEqual(['shop.example'])
  })

  it.each([
    [['explain', '.', "curl -i -X POST 'https://a.example/'"], 'is no line for curl as check prints it'],
    [['explain', '.', 'curl -i'], 'is no line for curl'],
    [['explain', '.', '{"paht":"/"}'], '"paht" is not a field of a request'],
    [['explain', '{"path":'], 'is not a request: not a JSON object'],
    [['explain', '.', 'shop.example/x'], 'is not a request'],
    [['explain', '.', 'GET ftp://x/'], 'is not a request'],
    [['explain', '.', 'GET http://x/', '-H', 'nothing'], 'is not a header'],
    [['explain', 'nowhere', 'GET http://x/'], 'nowhere is not a directory'],
    [['explain', '--requests', 'none.jsonl'], 'none.jsonl cannot be read: there is no such file'],
    [['explain', 'GET http://x/', '--requests', 'none.jsonl'], 'not both'],
  ])('%j is exit code 2', async (args, message) => {
    const { code, out, err } = await firebreak(folder(), ...args)

    expect(err).toContain(message)
    expect([code, out]).toEqual([2, ''])
  })
})

describe('explain a file of requests', () => {
  const asked = [
    {
      method: 'GET',
      scheme: 'https',
      authority: 'shop.example',
      path: '/cart/items?q=1',
      headers: {},
      gateway: 'mesh/edge',
      port: 443,
    },
    {
      method: 'GET',
      scheme: 'https',
      authority: 'other.example',
      path: '/',
      headers: { 'X-A': '1' },
      gateway: 'mesh/edge',
      port: 443,
    },
    {
      method: 'GET',
      scheme: 'https',
      authority: 'shop.example',
      path: '/nothing',
      headers: {},
      gateway: 'mesh',
    },
  ]
  const file = (requests: readonly object[]) => requests.map((each) => JSON.stringify(each)).join('\n')

  it('answers a line with a line, in order, and nothing else', async () => {
    const path = folder({ ...shop, 'r.jsonl': `\uFEFF${file(asked)}\r\n\n` })

    const { code, out, err } = await firebreak(path, 'explain', '.', '--requests', 'r.jsonl')

    const answers = lines(out)
    for (const answer of answers) expectContract('explain', answer)
    expect(answers.map(({ request }) => request)).toEqual(asked)
    expect(answers.map(({ outcome }) => outcome)).toEqual(['route', 'no-host', 'no-host'])
    expect(answers[0]).toMatchObject({
      virtualService: 'teams/cart',
      primary: 'mesh/shop',
      file: 'teams/cart.yaml',
      line: 6,
    })
    expect([code, err]).toEqual([0, ''])
  })

  it('fills in what a line leaves out', async () => {
    const path = folder({ ...shop, 'r.jsonl': '{"authority":"shop.example","path":"/about"}\n{}' })

    const { out } = await firebreak(path, 'explain', '--requests', 'r.jsonl')

    expect(lines(out)).toMatchObject([
      { request: { method: 'GET', scheme: 'http', headers: {} }, gateway: 'mesh/edge', outcome: 'route' },
      { gateway: 'mesh', outcome: 'no-host' },
    ])
  })

  it('takes an absolute path for the directory', async () => {
    const path = folder({ ...shop, 'r.jsonl': '{"authority":"shop.example","path":"/about"}' })

    const { out, err } = await firebreak('/', 'explain', path, '--requests', `${path}/r.jsonl`)

    expect(lines(out)).toMatchObject([{ outcome: 'route', virtualService: 'teams/pages' }])
    expect(err).toBe('')
  })

  it.each([
    ['{"path": "/"}\n{"path": ', 'line 2: not a JSON object'],
    ['[]', 'line 1: not a JSON object'],
    ['\n\n{"path": "x"}', 'line 3: path does not begin with /'],
    ['{"port": "80"}', 'line 1: port is not a number from 1 to 65535'],
    ['{"headers": {"a": 1}}', 'line 1: headers is not an object of strings'],
    ['{"method": null}', 'line 1: method is not a string'],
    ['{"pathh": "/"}', 'line 1: "pathh" is not a field of a request'],
  ])('%j is exit code 2 and nothing on standard output', async (text, message) => {
    const path = folder({ ...shop, 'r.jsonl': text })

    const { code, out, err } = await firebreak(path, 'explain', '--requests', 'r.jsonl')

    expect(err).toContain(message)
    expect([code, out]).toEqual([2, ''])
  })

  it('tells what it leaves out on standard error only', async () => {
    const broken = 'apiVersion: networking.istio.io/v1\nkind: [\n'
    const path = folder({ ...shop, 'broken.yaml': broken, 'r.jsonl': file(asked) })

    const { code, out, err } = await firebreak(path, 'explain', '--requests', 'r.jsonl')

    expect(err).toContain('broken.yaml')
    expect(lines(out)).toHaveLength(3)
    expect(code).toBe(0)
  })
})
