import { expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import { parseManifests } from '../../../src/domain/manifest/parse-manifests.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import { gatewayService, httpRoute, kubernetesGateway } from '../../support/gateway-api.ts'

const rules = (name: string, asks: string) =>
  `[{ matches: [{ ${asks} }], backendRefs: [{ name: ${name}, port: 80 }] }]`
const parameter = httpRoute('login/old', {
  rules: rules('old', 'queryParams: [{ name: r, value: "1" }]'),
}).replace(/ {2}hostnames: .*\n/, '')
const header = httpRoute('login/new', {
  host: '*.example',
  rules: rules('new', 'headers: [{ name: x, value: "1" }]'),
})
const listener = 'name: http, hostname: shop.example, port: 80, protocol: HTTP'
const old = { 's.yaml': gatewayService, 'k.yaml': kubernetesGateway('k', listener), 'old.yaml': parameter }

/** A side, of which a cluster has these objects since then. */
function side(files: Readonly<Record<string, string>>, created: Readonly<Record<string, string>>) {
  const read = parseManifests(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    { namespaceOf: () => undefined, version: defaultIstioSettings.version },
  )
  const aged = read.unmodelled.map((each) => {
    const since = created[each.name]
    return since === undefined ? each : { ...each, inCluster: { snapshot: 'cluster.yaml', created: since } }
  })
  return { ...read, unmodelled: aged }
}

/** Whether what changes for requests that both lists take is certain, where the second route comes with the merge. */
function certainties(created: Readonly<Record<string, string>>): readonly boolean[] {
  const { changes } = compare(side(old, created), side({ ...old, 'new.yaml': header }, created), {
    settings: defaultIstioSettings,
    complete: true,
    ownership: createOwnership(undefined),
    meshOf: () => 'default',
  })
  return changes.filter(({ kind }) => kind === 'reassigned').map(({ certain }) => certain)
}

it('a list is as old as its oldest route, not as the Gateway that has it', () => {
  const [gateway, first, second] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z']

  expect(certainties({ k: gateway, old: first })).toEqual([false])
  expect(certainties({})).toEqual([false])
  expect(certainties({ k: gateway, old: first, new: second })).toEqual([])
  expect(certainties({ k: gateway, old: second, new: first })).toEqual([true])
})
