import { expect, it } from 'vitest'
import { gatewayService, httpRoute, kubernetesGateway, meshOfFiles } from '../../support/gateway-api.ts'
import { answers, virtualService } from '../../support/manifests.ts'

const istio = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gw, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }] }
`
const shop = virtualService({
  name: 'shop',
  namespace: 'istio-system',
  hosts: ['shop.example'],
  gateways: ['gw'],
  http: [answers('/about')],
})

/** The ports at which both APIs serve the host, and how many lists there are. */
function served(service: string) {
  const files = { 's.yaml': service, 'k.yaml': kubernetesGateway(), 'gw.yaml': istio, 'shop.yaml': shop }
  const { tables } = meshOfFiles({ ...files, 'route.yaml': httpRoute('login/login') })
  return tables.map(({ ports, contributions }) => [ports, contributions.length])
}

const both = [
  [[80], 2],
  [[80], 2],
]

it('a listener and a Gateway of Istio meet where the Service leads to the port of its own number', () => {
  expect(served(gatewayService)).toEqual(both)
})

it('they meet where it leads to another port of the pods', () => {
  expect(served(gatewayService.replaceAll('targetPort: ', 'targetPort: 80'))).toEqual(both)
})

it('a number that leads to two ports of the pods names neither', () => {
  const front = gatewayService
    .replace('istio-ingressgateway', 'front')
    .replace('targetPort: 80', 'targetPort: 8081')
  const behind = kubernetesGateway().replace('istio-ingressgateway', 'front')
  const { tables } = meshOfFiles({
    'services.yaml': `${gatewayService}---\n${front}`,
    'k.yaml': behind,
    'route.yaml': httpRoute('login/login'),
  })

  expect(tables.map(({ ports }) => ports)).toEqual([[8081]])
})
