import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answers, virtualService } from '../../support/manifests.ts'
import { expectContract } from '../contract.ts'
import { type Files, firebreak, folder } from '../fake-terminal.ts'
import { members, shop } from '../shop.ts'

const entry = (path: string, host: string, more = '') =>
  `    - { match: [{ uri: { prefix: ${path} }${more} }], route: [{ destination: { host: ${host} } }] }\n`
const made = (authority: string, path: string, count = 1, more: object = {}) =>
  `${JSON.stringify({ method: 'GET', authority, path, count, ...more })}\n`

interface Told {
  readonly code: number
  readonly out: string
  readonly err: string
}

function under(side: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${side}/${path}`, text]))
}

async function checked(after: Files, log: string, ...args: readonly string[]): Promise<Told> {
  const beside = after['other.yaml'] === undefined ? {} : { 'other.yaml': after['other.yaml'] }
  const all = { ...under('base', { ...shop, ...beside }), ...under('head', { ...shop, ...after }) }
  const path = folder({ ...all, 'traffic.log': log, 'members.yml': members })
  const sides = ['--base', 'base', '--head', 'head', '--author', 'cem', '--members', 'members.yml']
  return firebreak(path, 'check', ...sides, '--traffic', 'traffic.log', ...args)
}

async function traffic(after: Files, log: string) {
  const { out } = await checked(after, log, '--format', 'json')
  const value = JSON.parse(out)
  expectContract('check', value)
  return value.traffic
}

const cart = shop['teams/cart.yaml'] ?? ''
const moved = { 'teams/cart.yaml': cart.replace('host: cart', 'host: cart-v2') }
const beta = {
  'teams/cart.yaml': `${cart.replace('  http:\n', `  http:\n${entry('/cart/items', 'beta', ', headers: { x-beta: { exact: "1" } }')}`)}`,
}
const secure = {
  'teams/cart.yaml': `${cart.replace('  http:\n', `  http:\n${entry('/cart/items', 'secure', ', scheme: { exact: https }')}`)}`,
}
const parameter = {
  'teams/cart.yaml': `${cart.replace('  http:\n', `  http:\n${entry('/cart/items', 'beta', ', queryParams: { v: { exact: "2" } }')}`)}`,
}

describe('the traffic of yesterday', () => {
  it.each(['sarif', 'github'])('has no place in %s, and that is said', async (format) => {
    const { code, err } = await checked(moved, '', '--format', format)

    expect([code, err]).toEqual([
      2,
      `error: --format ${format} has no place for --traffic: text, json, markdown and html have.\n`,
    ])
  })

  it('is on the page, too', async () => {
    const { out } = await checked(moved, log, '--format', 'html')

    const said = /<h2 id="traffic-heading">.*?<\/section>/s.exec(out)?.[0]
    expect(said).toContain('341 (3.4 %) would be treated differently.')
    expect(said).toContain('300 <code>GET shop.example/cart/items/1</code>')
  })

  const log =
    made('shop.example', '/cart/items/1', 300) +
    made('shop.example', '/cart/items/2', 41) +
    made('shop.example', '/about', 9_659) +
    made('other.example', '/cart/items', 5)

  it('is counted by what would become of it, with what was made most often', async () => {
    const { out, code } = await checked(moved, log)

    expect(out).toContain(`Of 10,005 requests in traffic.log 341 (3.4 %) would be treated differently.
  341 of cart: /cart/items*
    most often  300 GET shop.example/cart/items/1, 41 GET shop.example/cart/items/2
  By team: cart 341.
  By host: shop.example 341.
`)
    expect(code).toBe(0)
  })

  it('is part of the JSON and of the Markdown', async () => {
    expect(await traffic(moved, log)).toMatchObject({
      source: 'traffic.log',
      requests: 10_005,
      different: { certain: 341, perhaps: 0 },
      byTeam: [{ team: '@shop/cart', certain: 341, perhaps: 0 }],
      byHost: [{ host: 'shop.example', certain: 341, perhaps: 0 }],
      groups: [
        { changes: [0], certain: 341, witnesses: [{ path: '/cart/items/1', count: 300, certain: true }, {}] },
      ],
      read: { lines: 4, unreadable: 0 },
    })
    const { out } = await checked(moved, log, '--format', 'markdown')
    expect(out).toContain(
      '**Of 10,005 requests in `traffic.log` 341 (3.4 %) would be treated differently.** It decides nothing.',
    )
  })

  it('never decides', async () => {
    const [without, withTraffic] = [await checked(moved, ''), await checked(moved, log)]

    expect(withTraffic.code).toBe(without.code)
    expect(withTraffic.out.split('\n')[0]).toBe(without.out.split('\n')[0])
    expect(without.out).toContain(
      'No requests were found in traffic.log: what would become of them is not known.',
    )
  })

  it('is perhaps treated differently where headers decide that the log does not hold', async () => {
    const { different } = await traffic(beta, log)
    const known = await traffic(
      beta,
      made('shop.example', '/cart/items', 3, { headers: { 'X-Beta': '1' } }) +
        made('shop.example', '/cart/items', 4, { headers: {} }),
    )

    expect(different).toEqual({ certain: 0, perhaps: 341 })
    expect(known.different).toEqual({ certain: 3, perhaps: 0 })
  })

  it('is known by its scheme, where the log says which', async () => {
    const asked =
      made('shop.example', '/cart/items', 3, { scheme: 'http' }) +
      made('shop.example', '/cart/items', 4, { scheme: 'https' }) +
      made('shop.example', '/cart/items', 5)

    expect((await traffic(secure, asked)).different).toEqual({ certain: 4, perhaps: 5 })
  })

  it('is known where parameters decide, which a log holds', async () => {
    const asked =
      made('shop.example', '/cart/items?v=2', 3) +
      made('shop.example', '/cart/items?v=3', 4) +
      made('shop.example', '/cart/items', 5)

    expect((await traffic(parameter, asked)).different).toEqual({ certain: 3, perhaps: 0 })
  })

  it('is taken as Envoy normalises it', async () => {
    const asked = made('shop.example', '/x/../cart/%69tems', 3) + made('SHOP.example:8080', '/cart/items', 2)

    expect((await traffic(moved, asked)).different).toEqual({ certain: 5, perhaps: 0 })
  })

  it.each(['10.0.0.1', '[2001:db8::1]', '[2001:db8::1]:8080', 'any.example'])(
    'to %s is under a wildcard',
    async (host) => {
      const open = Object.fromEntries(
        Object.entries(shop).map(([path, text]) => [path, text.replaceAll('shop.example', '"*"')]),
      )

      expect((await traffic(open, made(host, '/cart/items', 3))).different).toEqual({
        certain: 3,
        perhaps: 0,
      })
    },
  )

  it('is perhaps treated differently where another gateway serves the host, too, unless the log says which', async () => {
    const twice = {
      ...moved,
      'other.yaml': virtualService({
        name: 'o',
        namespace: 'mesh',
        hosts: ['shop.example'],
        gateways: ['mesh/inner'],
        http: [answers('/cart/items')],
      }),
    }
    const there = { gateway: 'mesh/edge' }

    expect((await traffic(twice, made('shop.example', '/cart/items/1', 3))).different).toEqual({
      certain: 0,
      perhaps: 3,
    })
    expect((await traffic(twice, made('shop.example', '/cart/items/1', 3, there))).different).toEqual({
      certain: 3,
      perhaps: 0,
    })
  })

  it('is looked for in the mesh alone that the log names', async () => {
    const asked =
      made('shop.example', '/cart/items/1', 3, { mesh: 'elsewhere' }) +
      made('shop.example', '/cart/items/1', 4)

    expect((await traffic(moved, asked)).different).toEqual({ certain: 4, perhaps: 0 })
  })

  it('of secrets nothing is shown anywhere', async () => {
    const secret = 'eyJhbGciOiJIUzI1NiJ9.c2VjcmV0LXNlY3JldA'
    const asked =
      made(`u:${secret}@shop.example`, '/cart/items', 1) +
      made('shop.example', `/cart/items/${secret}?token=${secret}`, 9, {
        headers: { authorization: secret, cookie: secret },
      }) +
      `${secret}\n`

    for (const format of ['text', 'json', 'markdown']) {
      const { out, err } = await checked(moved, asked, '--format', format)
      expect(out + err).not.toContain(secret)
      expect(out).toContain('/cart/items/***?token=***')
    }
  })

  it('that cannot be read is said, and the first place', async () => {
    const { out, code } = await checked(moved, `${log}what is this\n`)

    expect(out).toContain('1 of 5 lines cannot be read, the first of them line 5 of traffic.log.')
    expect(code).toBe(0)
  })

  it('says what of a folder was not looked into', async () => {
    const path = folder({
      ...under('base', shop),
      ...under('head', { ...shop, ...moved }),
      'logs/day/a.log': log,
    })
    symlinkSync('day/a.log', join(path, 'logs/link.log'))

    const { out } = await firebreak(path, 'check', '--base', 'base', '--head', 'head', '--traffic', 'logs')

    expect(out).toContain('No requests were found in logs: what would become of them is not known.')
    expect(out).toContain('Folders and links that were not looked into: 2.')
  })

  it.each([
    ['is not there', { headers: {} }, 3],
    ['is', { headers: { constructor: 'x' } }, 0],
  ])('knows whether a header %s that is called as every object has something', async (_, more, certain) => {
    const named = {
      'teams/cart.yaml': beta['teams/cart.yaml'].replace(
        'headers: { x-beta: { exact: "1" } }',
        'withoutHeaders: { constructor: {} }',
      ),
    }

    expect((await traffic(named, made('shop.example', '/cart/items', 3, more))).different).toEqual({
      certain,
      perhaps: 0,
    })
  })

  it('at a path that is not there is a mistake', async () => {
    const { err, code } = await checked(moved, log, '--traffic', 'none.log')

    expect([code, err]).toEqual([2, expect.stringMatching(/^error: --traffic none.log cannot be read: /)])
  })

  it('of very many paths is counted in whole, and said where examples were left out', async () => {
    const many = Array.from({ length: 2_500 }, (_, at) => made('shop.example', `/cart/items/${at}`)).join('')
    const told = await traffic(moved, many)

    expect([told.different.certain, told.folded]).toEqual([2_500, true])
  })
})
