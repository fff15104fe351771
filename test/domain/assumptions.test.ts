import { expect, test } from 'vitest'
import { assumptionsOf } from '../../src/domain/assumptions.ts'
import { comparisonOf } from './rules/read-case.ts'

const gateway = (name: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: mesh }
spec:
  selector: { istio: ${name} }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: ["*/*"]
`
const virtualService = (name: string, at: string, redirect: object) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${name} }
spec:
  hosts: [${name}.example]
  gateways: [mesh/${at}]
  http:
    - redirect: ${JSON.stringify(redirect)}
`
const side = (code: number, uri: string, at: string) => [
  { path: 'mesh/gateways.yaml', text: `${gateway('edge')}---\n${gateway('inner')}` },
  { path: 'teams/login/login.yaml', text: virtualService('login', 'edge', { uri, redirectCode: 301 }) },
  {
    path: 'teams/catalog/catalog.yaml',
    text: virtualService('catalog', at, { uri: '/', redirectCode: code }),
  },
]

const causesOf = (...sides: Parameters<typeof comparisonOf>) =>
  assumptionsOf(comparisonOf(...sides)).map(({ cause }) => cause)

test('what changes on a port that Envoy refuses is not so after the merge', () => {
  expect(causesOf(side(300, '/a', 'edge'), side(300, '/b', 'edge'))).toContainEqual({
    code: 'rejected-by-proxy',
    gateway: 'mesh/edge',
    of: ['catalog/catalog'],
  })
})

test('what Envoy refuses elsewhere, or no more, stands in nobody’s way', () => {
  const refused = expect.objectContaining({ code: 'rejected-by-proxy' })

  expect(causesOf(side(300, '/a', 'inner'), side(300, '/b', 'inner'))).not.toContainEqual(refused)
  expect(causesOf(side(300, '/a', 'edge'), side(301, '/b', 'edge'))).not.toContainEqual(refused)
})

/** One Gateway of two servers on one plain port, each for the namespace of one team; both teams have the host. */
const twoServers = (timeout: string) => {
  const server = (namespace: string) => `
    - port: { number: 80, name: http-${namespace}, protocol: HTTP }
      hosts: ["${namespace}/shop.example"]`
  const shop = (namespace: string, match: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: ${namespace} }
spec:
  hosts: [shop.example]
  gateways: [mesh/edge]
  http:
    - match: [{ uri: { ${match} } }]
      timeout: ${timeout}
      route: [{ destination: { host: ${namespace} } }]
`
  return [
    {
      path: 'mesh/gateway.yaml',
      text: `${gateway('edge').split('  servers:')[0]}  servers:${server('login')}${server('catalog')}\n`,
    },
    { path: 'teams/login/shop.yaml', text: shop('login', 'prefix: /a') },
    { path: 'teams/catalog/shop.yaml', text: shop('catalog', 'exact: /a/1') },
  ]
}

test('servers of one Gateway are read in their order, whoever is older', () => {
  const comparison = comparisonOf(twoServers('1s'), twoServers('2s'))
  const shared = expect.objectContaining({ code: 'shared-host' })

  expect(comparison.changes.map(({ certain, before }) => [before?.outcome.supplier, certain])).toEqual([
    ['login/shop', true],
  ])
  expect(causesOf(twoServers('1s'), twoServers('2s'))).not.toContainEqual(shared)
})

const overTls = (name: string, host: string, credentialName: string) => ({
  path: `mesh/${name}.yaml`,
  text: JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace: 'mesh' },
    spec: {
      selector: { istio: 'edge' },
      servers: [
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          hosts: [host],
          tls: { mode: 'SIMPLE', credentialName },
        },
      ],
    },
  }),
})

test('a certificate of its own keeps a connection from requests for other hosts', () => {
  const wide = [
    overTls('wide', '*.example', 'wide'),
    { path: 'teams/login/login.yaml', text: virtualService('login', 'wide', { uri: '/' }) },
  ]
  const narrow = (credentialName: string) => [...wide, overTls('narrow', 'blog.example', credentialName)]

  expect(causesOf(wide, narrow('narrow'))).toEqual([
    { code: 'certificates-apart', of: ['mesh/narrow'], names: ['blog.example'], hosts: ['login.example'] },
  ])
  expect(causesOf(wide, narrow('wide'))).toEqual([])
})
