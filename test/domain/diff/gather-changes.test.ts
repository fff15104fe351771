import { describe, expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import { contains } from '../../../src/domain/language/string-set.ts'
import { paths } from '../../../src/domain/language/universe.ts'
import type { Server } from '../../../src/domain/manifest/gateway.ts'
import type {
  HTTPMatchRequest,
  HTTPRoute,
  VirtualService,
} from '../../../src/domain/manifest/virtual-service.ts'
import { describeRequests } from '../../../src/domain/match/describe-request-set.ts'
import type { RequestSet } from '../../../src/domain/match/request-set.ts'
import { parseCodeowners } from '../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'

const codeowners = parseCodeowners({
  path: 'CODEOWNERS',
  text: '/mesh/ @o/admins\n/login/ @o/login\n/catalog/ @o/catalog\n',
})

const options = {
  settings: defaultIstioSettings,
  complete: true,
  ownership: createOwnership(codeowners),
  meshOf: () => 'default',
}

const to = (host: string): HTTPRoute => ({ route: [{ destination: { host } }] })
const prefix = (...texts: readonly string[]) => texts.map((text) => ({ uri: { prefix: text } }))
const exact = (...texts: readonly string[]) => texts.map((text) => ({ uri: { exact: text } }))

const primary = virtualService(
  'n/p',
  {
    hosts: ['*'],
    gateways: ['gw'],
    http: [
      { match: prefix('/log'), delegate: { name: 'login' } },
      { match: prefix('/'), delegate: { name: 'catalog' } },
    ],
  },
  'mesh/p.yaml',
)
const login = (...http: readonly HTTPRoute[]) => virtualService('n/login', { http }, 'login/vs.yaml')
const catalog = (...http: readonly HTTPRoute[]) => virtualService('n/catalog', { http }, 'catalog/vs.yaml')

type Side = Parameters<typeof manifests>[0]

/** Each change as one line: what, for which requests, who is asked, who is told. */
function told(base: Side, merged: Side, settings = defaultIstioSettings): readonly string[] {
  const { changes } = compare(manifests(base), manifests(merged), { ...options, settings })
  const names = (teams: readonly { readonly label: string }[]) =>
    teams.map(({ label }) => label.slice(3)).join('+')
  return changes.map((change) =>
    [
      change.kind,
      change.spill ? 'spill' : '',
      describeRequests(change.requests),
      `asks ${names(change.touched)}`,
      change.told.length > 0 ? `tells ${names(change.told)}` : '',
      change.certain ? '' : 'perhaps',
    ]
      .filter((part) => part !== '')
      .join(', '),
  )
}

describe('what a change means for the teams', () => {
  it('a path of ones own below the delegated prefix is opened and asks nobody else', () => {
    const before = [
      primary,
      login({ match: exact('/login'), ...to('a') }),
      catalog({ match: exact('/c'), ...to('b') }),
    ]
    const after = [primary, login({ match: exact('/login', '/login/reset'), ...to('a') }), before[2]!]

    expect(told(before, after)).toEqual(['opened, /login/reset, asks login'])
  })

  it('what a catch-all answered inside a foreign prefix is reclaimed: told, not asked', () => {
    const all = catalog(to('b'))
    const before = [primary, login({ match: exact('/login'), ...to('a') }), all]
    const after = [primary, login({ match: exact('/login', '/login/reset'), ...to('a') }), all]

    expect(told(before, after)).toEqual(['reclaimed, /login/reset, asks login, tells catalog'])
  })

  it('what a narrower route answered inside a foreign prefix is moved, and its owner is asked', () => {
    const logs = catalog({ match: prefix('/logs'), ...to('b') })
    const before = [primary, login({ match: exact('/login'), ...to('a') }), logs]
    const after = [primary, login({ match: prefix('/log'), ...to('a') }), logs]

    expect(told(before, after)).toEqual([
      'opened, /log* except /login and /logs*, asks login',
      'moved, /logs*, asks catalog+login',
    ])
  })

  it('of one route with a narrow and a broad match, each request is judged by the match that answered it', () => {
    const both = (narrow: HTTPMatchRequest) => catalog({ match: [narrow, ...prefix('/')], ...to('b') })
    const change = (narrow: HTTPMatchRequest) =>
      told(
        [primary, login({ match: exact('/login'), ...to('a') }), both(narrow)],
        [primary, login({ match: prefix('/log'), ...to('a') }), both(narrow)],
      )

    expect(change({ uri: { prefix: '/logs' } })).toEqual([
      'reclaimed, /log* except /login and /logs*, asks login, tells catalog',
      'moved, /logs*, asks catalog+login',
    ])
    expect(change({ headers: { beta: { exact: '1' } } })).toEqual([
      'moved, /log* except /login with header beta equal to 1, asks catalog+login',
      'reclaimed, /log* except /login without header beta: 1, asks login, tells catalog',
    ])
  })

  it('a catch-all that starts to answer inside a foreign prefix spills, and asks whom the prefix was given to', () => {
    const before = [
      primary,
      login({ match: exact('/login'), ...to('a') }),
      catalog({ match: exact('/c'), ...to('b') }),
    ]
    const after = [primary, before[1]!, catalog({ match: exact('/c'), ...to('b') }, to('b'))]

    expect(told(before, after)).toEqual([
      'opened, /* except /c and /log*, asks catalog',
      'opened, spill, /log* except /login, asks catalog+login',
    ])
  })

  it('a catch-all that stops answering inside a foreign prefix asks whom the prefix was given to', () => {
    const before = [
      primary,
      login({ match: exact('/login'), ...to('a') }),
      catalog({ match: exact('/c'), ...to('b') }, to('b')),
    ]
    const after = [primary, before[1]!, catalog({ match: exact('/c'), ...to('b') })]

    expect(told(before, after)).toEqual([
      'dropped, /* except /c and /log*, asks catalog',
      'dropped, spill, /log* except /login, asks catalog+login',
    ])
  })

  it('a field of the primary that reaches a secondary is inherited', () => {
    const [first = {}, second = {}] = primary.spec.http ?? []
    const slower = { ...primary, spec: { ...primary.spec, http: [{ ...first, timeout: '5s' }, second] } }
    const rest = [login({ match: exact('/login'), ...to('a') }), catalog({ match: exact('/c'), ...to('b') })]

    expect(told([primary, ...rest], [slower, ...rest])).toEqual(['inherited, /login, asks login'])
  })

  it('the same action by another VirtualService of the same team is reassigned', () => {
    const one = virtualService(
      'n/one',
      { hosts: ['x.example'], gateways: ['gw'], http: [to('a')] },
      'login/one.yaml',
    )
    const two = virtualService(
      'n/two',
      { hosts: ['x.example'], gateways: ['gw'], http: [to('a')] },
      'login/two.yaml',
    )

    expect(told([one], [two])).toEqual(['reassigned, /*, asks login'])
  })

  it('a change of the delegation itself is judged by the promise after it', () => {
    const [first = {}, second = {}] = primary.spec.http ?? []
    const widened = {
      ...primary,
      spec: { ...primary.spec, http: [{ ...first, match: prefix('/log', '/account') }, second] },
    }
    const mine = login({ match: prefix('/log'), ...to('a') }, { match: exact('/account'), ...to('a') })
    const rest = catalog({ match: exact('/c'), ...to('b') })

    expect(
      told([primary, login({ match: prefix('/log'), ...to('a') }), rest], [widened, mine, rest]),
    ).toEqual(['opened, /account, asks login'])
  })

  it('a rewrite that replaces another prefix is a change although the action reads the same', () => {
    const rewriting = { rewrite: { uri: '/' }, ...to('a') }
    const rest = catalog({ match: exact('/c'), ...to('b') })

    expect(
      told(
        [
          primary,
          login({ match: prefix('/login/'), ...rewriting }, { match: prefix('/login'), ...rewriting }),
          rest,
        ],
        [primary, login({ match: prefix('/login'), ...rewriting }), rest],
      ),
    ).toEqual(['changed, /login/*, asks login'])
  })

  it('a rewrite of the whole path is none for the one path that is the prefix it replaces now', () => {
    const rewriting = { rewrite: { uri: '/new' }, ...to('a') }
    const rest = catalog({ match: exact('/c'), ...to('b') })
    const whole = [primary, login({ match: exact('/login'), ...rewriting }), rest]
    const byPrefix = [primary, login({ match: prefix('/login'), ...rewriting }), rest]

    expect(told(whole, byPrefix)).toEqual(['opened, /login* except /login, asks login'])
    expect(told(byPrefix, whole)).toEqual(['dropped, /login* except /login, asks login'])
  })

  it('destinations in another order, and weights of the same shares, are no change', () => {
    const split = (...parts: readonly (readonly [string, number])[]): HTTPRoute => ({
      route: parts.map(([host, weight]) => ({ destination: { host }, weight })),
    })

    expect(
      told(
        [primary, login({ match: prefix('/log'), ...split(['a', 9], ['b', 1]) })],
        [primary, login({ match: prefix('/log'), ...split(['b', 10], ['a', 90]) })],
      ),
    ).toEqual([])
  })
})

describe('a host that is there for some pods only', () => {
  const fromN1 = [{ sourceNamespace: 'n1' }]
  const broad = virtualService(
    'n/broad',
    { hosts: ['*.example'], gateways: ['gw'], http: [to('b')] },
    'catalog/broad.yaml',
  )
  const own = (...http: readonly HTTPRoute[]) =>
    virtualService('n/own', { hosts: ['a.example'], gateways: ['gw'], http }, 'login/own.yaml')
  const other = virtualService(
    'n/other',
    { hosts: ['a.example'], gateways: ['gw'], http: [{ match: prefix('/y'), ...to('b') }] },
    'catalog/other.yaml',
  )
  const toHost = (base: Side, merged: Side) => {
    const { changes } = compare(manifests(base), manifests(merged), options)
    return changes.map(({ host, before, after, requests }) => {
      const ends = [before, after].map((route) => route?.outcome.supplier ?? 'nobody').join(' -> ')
      return `${host} ${describeRequests(requests)}: ${ends}`
    })
  }

  it('leaves its requests to the next broader host where none of its routes is sent to the gateway', () => {
    const before = [broad, own({ match: fromN1, ...to('a') }, { match: prefix('/x'), ...to('a') })]
    const after = [broad, own({ match: fromN1, ...to('a') })]

    expect(toHost(before, after)).toEqual([
      'a.example /* except /x* with client namespace not equal to n1: nobody -> n/broad',
      'a.example /x* with client namespace not equal to n1: n/own -> n/broad',
    ])
  })

  it('is told apart by port, too, at a gateway that is not in the repository', () => {
    const before = [broad, own({ match: [{ port: 80 }], ...to('a') })]
    const after = [broad, own({ match: [{ port: 80 }], ...to('a') }, { match: prefix('/x'), ...to('a') })]

    expect(toHost(before, after)).toEqual([
      'a.example /* except /x* with port not equal to 80: n/broad -> nobody',
      'a.example /x* with port not equal to 80: n/broad -> n/own',
    ])
  })

  it('is not sent what stands behind a catch-all for it, although others come in between', () => {
    const before = [own({ match: [{ port: 80 }], ...to('a') }), other]
    const after = [own({ match: [{ port: 80 }], ...to('a') }, { match: prefix('/x'), ...to('a') }), other]

    expect(toHost(before, after)).toEqual(['a.example /x* with port not equal to 80: nobody -> n/own'])
  })

  it('is there for the namespaces that the pods of gateways are known to run in', () => {
    const settings = { ...defaultIstioSettings, gatewayNamespaces: ['n1'] }
    const vss = [broad, own({ match: fromN1, ...to('a') })]
    const moved = [{ ...broad, spec: { ...broad.spec, http: [to('c')] } }, vss[1]!]

    expect(told(vss, moved, settings)).toEqual(['changed, /*, asks catalog'])
    expect(told(vss, moved, { ...settings, gatewayNamespaces: ['n2'] })).toEqual([
      'changed, /*, asks catalog',
    ])
    expect(told(vss, moved, { ...settings, gatewayNamespaces: ['n1', 'n2'] })).toEqual([
      'changed, /*, asks catalog',
      'changed, /* with client namespace equal to n2, asks catalog',
    ])
  })

  it('shows a change of the broader host, which some of its requests meet', () => {
    const moved = { ...broad, spec: { ...broad.spec, http: [to('c')] } }

    expect(
      toHost([broad, own({ match: fromN1, ...to('a') })], [moved, own({ match: fromN1, ...to('a') })]),
    ).toEqual([
      '*.example /*: n/broad -> n/broad',
      'a.example /* with client namespace not equal to n1: n/broad -> n/broad',
    ])
  })
})

describe('a Gateway that gives up a host', () => {
  const server = (...hosts: readonly string[]): Server => ({
    port: { number: 80, name: 'http', protocol: 'HTTP' },
    hosts,
  })
  const bound = { ...primary, spec: { ...primary.spec, hosts: ['a.example', 'b.example'] } }
  const vss = [bound, login({ match: exact('/login'), ...to('a') }), catalog(to('b'))]
  const change = (merged: readonly VirtualService[], ...hosts: readonly string[]) =>
    compare(
      manifests(vss, [gateway('n/gw', { servers: [server('*')] })]),
      manifests(merged, hosts.length === 0 ? [] : [gateway('n/gw', { servers: [server(...hosts)] })]),
      options,
    ).changes.map(({ host, kind, spill, touched, requests }) =>
      [
        host,
        kind,
        ...(spill ? ['spill'] : []),
        describeRequests(requests),
        ...touched.map(({ label }) => label),
      ].join(),
    )

  it('drops a spill, which asks whom the prefix was given to: the delegation is what it was', () => {
    const dropped = [
      'a.example,dropped,/* except /log*,@o/catalog',
      'a.example,dropped,spill,/log* except /login,@o/catalog,@o/login',
      'a.example,dropped,/login,@o/login',
    ]

    expect(change(vss, 'b.example')).toEqual(dropped)
    expect(change(vss).filter((each) => each.startsWith('a.'))).toEqual(dropped)
  })

  it('is judged by the promise after it where the primary gives up the host, too', () => {
    const elsewhere = { ...bound, spec: { ...bound.spec, hosts: ['b.example'] } }

    expect(change([elsewhere, ...vss.slice(1)], 'b.example')).toEqual([
      'a.example,dropped,/* except /login,@o/catalog',
      'a.example,dropped,/login,@o/login',
    ])
  })

  it('is judged by the promise before it where requests fall to a broader host of another primary', () => {
    const narrow = virtualService(
      'n/narrow',
      {
        hosts: ['a.example'],
        gateways: ['gw'],
        http: [{ match: prefix('/log'), delegate: { name: 'login' } }],
      },
      'mesh/narrow.yaml',
    )
    const broad = { ...primary, spec: { ...primary.spec, hosts: ['*.example'] } }
    const rest = [narrow, broad, catalog(to('b'))]

    expect(
      told(
        [...rest, login({ match: exact('/login'), ...to('a') })],
        [...rest, login({ match: exact('/x'), ...to('a') })],
      ),
    ).toEqual([
      'moved, spill, /login, asks catalog+login',
      'opened, /* except /log*, asks catalog',
      'opened, spill, /log* except /login, asks catalog+login',
      'moved, spill, /login, asks catalog+login',
    ])
  })
})

describe('what Git does not know', () => {
  it('what ends alike in every order is certain, whichever primary led there', () => {
    const all = virtualService('n/all', {
      hosts: ['*'],
      gateways: ['gw'],
      http: [{ delegate: { name: 'login' } }],
    })
    const slash = {
      ...all,
      name: 'slash',
      spec: { ...all.spec, http: [{ match: prefix('/'), delegate: { name: 'login' } }] },
    }
    const one = login({ match: [{ headers: { beta: {} } }], ...to('a') })

    expect(
      told([all, slash, one], [all, slash, login({ match: [{ headers: { other: {} } }], ...to('a') })]),
    ).toEqual([
      'dropped, /* with header beta without header other, asks login',
      'opened, /* without header beta with header other, asks login',
    ])
  })

  it('a new VirtualService on a shared host may come before or after: what depends on it is not certain', () => {
    const old = virtualService(
      'n/old',
      { hosts: ['x.example'], gateways: ['gw'], http: [{ match: prefix('/a'), ...to('a') }] },
      'login/old.yaml',
    )
    const added = virtualService(
      'n/new',
      {
        hosts: ['x.example'],
        gateways: ['gw'],
        http: [
          { match: prefix('/a/b'), ...to('b') },
          { match: prefix('/c'), ...to('b') },
        ],
      },
      'catalog/new.yaml',
    )

    expect(told([old], [old, added])).toEqual([
      'moved, /a/b*, asks catalog+login, perhaps',
      'opened, /c*, asks catalog',
    ])
  })

  it('a secondary in another repository may leave requests to what comes behind it', () => {
    const [first = {}] = primary.spec.http ?? []
    const side = (host: string) => [
      { ...primary, spec: { ...primary.spec, http: [first, { match: prefix('/'), ...to(host) }] } },
    ]
    const { changes } = compare(manifests(side('a')), manifests(side('b')), { ...options, complete: false })

    expect(changes.map((change) => [describeRequests(change.requests), change.certain])).toEqual([
      ['/* except /log*', true],
      ['/log* unless n/login answers', false],
    ])
  })

  it('a Gateway that takes requests in on other terms may change every one of them', () => {
    const server: Server = {
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      hosts: ['*'],
      tls: { mode: 'SIMPLE' },
    }
    const side = (mode: string) =>
      manifests(
        [
          virtualService(
            'n/o',
            { hosts: ['x.example'], gateways: ['gw'], http: [{ match: prefix('/a'), ...to('a') }] },
            'login/o.yaml',
          ),
        ],
        [gateway('n/gw', { selector: { istio: 'ingress' }, servers: [{ ...server, tls: { mode } }] })],
      )
    const { changes } = compare(side('SIMPLE'), side('MUTUAL'), options)

    expect(changes.map((change) => [change.kind, describeRequests(change.requests), change.certain])).toEqual(
      [['changed', '/a*', false]],
    )
  })

  it('what asks for another name or port than the host has changes nothing, and its promise divides nothing', () => {
    const server: Server = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }
    const servers = [server, { ...server, port: { number: 8080, name: 'more', protocol: 'HTTP' } }]
    const side = (host: string) =>
      manifests(
        [
          virtualService(
            'n/p',
            {
              hosts: ['x.example'],
              gateways: ['gw'],
              http: [
                { match: [{ uri: { prefix: '/a' }, authority: { exact: 'y.example' } }], ...to(host) },
                { match: [{ uri: { prefix: '/b' }, port: 443 }], ...to(host) },
                { match: [{ uri: { prefix: '/c' }, port: 443 }], delegate: { name: 'none' } },
                { match: prefix('/c'), delegate: { name: 'login' } },
              ],
            },
            'mesh/p.yaml',
          ),
          login(to(host)),
        ],
        [gateway('n/gw', { selector: { istio: 'ingress' }, servers })],
      )
    const { changes } = compare(side('a'), side('b'), options)

    expect(changes.map(({ requests, scope }) => [describeRequests(requests), scope.length])).toEqual([
      ['/c*', 1],
    ])
  })

  it('a promise made through two gateways that share their pods is one promise', () => {
    const servers = [80, 8080].map((number) => ({
      port: { number, name: `http-${number}`, protocol: 'HTTP' },
      hosts: ['*'],
    }))
    const twice = { ...primary.spec, gateways: ['gw', 'other'] }
    const side = (...secondaries: Parameters<typeof manifests>[0]) =>
      manifests(
        [virtualService('n/p', twice, 'mesh/p.yaml'), ...secondaries],
        [
          gateway('n/gw', { selector: { istio: 'ingress' }, servers }),
          gateway('n/other', { selector: { istio: 'ingress' }, servers: servers.slice(0, 1) }),
        ],
      )
    const { changes } = compare(side(login(to('a'))), side(), options)

    expect(changes.flatMap(({ scope }) => scope.map(({ label }) => label))).toEqual(
      changes.map(() => '@o/login'),
    )
  })

  it('hosts by the thousand are told apart', () => {
    const side = (last: string) =>
      manifests(
        Array.from({ length: 1_500 }, (_, index) =>
          virtualService(
            `n/v${index}`,
            { hosts: [`h${index}.example`], gateways: ['gw'], http: [to(index === 1_499 ? last : 'a')] },
            'login/v.yaml',
          ),
        ),
      )
    const { changes } = compare(side('a'), side('b'), options)

    expect(changes.map(({ host }) => host)).toEqual(['h1499.example'])
  })

  it('a service of the mesh is known by its short names, too', () => {
    const side = (host: string) =>
      manifests([
        virtualService(
          'n/o',
          { hosts: ['s'], http: [{ match: [{ authority: { exact: 's.n' } }], ...to(host) }] },
          'login/o.yaml',
        ),
      ])
    const { changes } = compare(side('a'), side('b'), options)

    expect(changes.map(({ kind, witness }) => [kind, witness?.authority])).toEqual([['changed', 's.n']])
  })

  const sharing = (count: number, http: (index: number) => readonly HTTPRoute[]) =>
    Array.from({ length: count }, (_, index) =>
      virtualService(
        `n/v${index}`,
        { hosts: ['x.example'], gateways: ['gw'], http: http(index) },
        `${index % 2 === 0 ? 'login' : 'catalog'}/v${index}.yaml`,
      ),
    )

  it('of many VirtualServices only the orders that matter are tried: what one takes, others may lose', () => {
    const many = sharing(6, (index) => [{ match: prefix('/a'), ...to(`v${index}`) }])
    const { changes } = compare(manifests(many.slice(1)), manifests(many), options)

    expect(changes.map(({ before, after }) => [before?.outcome.supplier, after?.outcome.supplier])).toEqual(
      [1, 2, 3, 4, 5].map((index) => [`n/v${index}`, 'n/v0']),
    )
    expect(changes.map(({ certain }) => certain)).toEqual(changes.map(() => false))
  })

  it('of more than can be tried everybody is named who may lose or gain', () => {
    const many = sharing(40, (index) => [{ match: prefix('/a'), ...to(`v${index}`) }])
    const change = (base: typeof many, merged: typeof many) =>
      compare(manifests(base), manifests(merged), options).changes

    const added = change(many.slice(1), many)
    expect(new Set(added.map(({ before }) => before?.outcome.supplier)).size).toBe(39)
    expect(added.map(({ undecided, certain }) => [undecided, certain])).toEqual(
      added.map(() => [true, false]),
    )
    expect(new Set(added.flatMap(({ touched }) => touched.map(({ label }) => label)))).toEqual(
      new Set(['@o/login', '@o/catalog']),
    )
    const inPlace = many.with(1, {
      ...many[1]!,
      spec: { ...many[1]!.spec, http: [{ match: prefix('/a'), ...to('new') }] },
    })
    expect(told(many, inPlace)).toEqual(['changed, /a*, asks catalog, perhaps'])
  })

  it('a catch-all among many is read only where nobody is narrower', () => {
    const many = (last: string) =>
      sharing(30, (index) => [
        { match: prefix(`/${String.fromCodePoint(97 + index)}`), ...to('a') },
        to(index === 7 ? last : 'a'),
      ])
    const { changes } = compare(manifests(many('a')), manifests(many('b')), options)

    expect(changes.map(({ requests }) => holds(requests, '/h'))).toEqual([false])
    expect(changes.map(({ requests }) => holds(requests, '/A'))).toEqual([true])
  })

  it('in the mesh each VirtualService serves alone, so that of many only those that change are looked at', () => {
    const inMesh = (index: number, host: string) =>
      virtualService(
        `n/v${index}`,
        { hosts: ['s'], http: [{ match: prefix(`/p${index}`), ...to('a') }, to(host)] },
        'login/v.yaml',
      )
    const many = Array.from({ length: 30 }, (_, index) => inMesh(index, 'a'))

    expect(told(many, many.with(7, inMesh(7, 'b')))).toEqual(['changed, /* except /p7*, asks login, perhaps'])
  })
})

function holds({ boxes }: RequestSet, path: string): boolean {
  return boxes.some((box) => contains(box.get('path')?.present ?? paths, path))
}

describe('what answers in the mesh where no route does', () => {
  const named = (name: string, ...http: readonly HTTPRoute[]) =>
    virtualService(`n/${name}`, { hosts: ['*'], http }, 'mesh/vs.yaml')
  const lost = named('lost', { delegate: { name: 'nobody' } })
  const ends = (base: Side, merged: Side) =>
    compare(manifests(base), manifests(merged), options).changes.map(({ before, after, unanswered }) => [
      before === undefined ? unanswered.before : 'route',
      after === undefined ? unanswered.after : 'route',
    ])

  it('is the service where the first of them has no route, whoever comes after', () => {
    const found = ends([lost, named('own', to('a'))], [named('lost', to('b'))])

    expect(found).toContainEqual(['service', 'route'])
    expect(found).not.toContainEqual(['not-found', 'route'])
  })

  it('is 404 in the orders in which one with a route comes first', () => {
    const found = ends([lost, named('own', { match: prefix('/b'), ...to('a') })], [])

    expect(found).toContainEqual(['not-found', 'service'])
  })
})
