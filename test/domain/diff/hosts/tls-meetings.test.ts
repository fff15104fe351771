import { describe, expect, it } from 'vitest'
import type { Gateway, Server } from '../../../../src/domain/manifest/gateway.ts'
import type { VirtualService } from '../../../../src/domain/manifest/virtual-service.ts'
import { changeLine, changesBetween, type MeshSide } from '../../../support/compared-sides.ts'
import { gateway, virtualService } from '../../../support/meshes.ts'
import { exact, to } from '../../../support/worked-mesh.ts'

const tls = (hosts: readonly string[], more: Partial<Server> = {}, number = 443): Server => ({
  port: { number, name: `https-${number}-${hosts.join('-')}`, protocol: 'HTTPS' },
  hosts: [...hosts],
  tls: { mode: 'SIMPLE', credentialName: 'one' },
  ...more,
})
const at = (
  name: string,
  servers: readonly Server[],
  selector: Readonly<Record<string, string>> = { app: 'gw' },
) => gateway(`n/${name}`, { selector, servers: [...servers] })
const on = (host: string, answer: string, ...gateways: readonly string[]) =>
  virtualService(`n/${answer}`, {
    hosts: [host],
    gateways: gateways.map((each) => `n/${each}`),
    http: [to(answer, exact('/a'))],
  })

/** Where TLS is asked for the host itself. */
const told = (base: MeshSide, merged: MeshSide) =>
  changesBetween(base, merged)
    .filter(({ connections }) => connections === undefined)
    .map((each) => `${changeLine(each)}${each.certain ? '' : ' perhaps'}`)

const wide = at('wide', [tls(['*.example'])])
const narrow = at('narrow', [tls(['shop.example'])])
const shop = on('shop.example', 'shop', 'wide')
const all = on('*.example', 'all', 'wide')

describe('a Gateway with a more special name under TLS', () => {
  it('takes the host away from who has it, although nobody changes a route', () => {
    const lost = ['n/wide shop.example:443 /a: shop -> nobody']

    expect(told([[shop], [wide]], [[shop], [wide, narrow]])).toEqual(lost)
    expect(told([[all], [wide]], [[all], [wide, narrow]])).toEqual([
      'n/wide shop.example:443 /a: all -> nobody',
    ])
  })

  it('gives it back when it goes', () => {
    expect(told([[shop], [wide, narrow]], [[shop], [wide]])).toEqual([
      'n/wide shop.example:443 /a: nobody -> shop',
    ])
  })

  it('takes it over with routes of its own, which is told once', () => {
    const mine = on('shop.example', 'mine', 'narrow')

    expect(
      told(
        [[shop], [wide]],
        [
          [shop, mine],
          [wide, narrow],
        ],
      ),
    ).toEqual(['n/wide shop.example:443 /a: shop -> mine'])
    expect(
      told(
        [[all], [wide]],
        [
          [all, mine],
          [wide, narrow],
        ],
      ),
    ).toEqual(['n/wide shop.example:443 /a: all -> mine'])
  })

  it.each([
    ['passes it through', { tls: { mode: 'PASSTHROUGH' } }],
    ['asks for certificates of clients', { tls: { mode: 'MUTUAL', credentialName: 'two' } }],
  ])('%s', (_, more: Partial<Server>) => {
    const other = at('narrow', [tls(['shop.example'], more)])

    expect(told([[shop], [wide]], [[shop], [wide, other]])).toEqual([
      'n/wide shop.example:443 /a: shop -> nobody',
    ])
  })

  it('changes nothing where the VirtualService is bound to both', () => {
    const both = on('shop.example', 'shop', 'wide', 'narrow')

    expect(told([[both], [wide]], [[both], [wide, narrow]])).toEqual([])
  })

  it.each([
    ['for a host that nobody has', at('narrow', [tls(['other.example'])])],
    ['with a broader name', at('narrow', [tls(['*'])])],
    ['on another port', at('narrow', [tls(['shop.example'], {}, 8443)])],
    ['on another address', at('narrow', [tls(['shop.example'], { bind: '10.0.0.1' })])],
    ['on other pods', at('narrow', [tls(['shop.example'])], { app: 'other' })],
  ])('takes nothing %s', (_, other) => {
    expect(told([[shop], [wide]], [[shop], [wide, other]])).toEqual([])
  })
})

describe('one Gateway under TLS', () => {
  it('lets the more special of its own servers take a name, for the namespaces of that one', () => {
    const before = at('wide', [tls(['n/*'])])
    const after = at('wide', [tls(['m/*.example']), tls(['n/*'])])

    expect(told([[shop], [before]], [[shop], [after]])).toEqual([
      'n/wide shop.example:443 /a: shop -> nobody',
    ])
  })
})

describe('a server that perhaps shares its pods', () => {
  const aged = <T extends Gateway>(each: T, created: string): T => ({
    ...each,
    inCluster: { created, snapshot: 'cluster.yaml' },
  })
  const older = aged(at('older', [tls(['*.shop.example'])]), '2026-01-01T00:00:00Z')
  const own = (...servers: readonly Server[]) =>
    aged(at('wide', servers, { istio: 'gw' }), '2026-02-01T00:00:00Z')

  it('is dropped by Istio with all its hosts, although another of its Gateway takes their names', () => {
    const [before, after] = [
      own(tls(['shop.example'])),
      own(tls(['*.shop.example', 'n/shop.example']), tls(['m/shop.example'])),
    ]

    expect(told([[shop], [older, before]], [[shop], [older, after]])).toEqual([
      'n/wide shop.example:443 /a: shop -> nobody perhaps',
    ])
  })

  it('keeps its hosts where it has none of an older one', () => {
    const [before, after] = [
      own(tls(['shop.example'])),
      own(tls(['n/shop.example']), tls(['m/shop.example'])),
    ]

    expect(told([[shop], [older, before]], [[shop], [older, after]])).toEqual([])
  })
})

describe('what Git does not know of listeners', () => {
  const doubts = (base: MeshSide, merged: MeshSide) => [
    ...new Set(changesBetween(base, merged).flatMap((each) => each.doubts.map(({ cause }) => cause.code))),
  ]
  const mine = on('shop.example', 'mine', 'narrow')

  it('is which of two servers with one name Istio drops', () => {
    const twice = at('narrow', [tls(['*.example'])])

    expect(
      told(
        [[shop], [wide]],
        [
          [shop, mine],
          [wide, twice],
        ],
      ),
    ).toEqual(['n/wide shop.example:443 /a: shop -> mine perhaps'])
    expect(
      doubts(
        [[shop], [wide]],
        [
          [shop, mine],
          [wide, twice],
        ],
      ),
    ).toEqual(['server-order'])
  })

  it('is whether Gateways whose selectors differ are on the same pods', () => {
    const perhaps = at('narrow', [tls(['shop.example'])], { istio: 'gw' })

    expect(told([[shop], [wide]], [[shop], [wide, perhaps]])).toEqual([
      'n/wide shop.example:443 /a: shop -> nobody perhaps',
    ])
    expect(doubts([[shop], [wide]], [[shop], [wide, perhaps]])).toEqual(['shared-pods'])
  })

  it('is of no weight where the names cannot meet', () => {
    const elsewhere = at('narrow', [tls(['other.test'])], { istio: 'gw' })
    const own = on('other.test', 'mine', 'narrow')

    expect(
      told(
        [[shop], [wide]],
        [
          [shop, own],
          [wide, elsewhere],
        ],
      ),
    ).toEqual(['n/narrow other.test:443 /a: nobody -> mine'])
  })

  it('lets no route of a plain Gateway hide behind one that is perhaps elsewhere', () => {
    const plain: Server = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }
    const aged = <T extends Gateway | VirtualService>(each: T, created: string): T => ({
      ...each,
      inCluster: { created, snapshot: 'cluster.yaml' },
    })
    const [a, b] = [
      aged(at('a', [plain]), '2026-01-01T00:00:00Z'),
      aged(at('b', [plain], { istio: 'gw' }), '2026-02-01T00:00:00Z'),
    ]
    const everything = aged(
      virtualService('n/everything', { hosts: ['x.test'], gateways: ['n/a'], http: [to('everything')] }),
      '2026-01-01T00:00:00Z',
    )
    const behind = (answer: string) =>
      aged(
        virtualService('n/behind', { hosts: ['x.test'], gateways: ['n/b'], http: [to(answer)] }),
        '2026-02-01T00:00:00Z',
      )

    expect(
      told(
        [
          [everything, behind('one')],
          [a, b],
        ],
        [
          [everything, behind('two')],
          [a, b],
        ],
      ),
    ).toEqual(['n/b x.test:80 /*: one -> two perhaps'])
  })
})
