import { expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { graphModel } from '../../../src/report/page/graph-model.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../../support/gateway-api.ts'

const around = {
  'service.yaml': gatewayService,
  'gateway.yaml': kubernetesGateway(),
  'login.yaml': httpRoute('login/a'),
}

function sideOf(files: Readonly<Record<string, string>>) {
  return parseManifests(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { namespaceOf: () => undefined, version: defaultIstioSettings.version },
  )
}

it('a listener leads to the routes of a host, and what is new there is marked', () => {
  const comparison = compare(
    sideOf(around),
    sideOf({ ...around, 'b.yaml': httpRoute('catalog/b', { path: '/cart' }) }),
    {
      settings: defaultIstioSettings,
      complete: true,
      ownership: createOwnership(undefined),
      meshOf: () => 'default',
    },
  )
  const { nodes, edges } = graphModel(comparison, 'all')
  const listener = 'Gateway istio-system/k (http, shop.example)'

  expect(nodes.map(({ name, role }) => [name, role])).toEqual([
    [listener, 'primary'],
    ['HTTPRoute catalog/b', 'secondary'],
    ['HTTPRoute login/a', 'secondary'],
  ])
  expect(edges.map(({ from, to, prefixes, mark }) => [from, to, prefixes, mark])).toEqual([
    [listener, 'HTTPRoute login/a', ['/login', '/login/*'], 'same'],
    [listener, 'HTTPRoute catalog/b', ['/cart', '/cart/*'], 'added'],
  ])
})
