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

const onEight = istio.replace('number: 80,', 'number: 8080,')
const mapped = gatewayService.replace('targetPort: 80 ', 'targetPort: 8080 ')

/** The ports at which both APIs serve the host beside a Gateway of Istio that is written so. */
function servedBeside(gateway: string, service: string) {
  const files = { 's.yaml': service, 'k.yaml': kubernetesGateway(), 'gw.yaml': gateway, 'shop.yaml': shop }
  const { tables } = meshOfFiles({ ...files, 'route.yaml': httpRoute('login/login') })
  return tables.map(({ gateway: name, ports, contributions }) => [
    name.replace(/~.*/, ''),
    ports,
    contributions.length,
  ])
}

it('they meet where the Gateway of Istio names the port of the pods, and the Service another that leads there', () => {
  expect(servedBeside(onEight, mapped)).toEqual([
    ['istio-system/gw', [8080], 2],
    ['istio-system/k', [80], 1],
    ['istio-system/k', [8080], 2],
  ])
})

it('they meet at each of two numbers that lead to one port of the pods', () => {
  const twice = mapped.replace('{ name: http,', '{ name: also, port: 81, targetPort: 8080 }, { name: http,')

  expect(servedBeside(istio.replace('number: 80,', 'number: 81,'), twice)).toEqual([
    ['istio-system/gw', [81], 2],
    ['istio-system/k', [80], 1],
    ['istio-system/k', [81], 2],
  ])
})

it.each<[string, string, string]>([
  ['is for other pods', onEight.replace('ingressgateway', 'egressgateway'), mapped],
  ['is called by the number of the Service', istio, mapped],
  [
    'names a number that leads elsewhere',
    onEight,
    mapped.replace('{ name: http,', '{ name: also, port: 8080, targetPort: 9090 }, { name: http,'),
  ],
])('a listener has one number where the Gateway of Istio %s', (_, gateway, service) => {
  const ports = servedBeside(gateway, service).filter(([name]) => name === 'istio-system/k')

  expect(ports.map(([, numbers]) => numbers)).toEqual([[80]])
})
