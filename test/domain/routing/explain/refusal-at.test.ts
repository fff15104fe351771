import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import { vectors } from '../../../support/access-vectors.ts'
import { comparedTexts, denying, policy, type Texts } from '../../../support/policy-sides.ts'

const request = { method: 'GET', scheme: 'http', headers: {}, port: 80 }

/** `denied by istio-system/p`, or who answers: what `explain` finds of one request. */
function explained(beside: Texts, authority: string, path: string): readonly string[] {
  const { meshes } = comparedTexts({}, beside).merged
  const explainer = createExplainer(meshes, defaultIstioSettings)
  return explainer.explain({ ...request, authority, path }).map(({ gateway, outcome, route, refusal }) => {
    const by = refusal?.by.map(({ namespace, name }) => `${namespace}/${name}`).join(' ')
    const how = by === undefined ? '' : ` ${refusal?.reason}${refusal?.isCertain ? '' : ' perhaps'} by ${by}`
    return `${gateway}: ${outcome}${route === undefined ? '' : ` ${route.outcome.supplier}`}${how}`
  })
}

describe('a request that is explained', () => {
  const admin = { 'p.yaml': denying('{ paths: ["/login/admin*"] }') }

  it.each<[string, Texts, string, string, string]>([
    [
      'is refused before any route',
      admin,
      'login.example',
      '/login/admin',
      'denied denied by istio-system/p',
    ],
    ['is let in beside it', admin, 'login.example', '/login', 'route login/login'],
    [
      'is refused where no route would be',
      admin,
      'nobody.example',
      '/login/admin/x',
      'denied denied by istio-system/p',
    ],
    [
      'is compared as it arrives',
      admin,
      'login.example',
      '/x/../login/%61dmin',
      'denied denied by istio-system/p',
    ],
    [
      'keeps the port of its host',
      { 'p.yaml': denying('{ hosts: [login.example] }') },
      'login.example:80',
      '/',
      'route login/login',
    ],
    [
      'is refused by what allows others',
      { 'p.yaml': policy('rules: [{ to: [{ operation: { paths: [/x] } }] }]') },
      'login.example',
      '/',
      'denied not-allowed by istio-system/p',
    ],
    [
      'is perhaps refused',
      { 'p.yaml': denying('{ paths: [/login] }', { namespace: 'shop' }) },
      'login.example',
      '/login',
      'route login/login denied perhaps by shop/p',
    ],
  ])('%s', (_, beside, authority, path, expected) => {
    expect(explained(beside, authority, path)).toEqual([`istio-system/gw: ${expected}`])
  })

  it('is refused only where its host is served', () => {
    const other =
      'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: other, namespace: istio-system }\nspec: { selector: { istio: other }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["only.example"] }] }\n'
    const beside = { 'other.yaml': other, 'p.yaml': policy('', { selector: '' }) }

    expect(explained(beside, 'login.example', '/')).toEqual([
      'istio-system/gw: denied not-allowed by istio-system/p',
    ])
  })
})

/** The routes of every case with a gateway of Istio's own: one VirtualService for all hosts. */
const classic: Texts = {
  'all.yaml':
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: all, namespace: login }\nspec: { hosts: ["*"], gateways: [istio-system/gw], http: [{ route: [{ destination: { host: login } }] }] }\n',
  'login/vs.yaml': '# none\n',
  'shop/vs.yaml': '# none\n',
  'mesh.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio, namespace: istio-system }\ndata:\n  mesh: |\n    extensionProviders: []\n',
  'pods.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: gw, namespace: istio-system }\nspec: { template: { metadata: { labels: { istio: ingressgateway } } } }\n',
}

const ofIstio = Object.entries(vectors).filter(([, { proxy }]) => proxy.labels['istio'] === 'ingressgateway')

describe('the cases of Istio itself, with a VirtualService instead of an HTTPRoute', () => {
  it.each(ofIstio)('%s', (name, { requests, mesh }) => {
    const documents = readFileSync(`test/vectors/access-policies/${name}.yaml`, 'utf8').split('\n---\n')
    const policies = documents.filter((text) => text.includes('kind: AuthorizationPolicy'))
    const beside = { ...classic, 'policies.yaml': policies.join('\n---\n') }
    const pathNormalization = mesh?.pathNormalization.normalization ?? 'BASE'
    const settings = { ...defaultIstioSettings, pathNormalization }
    const now = createExplainer(comparedTexts(beside, beside).merged.meshes, settings)
    const asked = requests.filter(({ outcome }) => outcome !== 400)
    const found = asked.map(({ host, path, method, headers, port }) => {
      const [answer] = now.explain({ method, scheme: 'http', authority: host, path, headers, port })
      return answer?.outcome === 'denied' ? 403 : answer?.outcome
    })

    expect(found).toEqual(asked.map(({ outcome }) => outcome))
  })
})
