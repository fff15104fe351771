import { expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../../support/gateway-api.ts'

const ingress = (service: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: i, namespace: login, annotations: { kubernetes.io/ingress.class: istio } }
spec: { rules: [{ host: shop.example, http: { paths: [{ path: /a, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }] } }] }
`

const around = { 'service.yaml': gatewayService, 'gateway.yaml': kubernetesGateway() }

function kindsOfChanges(before: string, after: string): readonly string[] {
  const read = (text: string) =>
    parseManifests(
      Object.entries({ ...around, 'own.yaml': text }).map(([path, own]) => ({ path, text: own })),
      { namespaceOf: () => undefined, version: defaultIstioSettings.version },
    )
  const { changes } = compare(read(before), read(after), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
  return [...new Set(changes.map(({ kind }) => kind))]
}

it('whoever writes another backend changes what is answered, and inherits nothing', () => {
  expect(kindsOfChanges(ingress('a'), ingress('b'))).toEqual(['changed'])
  expect(
    kindsOfChanges(httpRoute('login/a'), httpRoute('login/a').replace('name: a, port', 'name: b, port')),
  ).toEqual(['changed'])
})

it('what is written alike in another way changes nothing', () => {
  expect(kindsOfChanges(httpRoute('login/a'), httpRoute('login/a', { path: '/login/' }))).toEqual([])
  expect(kindsOfChanges(ingress('a'), ingress('a').replace('/a,', '/a/,'))).toEqual([])
})
