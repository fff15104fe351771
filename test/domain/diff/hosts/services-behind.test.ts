import { describe, expect, it } from 'vitest'
import { hostOwnersByMesh } from '../../../../src/domain/diff/hosts/host-owners-by-mesh.ts'
import { servicesBehind } from '../../../../src/domain/diff/hosts/services-behind.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { parseCodeowners } from '../../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'

const files = {
  'login/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: accounts, namespace: login }\nspec: { ports: [{ port: 80 }] }\n',
  'login/shared.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a, namespace: shared }\n',
  'catalog/shared.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: b, namespace: shared }\n',
  'catalog/entry.yaml':
    'apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: { name: e, namespace: catalog }\nspec: { hosts: [pay.example] }\n',
}
const manifests = parseManifests(
  Object.entries(files).map(([path, text]) => ({ path, text })),
  { namespaceOf: () => undefined, version: defaultIstioSettings.version },
)
const codeowners = parseCodeowners({ path: 'CODEOWNERS', text: '/login/ @o/login\n/catalog/ @o/catalog\n' })
const hostOwners = hostOwnersByMesh({
  manifests,
  ownership: createOwnership(codeowners),
  clusterDomain: 'cluster.local',
  namespaceOf: () => undefined,
  meshOf: () => 'prod',
})
const services = servicesBehind(hostOwners, 'cluster.local')
const ownersOf = (host: string) => services.ownersOf('prod', host).map(({ label }) => label)

describe('the services that answer where no VirtualService does', () => {
  it.each([
    ['accounts.login.svc.cluster.local', ['@o/login']],
    ['other.login.svc.cluster.local', ['@o/login']],
    ['any.shared.svc.cluster.local', []],
    ['pay.example', ['@o/catalog']],
    ['nobody.example', []],
  ])('%s: of whoever has it, or alone lives in its namespace', (host, teams) => {
    expect(ownersOf(host)).toEqual(teams)
  })

  it('are those of the cluster, and what is declared', () => {
    const hosts = ['x.y.svc.cluster.local', 'pay.example', 'nobody.example', '*']

    expect(hosts.map((host) => services.isService('prod', host))).toEqual([true, true, false, true])
  })

  it('are looked for in one mesh', () => {
    expect(services.ownersOf('other', 'pay.example')).toEqual([])
  })
})
