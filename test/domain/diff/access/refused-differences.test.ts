import { describe, expect, it } from 'vitest'
import { describeRequests } from '../../../../src/domain/match/describe-request-set.ts'
import { comparedTexts, denying, policy, routes, type Texts } from '../../../support/policy-sides.ts'

const deny = (operation: string, more?: Parameters<typeof denying>[1]): Texts => ({
  'p.yaml': denying(operation, more),
})
const written = (spec: string, more?: Parameters<typeof policy>[1]): Texts => ({
  'p.yaml': policy(spec, more),
})

/** `denied login.example /a*: @login because policy-pods`, each change once. */
function changes(base: Texts, merged: Texts, settings = {}): readonly string[] {
  return comparedTexts(base, merged, settings).changes.map(
    ({ kind, host, requests, touched, doubts }) =>
      `${kind} ${host} ${describeRequests(requests)}: ${touched.map(({ label }) => label).join(' ')}${doubts
        .map(({ cause }) => ` because ${cause.code}`)
        .join('')}`,
  )
}

describe('requests that are refused after the merge', () => {
  it.each<[string, Texts, readonly string[]]>([
    [
      'by a path',
      deny('{ paths: ["/login/admin*"] }'),
      ['denied login.example /login/admin*: @login', 'denied shop.example /login/admin*: @shop'],
    ],
    [
      'by a path of one team and a host',
      deny('{ hosts: [login.example], paths: [/login/admin] }'),
      ['denied login.example /login/admin with authority equal to login.example (ignoring case): @login'],
    ],
    ['by a host nobody serves', deny('{ hosts: [nobody.example] }'), []],
    [
      'what nothing allows',
      written('rules: [{ to: [{ operation: { paths: ["/login*", "/shop*"] } }] }]'),
      ['denied login.example /* except /login*: @login', 'denied shop.example /* except /shop*: @shop'].map(
        (line) =>
          line
            .replace('except /login*', 'except /login* and /shop*')
            .replace('except /shop*:', 'except /login* and /shop*:'),
      ),
    ],
    [
      'by a method',
      deny('{ methods: [DELETE], paths: ["/login*"], hosts: ["login*"] }'),
      ['denied login.example /login* with method DELETE: @login'],
    ],
    [
      'perhaps, by an address',
      written(
        'action: DENY, rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }], to: [{ operation: { paths: [/login] } }] }]',
      ),
      [
        'denied login.example /login if ipBlocks 10.0.0.0/8: @login because not-modelled',
        'denied shop.example /login if ipBlocks 10.0.0.0/8: @shop because not-modelled',
      ],
    ],
    [
      'perhaps, by somebody else',
      written(
        'action: CUSTOM, provider: { name: ext }, rules: [{ to: [{ operation: { paths: [/login], hosts: ["login*"] } }] }]',
      ),
      ['denied login.example /login if the provider ext refuses them: @login because decided-elsewhere'],
    ],
    [
      'by a provider that there is not',
      {
        ...written(
          'action: CUSTOM, provider: { name: ext }, rules: [{ to: [{ operation: { paths: [/login], hosts: ["login*"] } }] }]',
        ),
        'mesh.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio, namespace: istio-system }\ndata:\n  mesh: |\n    extensionProviders:\n      - name: other\n',
      },
      ['denied login.example /login: @login'],
    ],
    [
      'perhaps, where the pods may be elsewhere',
      deny('{ paths: [/login], hosts: ["login*"] }', { namespace: 'shop' }),
      [
        'denied login.example /login if AuthorizationPolicy shop/p is for its pods: @login because policy-pods',
      ],
    ],
    [
      'not where the pods are known to be elsewhere',
      {
        ...deny('{ paths: [/login] }', { namespace: 'shop' }),
        'svc.yaml':
          'apiVersion: v1\nkind: Service\nmetadata: { name: gw, namespace: istio-system }\nspec: { selector: { istio: ingressgateway }, ports: [{ port: 80 }] }\n',
      },
      [],
    ],
    [
      'not by other pods',
      deny('{ paths: [/login] }', { selector: 'selector: { matchLabels: { istio: other } },' }),
      [],
    ],
    ['not by one that only writes it down', written('action: AUDIT, rules: [{}]'), []],
    ['not by a dry run', deny('{ paths: [/login] }', { annotations: '{ istio.io/dry-run: "true" }' }), []],
    [
      'not by one for a Kubernetes Gateway, which is ignored',
      written(
        'action: DENY, rules: [{}], targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: k }]',
        { selector: '' },
      ),
      [],
    ],
    ['not by one that the webhook refuses', written('action: DENY'), []],
    [
      'perhaps, by one that nobody can read',
      written('action: DENY, rules: [{ to: [{ operation: { pathz: [/login] } }] }]'),
      [
        'denied login.example /* except /login* if AuthorizationPolicy istio-system/p refuses them: @login because policy-unread',
        'denied login.example /login* if AuthorizationPolicy istio-system/p refuses them: @login because policy-unread',
        'denied shop.example /* except /shop* if AuthorizationPolicy istio-system/p refuses them: @shop because policy-unread',
        'denied shop.example /shop* if AuthorizationPolicy istio-system/p refuses them: @shop because policy-unread',
      ],
    ],
  ])('%s', (_, merged, expected) => {
    expect(changes({}, merged).toSorted()).toEqual(expected)
  })
})

describe('requests that are refused no more', () => {
  it('go to whoever answers', () => {
    const before = deny('{ hosts: ["login*"], paths: [/login/admin] }')

    expect(changes(before, {})).toEqual(['admitted login.example /login/admin: @login'])
  })

  it('are refused first where another policy begins to', () => {
    const before = deny('{ hosts: ["login*"], paths: ["/login*"] }')
    const after = written(
      'rules: [{ to: [{ operation: { notPaths: ["/login*"], hosts: ["*"] } }] }, { to: [{ operation: { notHosts: ["login*"] } }] }]',
    )

    expect(changes(before, after)).toEqual([])
  })
})

describe('what changes nothing of any request', () => {
  const [first, second] = [
    '{ to: [{ operation: { paths: [/a] } }] }',
    '{ to: [{ operation: { paths: [/b, /c] } }] }',
  ]

  it.each<[string, Texts, Texts]>([
    [
      'rules in another order',
      written(`action: DENY, rules: [${first}, ${second}]`),
      written(`action: DENY, rules: [${second}, ${first}]`),
    ],
    ['paths in another order', deny('{ paths: [/b, /c] }'), deny('{ paths: [/c, /b] }')],
    [
      'two rules instead of one',
      deny('{ paths: [/b, /c] }'),
      written(
        'action: DENY, rules: [{ to: [{ operation: { paths: [/b] } }] }, { to: [{ operation: { paths: [/c] } }] }]',
      ),
    ],
    [
      'two policies instead of one',
      deny('{ paths: [/b, /c] }'),
      {
        'a.yaml': denying('{ paths: [/b] }', { name: 'a' }),
        'b.yaml': denying('{ paths: [/c] }', { name: 'b' }),
      },
    ],
    ['another name', deny('{ paths: [/b] }'), deny('{ paths: [/b] }', { name: 'q' })],
    ['another file', deny('{ paths: [/b] }'), { 'q.yaml': denying('{ paths: [/b] }') }],
    [
      'an address as before',
      written('action: DENY, rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }] }]'),
      written(
        'action: DENY, rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/8] } }] }, { from: [{ source: { ipBlocks: [10.0.0.0/8] } }], to: [{ operation: { paths: [/x] } }] }]',
      ),
    ],
    [
      'what was refused anyway',
      deny('{ paths: ["/a*"] }'),
      written(
        'action: DENY, rules: [{ to: [{ operation: { paths: ["/a*"] } }] }, { to: [{ operation: { paths: [/a/b] } }] }]',
      ),
    ],
    ['a path that never arrives', {}, deny('{ paths: [/a/../b] }')],
  ])('%s', (_, base, merged) => {
    expect(changes(base, merged)).toEqual([])
  })
})

describe('routes beside policies', () => {
  const moved = { 'login/vs.yaml': routes('login', 'others') }

  it('do not answer what both sides refuse', () => {
    const kept = deny('{ notPaths: ["/login*"] }')

    expect(changes(kept, { ...kept, ...moved })).toEqual([])
  })

  it('change for what is let in on both', () => {
    const kept = deny('{ paths: ["/a*"] }')

    expect(changes(kept, { ...kept, ...moved })).toEqual([
      'changed login.example /* except /a* and /login*: @login',
    ])
  })

  it('change for sure behind a provider that may let requests in', () => {
    const kept = written('action: CUSTOM, provider: { name: ext }, rules: [{}]')

    expect(changes(kept, { ...kept, ...moved })).toEqual(['changed login.example /* except /login*: @login'])
  })

  it('may change together with what policies refuse', () => {
    expect(changes({}, { ...moved, ...deny('{ hosts: ["login*"], paths: ["/a*"] }') })).toEqual([
      'changed login.example /* except /a* and /login*: @login',
      'denied login.example /a*: @login',
    ])
  })
})

describe('a policy that moves, or goes', () => {
  const service = (namespace: string): Texts => ({
    'svc.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: gw, namespace: ${namespace} }\nspec: { selector: { istio: ingressgateway }, ports: [{ port: 80 }] }\n`,
  })
  const denyingIn = (namespace: string, pods: string): Texts => ({
    ...service(pods),
    ...deny('{ hosts: ["login*"], paths: [/login] }', { namespace }),
  })
  const allowing = (name: string, path: string) =>
    policy(`rules: [{ to: [{ operation: { hosts: ["login*"], paths: ["${path}*"] } }] }]`, { name })
  const [one, other] = [{ 'a.yaml': allowing('a', '/a') }, { 'b.yaml': allowing('b', '/b') }]
  const others = {
    'c.yaml': policy('rules: [{ to: [{ operation: { notHosts: ["login*"] } }] }]', { name: 'c' }),
  }

  it.each<[string, Texts, Texts, readonly string[]]>([
    [
      'from the pods to another namespace',
      denyingIn('istio-system', 'istio-system'),
      denyingIn('shop', 'istio-system'),
      ['admitted login.example /login: @login'],
    ],
    [
      'to the pods',
      denyingIn('shop', 'edge'),
      denyingIn('edge', 'edge'),
      ['denied login.example /login: @login'],
    ],
    ['from the root to the pods', denyingIn('istio-system', 'edge'), denyingIn('edge', 'edge'), []],
    [
      'the only one that allows',
      { ...one },
      {},
      [
        'admitted login.example /* except /a* and /login*: @login',
        'admitted login.example /login*: @login',
        'admitted shop.example /* except /shop*: @shop',
        'admitted shop.example /shop*: @shop',
      ],
    ],
    [
      'the only one, which allows nothing',
      written('action: ALLOW'),
      {},
      ['login', 'shop'].flatMap((team) =>
        [`/* except /${team}*`, `/${team}*`].map((part) => `admitted ${team}.example ${part}: @${team}`),
      ),
    ],
    [
      'one of two that allow',
      { ...one, ...other, ...others },
      { ...one, ...others },
      ['denied login.example /b*: @login'],
    ],
  ])('%s', (_, base, merged, expected) => {
    expect(changes(base, merged).toSorted()).toEqual(expected)
  })
})

it('a change names the policies that refuse, and one request that shows it', () => {
  const [change] = comparedTexts(
    {},
    deny('{ hosts: ["login*"], methods: [POST], paths: ["/login*"] }'),
  ).changes

  expect(change?.unanswered).toEqual({ after: 'denied' })
  expect(change?.refused?.after?.by.map(({ name }) => name)).toEqual(['p'])
  expect(change?.witness).toMatchObject({ method: 'POST', authority: 'login.example', path: '/login' })
})

it('what only a host with a port gets is shown with one', () => {
  const found = comparedTexts(
    {},
    written('rules: [{ to: [{ operation: { hosts: [login.example, shop.example] } }] }]'),
  )

  expect(found.changes.map(({ witness }) => witness?.authority)).toContain('login.example:80')
})
