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
