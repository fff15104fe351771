import { describe, expect, it } from 'vitest'
import { listeningChoices } from '../../../src/domain/diff/choices/listening-choices.ts'
import { gatewayService, httpRoute, kubernetesGateway, meshOfFiles } from '../../support/gateway-api.ts'
import { answers, virtualService } from '../../support/manifests.ts'

const shop = virtualService({
  name: 'shop',
  namespace: 'istio-system',
  hosts: ['shop.example'],
  gateways: ['gw'],
  http: [answers('/about')],
})

const istio = (selector: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: istio-system }
spec: { selector: ${selector}, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
`

/** A Kubernetes Gateway for which Istio makes the pods. */
const managed = (more = '', metadata = '') =>
  kubernetesGateway()
    .replace(/ {2}addresses: .*\n/, more)
    .replace('name: k,', `name: k,${metadata}`)

/** How many lists answer at the Kubernetes Gateway, and what is open of the pods. */
function beside(selector: string, gateway: string) {
  const mesh = meshOfFiles({
    'service.yaml': gatewayService,
    'k.yaml': gateway,
    'gw.yaml': istio(selector),
    'shop.yaml': shop,
    'route.yaml': httpRoute('login/login'),
  })
  const [table] = mesh.tables.filter(({ gateway: at }) => at.startsWith('istio-system/k~'))
  const open = listeningChoices([mesh, undefined]).unsettled.map(({ doubt }) => doubt.cause.code)
  return [table?.contributions.length, open]
}

const apart = [1, []]
const together = [2, []]
const perhaps = [2, ['shared-pods']]

describe('pods that Istio makes for a Kubernetes Gateway', () => {
  it.each([
    ['labels that they do not have', '{ istio: ingressgateway }', managed(), apart],
    ['their class', '{ gateway.networking.k8s.io/gateway-class-name: other }', managed(), apart],
    [
      'labels of the Gateway, of which only `infrastructure` counts',
      '{ app: web }',
      managed('  infrastructure: { labels: { app: other } }\n', ' labels: { app: web },'),
      apart,
    ],
    ['another name', '{ gateway.networking.k8s.io/gateway-name: other }', managed(), apart],
    ['their name', '{ gateway.networking.k8s.io/gateway-name: k }', managed(), together],
    ['labels of the Gateway', '{ app: web }', managed('', ' labels: { app: web },'), perhaps],
    [
      'labels of its `infrastructure`',
      '{ app: web }',
      managed('  infrastructure: { labels: { app: web } }\n'),
      perhaps,
    ],
    ['what Istio calls them', '{ service.istio.io/canonical-name: k-istio }', managed(), perhaps],
    ['labels that only a cluster knows', '{ topology.istio.io/network: a }', managed(), perhaps],
    [
      'anything, where a ConfigMap may say more',
      '{ app: web }',
      managed('  infrastructure: { parametersRef: { group: "", kind: ConfigMap, name: more } }\n'),
      perhaps,
    ],
    ['labels of pods behind a Service', '{ istio: ingressgateway }', kubernetesGateway(), together],
    ['more than the Service', '{ app: web }', kubernetesGateway(), perhaps],
  ])('are asked for by %s', (_, selector, gateway, expected) => {
    expect(beside(selector, gateway)).toEqual(expected)
  })
})
