import { expect, it } from 'vitest'
import { missingFacts } from '../../../src/domain/gateway-api/missing-fact.ts'
import { readRoute } from '../../../src/domain/gateway-api/rules.ts'
import { specified } from '../../../src/domain/manifest/gateway-api.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { createExplainer } from '../../../src/domain/routing/explain/explain-request.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { gatewayService, httpRoute, kubernetesGateway, meshOfFiles } from '../../support/gateway-api.ts'

const backends = {
  grants: [],
  clusterDomain: 'cluster.local',
  isMissing: () => false,
  missing: missingFacts(),
  needsGrant: true,
}

/** What becomes of a route whose second backend has a filter that nobody knows, and some weight. */
function kindWith(weight: number): string | undefined {
  const text = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: n1}
spec:
  parentRefs: [{name: k}]
  rules:
    - backendRefs:
        - {name: web, port: 80, weight: 1}
        - {name: web, port: 80, weight: ${weight}, filters: [{type: ExtensionRef, extensionRef: {group: e.example, kind: F, name: f}}]}
`
  const { version } = defaultIstioSettings
  const { unmodelled } = parseManifests([{ path: 'r.yaml', text }], { namespaceOf: () => undefined, version })
  const [route] = specified(unmodelled, 'HTTPRoute')
  return route && readRoute(route, backends).kind
}

it('a backend without weight is not looked at: its filter does not take the whole route away', () => {
  expect(kindWith(0)).toBe('rules')
  expect(kindWith(1)).toBe('dropped')
})

/** The answer for a host of which one route without rules is all that there is. */
function answerOfNoRules(kind: 'HTTPRoute' | 'GRPCRoute'): string | undefined {
  const route = httpRoute('login/empty', { kind, rules: '[]' }).replace(/ {2}rules: \[\]\n/, '')
  const mesh = meshOfFiles({ 's.yaml': gatewayService, 'k.yaml': kubernetesGateway(), 'r.yaml': route })
  const request = { method: 'GET', scheme: 'http', authority: 'shop.example', path: '/', headers: {} }
  const [answer] = createExplainer([mesh], defaultIstioSettings).explain(request)
  return answer?.outcome
}

it('without rules an HTTPRoute answers everything with 500, and a GRPCRoute nothing', () => {
  expect(answerOfNoRules('HTTPRoute')).toBe('route')
  expect(answerOfNoRules('GRPCRoute')).toMatch(/^no-/)
})
