import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../../src/domain/manifest/json.ts'
import { createExplainer } from '../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import type { Mesh } from '../../../src/domain/routing/snapshot.ts'
import { gatewayService, httpRoute, kubernetesGateway, meshOfFiles } from '../../support/gateway-api.ts'
import { runs } from '../../support/laws.ts'

interface Rule {
  readonly kind: 'Exact' | 'PathPrefix'
  readonly path: string
  readonly method?: string
  readonly header?: string
  readonly query?: string
  readonly does: Doing
}

/** What a rule does, as both APIs write it; `#` stands for its number. */
interface Doing {
  readonly gatewayApi: string
  readonly istio: string
}

const backend = 'backendRefs: [{ name: s#, port: 80 }]'
const destination = (name: string) =>
  `destination: { host: ${name}.login.svc.cluster.local, port: { number: 80 } }`
const toOne = `route: [{ ${destination('s#')} }]`

function split(one: number, other: number): Doing {
  return {
    gatewayApi: `backendRefs: [{ name: s#, port: 80, weight: ${one} }, { name: t#, port: 80, weight: ${other} }]`,
    istio: `route: [{ ${destination('s#')}, weight: ${one} }, { ${destination('t#')}, weight: ${other} }]`,
  }
}

function filtered(filter: string, istio: string): Doing {
  return { gatewayApi: `filters: [{ ${filter} }], ${backend}`, istio: `${istio}, ${toOne}` }
}

const operations = (set: string, add: string, removed: string) => ({
  gatewayApi: `{ set: [{ name: ${set}, value: "1" }], add: [{ name: ${add}, value: "2" }], remove: [${removed}] }`,
  istio: `{ set: { ${set}: "1" }, add: { ${add}: "2" }, remove: [${removed}] }`,
})
const some = operations('x-set', 'x-add', 'x-gone')

const doings: readonly Doing[] = [
  { gatewayApi: backend, istio: toOne },
  split(1, 3),
  split(50, 50),
  { gatewayApi: split(7, 0).gatewayApi, istio: toOne },
  { gatewayApi: split(0, 0).gatewayApi, istio: 'directResponse: { status: 500 }' },
  filtered(
    `type: RequestHeaderModifier, requestHeaderModifier: ${some.gatewayApi}`,
    `headers: { request: ${some.istio} }`,
  ),
  filtered(
    `type: ResponseHeaderModifier, responseHeaderModifier: ${some.gatewayApi}`,
    `headers: { response: ${some.istio} }`,
  ),
  filtered('type: URLRewrite, urlRewrite: { hostname: new.example }', 'rewrite: { authority: new.example }'),
  filtered(
    'type: URLRewrite, urlRewrite: { path: { type: ReplaceFullPath, replaceFullPath: /all } }',
    'rewrite: { uriRegexRewrite: { match: "/.*", rewrite: /all } }',
  ),
  filtered(
    'type: RequestMirror, requestMirror: { backendRef: { name: m, port: 80 }, percent: 10 }',
    `mirrors: [{ ${destination('m')}, percentage: { value: 10 } }]`,
  ),
  {
    gatewayApi:
      'filters: [{ type: RequestRedirect, requestRedirect: { scheme: https, hostname: new.example, statusCode: 301 } }]',
    istio:
      'redirect: { scheme: https, derivePort: FROM_PROTOCOL_DEFAULT, authority: new.example, redirectCode: 301 }',
  },
  {
    gatewayApi:
      'filters: [{ type: RequestRedirect, requestRedirect: { scheme: https, path: { type: ReplaceFullPath, replaceFullPath: /all } } }]',
    istio: 'redirect: { scheme: https, derivePort: FROM_PROTOCOL_DEFAULT, uri: /all, redirectCode: 302 }',
  },
  { gatewayApi: `timeouts: { request: 5s }, ${backend}`, istio: `timeout: 5s, ${toOne}` },
]

const paths = ['/', '/a', '/a/b', '/ab', '/a/b/c', '/b']
const rule: fc.Arbitrary<Rule> = fc
  .record({
    kind: fc.constantFrom('Exact' as const, 'PathPrefix' as const),
    path: fc.constantFrom(...paths),
    method: fc.option(fc.constantFrom('GET', 'POST'), { nil: undefined }),
    header: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
    query: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
    does: fc.constantFrom(...doings),
  })
  .map(({ kind, path, method, header, query, does }) => ({
    kind,
    path,
    does,
    ...(method && { method }),
    ...(header && { header }),
    ...(query && { query }),
  }))

function asHttpRoute(rules: readonly Rule[]): string {
  const written = rules.map(
    ({ kind, path, method, header, query, does }, at) =>
      `{ matches: [{ path: { type: ${kind}, value: ${path} }${method ? `, method: ${method}` : ''}${
        header ? `, headers: [{ name: x, value: "${header}" }]` : ''
      }${query ? `, queryParams: [{ name: q, value: "${query}" }]` : ''} }], ${numbered(does.gatewayApi, at)} }`,
  )
  return httpRoute('login/a', { rules: `[${written.join(', ')}]` })
}

function numbered(text: string, at: number): string {
  return text.replaceAll('#', `${at}`)
}

/** The same by hand: sorted as the Gateway API says, each prefix as a path and all that is below it. */
function asVirtualService(rules: readonly Rule[]): string {
  const weight = ({ kind, path, method, header, query }: Rule) => [
    kind === 'Exact' ? 1 : 0,
    path.length,
    method ? 1 : 0,
    header ? 1 : 0,
    query ? 1 : 0,
  ]
  const sorted = rules
    .map((each, at) => ({ each, at }))
    .toSorted(({ each: a }, { each: b }) => {
      const [one, other] = [weight(a), weight(b)]
      const first = one.findIndex((value, at) => value !== other[at])
      return first === -1 ? 0 : (other[first] ?? 0) - (one[first] ?? 0)
    })
  const entries = sorted.map(({ each: { kind, path, method, header, query, does }, at }) => {
    const more = `${method ? `, method: { exact: ${method} }` : ''}${header ? `, headers: { x: { exact: "${header}" } }` : ''}${
      query ? `, queryParams: { q: { exact: "${query}" } }` : ''
    }`
    const below = kind === 'PathPrefix' && path !== '/' ? [`{ exact: ${path} }`, `{ prefix: ${path}/ }`] : []
    const uris = below.length > 0 ? below : [`{ ${kind === 'Exact' ? 'exact' : 'prefix'}: ${path} }`]
    const matches = uris.map((uri) => `{ uri: ${uri}${more} }`)
    return `{ match: [${matches.join(', ')}], ${numbered(does.istio, at)} }`
  })
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: login }
spec:
  hosts: [shop.example]
  gateways: [istio-system/gw]
  http: [${entries.join(', ')}]
`
}

const istioGateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
`

const asked = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  path: fc.constantFrom(...paths, '/a/', '/abc', '/c', '/a?q=1', '/a/b/x?q=1', '/b?r=1&q=2'),
  headers: fc.constantFrom<Readonly<Record<string, string>>>({}, { x: '1' }, { x: '2' }),
})

function answered(
  mesh: Mesh,
  request: { method: string; path: string; headers: Readonly<Record<string, string>> },
) {
  const explainer = createExplainer([mesh], defaultIstioSettings)
  const [answer] = explainer.explain({ ...request, scheme: 'http', authority: 'shop.example', port: 80 })
  return answer?.outcome === 'route' ? canonicalJson(answer.route?.outcome.action ?? {}) : answer?.outcome
}

it('an HTTPRoute and the VirtualService that says the same answer every request alike', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 6 }),
      fc.array(asked, { minLength: 1, maxLength: 8 }),
      (rules, requests) => {
        const route = meshOfFiles({
          'service.yaml': gatewayService,
          'mirror.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: m, namespace: login }\n',
          'gateway.yaml': kubernetesGateway(),
          'route.yaml': asHttpRoute(rules),
        })
        const service = meshOfFiles({ 'gateway.yaml': istioGateway, 'vs.yaml': asVirtualService(rules) })

        for (const request of requests) expect(answered(route, request)).toEqual(answered(service, request))
      },
    ),
    { numRuns: runs(60, 2_000) },
  )
})

it('the order of files, and of the rules that another asks less than, changes nothing', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(rule, { minLength: 2, maxLength: 6, selector: (each) => JSON.stringify(each) }),
      asked,
      (rules, request) => {
        const files = { 'service.yaml': gatewayService, 'gateway.yaml': kubernetesGateway() }
        const one = meshOfFiles({ ...files, 'route.yaml': asHttpRoute(rules) })
        const moved = meshOfFiles({ 'a-route.yaml': asHttpRoute(rules), ...files })

        expect(answered(moved, request)).toEqual(answered(one, request))
      },
    ),
    { numRuns: runs(30, 1_000) },
  )
})
