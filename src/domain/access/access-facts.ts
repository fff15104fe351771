import { at, labelsOf } from '../manifest/json-fields.ts'
import { inNamespaceOf, objectsOfKinds } from '../manifest/kinds/objects-around.ts'
import { rootNamespacesIn } from '../manifest/kinds/root-namespaces.ts'
import { serviceReach } from '../manifest/kinds/service.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { AccessFacts } from './applied-policies.ts'
import type { PodService, Workload } from './gateway-pods.ts'
import { providersIn } from './providers.ts'

/** Where the mesh's own objects are unless its configuration says otherwise (`meshConfig.rootNamespace`). */
const usualRoot = 'istio-system'

/** What files, and the objects of a mesh, say of whom its policies are for. */
export function accessFacts(
  files: readonly SourceFile[],
  unmodelled: readonly UnmodelledResource[],
  namespaceOf: (path: string) => string | undefined,
): AccessFacts {
  const roots = [...new Set(rootNamespacesIn(files))].toSorted()
  const objects = files.flatMap(podObjectsIn).map(inNamespaceOf(namespaceOf))
  const providers = providersIn(files)
  return {
    rootNamespaces: roots.length === 0 ? [usualRoot] : roots,
    mayHaveTokens: unmodelled.some(({ kind }) => kind === 'RequestAuthentication'),
    workloads: objects.flatMap(workloadsOf),
    services: objects.flatMap(serviceOf),
    ...(providers && { providers }),
  }
}

/** Services, and what makes pods. */
const podObjectsIn = objectsOfKinds([
  'Service',
  'Deployment',
  'DaemonSet',
  'StatefulSet',
  'ReplicaSet',
  'Pod',
])

function workloadsOf({ kind, namespace, labels, body }: UnmodelledResource): readonly Workload[] {
  if (kind === 'Service') return []
  const own = kind === 'Pod' ? labels : labelsOf(at(body, 'spec', 'template', 'metadata', 'labels'))
  return [{ labels: own, ...(namespace !== undefined && { namespace }) }]
}

const notTranslated = 'experimental.istio.io/disable-gateway-port-translation'

function serviceOf(resource: UnmodelledResource): readonly PodService[] {
  const { kind, apiVersion, namespace, labels } = resource
  if (kind !== 'Service' || apiVersion !== 'v1') return []
  return [
    {
      ...serviceReach(resource),
      ...(namespace !== undefined && { namespace }),
      ...(Object.hasOwn(labels, notTranslated) && { isNotTranslated: true as const }),
    },
  ]
}
