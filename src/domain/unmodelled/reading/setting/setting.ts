import type { Comparison } from '../../../diff/comparison.ts'
import type { UnmodelledResource } from '../../../manifest/resource.ts'
import type { IstioSettings } from '../../../routing/istio-settings.ts'
import { lazily } from '../../../source/lazily.ts'
import { remembered } from '../../../source/remembered.ts'
import { namedByControlPlane } from '../../kinds/control-plane.ts'
import type { Setting } from '../../reach.ts'
import {
  type Grant,
  grantsAmong,
  isGivenTo,
  readBy,
  runningIn,
  runsWithUnknownRights,
  tokenIn,
} from '../accounts.ts'
import { definedKinds, definingKinds } from '../definitions.ts'
import { rolesAmong } from '../rights.ts'
import type { ByKind } from './by-kind.ts'
import { clustersNamed } from './clusters-named.ts'
import { type MeshConfigurations, meshConfigurations } from './mesh-configurations.ts'
import { parametersOf } from './parameters.ts'
import { repositoriesNamed } from './repositories-named.ts'
import { judgingTheMesh, namespaceLabels, podLabels } from './selecting-labels.ts'
import { signedKinds, signersOf } from './signed.ts'

/** Where the mesh's own objects are unless its configuration says otherwise (`meshConfig.rootNamespace`). */
const usualRoot = 'istio-system'

/** What is known of the mesh at once; the rest is nothing. */
function bareSetting({ clusterDomain }: IstioSettings, mesh: MeshConfigurations): Setting {
  return {
    rootNamespaces: new Set([usualRoot, ...mesh.rootNamespaces]),
    clusterDomain,
    namespaceLabels: new Set(),
    podLabels: new Set(),
    serviceLabels: new Set(mesh.serviceLabels),
    discoveryLabels: new Set(mesh.discoveryLabels),
    credentials: new Set(),
    signed: [],
    repositories: new Set(),
    clusters: [],
    valueNames: new Set(),
    planeConfigMaps: new Set(),
    planeSecrets: new Set(),
    ingressClasses: new Set(mesh.ingressClasses),
    providers: mesh.providers,
    parameters: [],
    definedKinds: [],
    roles: new Map(),
    grants: [],
    tokens: [],
    readers: [],
    unknownReaders: [],
  }
}

/** What kinds have to know of the mesh; what is not asked for is not looked up. */
export function settingOf({ base, merged, settings }: Comparison, kinds: ByKind): Setting {
  const files = [...base.manifests.files, ...merged.manifests.files]
  const mesh = meshConfigurations(files, kinds)
  const bare = bareSetting(settings, mesh)
  const judging = remembered(() => judgingTheMesh(kinds, bare))
  const roles = remembered(() => rolesAmong(['Role', 'ClusterRole'].flatMap(kinds.partial)))
  const grants = remembered(() =>
    grantsAmong(['RoleBinding', 'ClusterRoleBinding'].flatMap(kinds.partial), roles()),
  )
  return lazily(bare, {
    namespaceLabels: () => namespaceLabels(kinds, judging(), mesh),
    podLabels: () => podLabels(kinds, judging(), mesh),
    planeConfigMaps: () => namedByPlane('ConfigMap', kinds, bare),
    planeSecrets: () => namedByPlane('Secret', kinds, bare),
    credentials: () => new Set(kinds.secrets().map(({ name }) => name)),
    repositories: () => repositoriesNamed(files),
    clusters: () => clustersNamed(files),
    signed: () => signedKinds.flatMap(kinds.partial).flatMap(signersOf),
    valueNames: () => new Set(kinds.values().map(({ name }) => name)),
    parameters: () => parametersOf(judging(), kinds.partial),
    definedKinds: () =>
      definedKinds(definingKinds.flatMap(kinds.partial), kinds.partial('CompositeResourceDefinition')),
    roles,
    grants,
    tokens: () => kinds.partial('Secret').flatMap(tokenIn),
    readers: () => readersAmong(kinds.workloads(), grants()),
    unknownReaders: () => unknownReadersAmong(kinds.workloads(), grants()),
  })
}

/** What of all that is run may write objects of the mesh, with what it reads. */
function readersAmong(
  workloads: readonly UnmodelledResource[],
  grants: readonly Grant[],
): Setting['readers'] {
  const writing = grants.filter(({ isWriting }) => isWriting)
  if (writing.length === 0) return []
  return workloads.flatMap(({ body, namespace }) =>
    runningIn(body).flatMap((running) => {
      const given = writing.filter((each) => isGivenTo(each, { name: running.account, namespace }))
      return given.length === 0 ? [] : [{ namespace, reads: readBy(running), grants: given }]
    }),
  )
}

/** The same of what is run with rights that nobody here knows. */
function unknownReadersAmong(
  workloads: readonly UnmodelledResource[],
  grants: readonly Grant[],
): Setting['unknownReaders'] {
  return workloads
    .filter((each) => runsWithUnknownRights(each, grants))
    .map(({ body, namespace }) => ({
      namespace,
      reads: new Set(runningIn(body).flatMap((each) => [...readBy(each)])),
    }))
}

/** What Istio's own workloads are. */
const planeKinds = ['Deployment', 'DaemonSet']

function namedByPlane(of: 'ConfigMap' | 'Secret', { partial }: ByKind, bare: Setting): ReadonlySet<string> {
  return new Set(planeKinds.flatMap(partial).flatMap((each) => namedByControlPlane(of, each, bare)))
}
