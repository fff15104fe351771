import { expect, it } from 'vitest'
import { hostOwnersByMesh } from '../../../../src/domain/diff/hosts/host-owners-by-mesh.ts'
import { parseManifests } from '../../../../src/domain/manifest/parse-manifests.ts'
import { parseCodeowners } from '../../../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import type { Placed } from '../../../../src/domain/routing/meshes/mesh-division.ts'
import type { SourceFile } from '../../../../src/domain/source/source-file.ts'
import { parseYaml } from '../../../../src/domain/source/yaml.ts'

const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: accounts, namespace: login }\nspec: { ports: [{ port: 80 }] }\n'
const parsed = parseYaml({ path: 'base/service.yaml', text: service }, { id: 'invalid-manifest' })
const files: readonly SourceFile[] = [
  { path: 'prod/service.yaml', text: service },
  { path: 'staging/service.yaml', text: service },
  { path: 'shared/service.yaml', text: service },
  { path: 'default/service.yaml', text: service },
  {
    path: 'base/service.yaml',
    text: service,
    delivered: ['prod', 'canary'].flatMap((folder) =>
      parsed.map((document) => ({ ...document, unit: { key: folder, folder } })),
    ),
  },
]

const nothing = parseManifests([], { namespaceOf: () => undefined, version: defaultIstioSettings.version })

function holdersIn(mesh: string): readonly string[] {
  const codeowners = parseCodeowners({ path: 'CODEOWNERS', text: '* @o/all\n' })
  const meshOf = ({ file, unit }: Placed) => {
    const folder = unit?.folder ?? file.path.replace(/\/.*/, '')
    return folder === 'shared' ? undefined : folder
  }
  const owners = hostOwnersByMesh({
    manifests: { ...nothing, files },
    ownership: createOwnership(codeowners),
    clusterDomain: 'cluster.local',
    namespaceOf: () => undefined,
    meshOf,
  })
  return owners(mesh)
    .ofHost('accounts.login.svc.cluster.local')
    .flatMap(({ holders }) => holders.map(({ path }) => path))
}

it.each([
  ['prod', ['base/service.yaml', 'default/service.yaml', 'prod/service.yaml', 'shared/service.yaml']],
  ['canary', ['base/service.yaml', 'default/service.yaml', 'shared/service.yaml']],
  ['staging', ['default/service.yaml', 'shared/service.yaml', 'staging/service.yaml']],
])('%s has what is delivered to it, and what may go anywhere', (mesh, paths) => {
  expect(holdersIn(mesh)).toEqual(paths)
})
