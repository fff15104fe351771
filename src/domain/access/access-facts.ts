import { isObject, type JsonValue } from '../manifest/json.ts'
import { objectsIn } from '../manifest/kinds/mesh-objects.ts'
import { rootNamespacesIn } from '../manifest/kinds/root-namespaces.ts'
import { readOtherObject } from '../manifest/read-other-object.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { memoized } from '../source/memoized.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml } from '../source/yaml.ts'
import type { AccessFacts } from './applied-policies.ts'
import type { Labels, PodService, Workload } from './gateway-pods.ts'
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
  const objects = files.flatMap(podObjectsIn).map(placed(namespaceOf))
  const providers = providersIn(files)
  return {
    rootNamespaces: roots.length === 0 ? [usualRoot] : roots,
    mayHaveTokens: unmodelled.some(({ kind }) => kind === 'RequestAuthentication'),
    workloads: objects.flatMap(workloadsOf),
    services: objects.flatMap(serviceOf),
    ...(providers && { providers }),
  }
}

const kindsOfPods = ['Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet', 'Pod']
const wanted = new RegExp(`\\b(?:Service|${kindsOfPods.join('|')})\\b`)

/** Services, and what makes pods, in the documents whose text names such a kind. */
const podObjectsIn = memoized((file: SourceFile): readonly UnmodelledResource[] => {
  if (!wanted.test(file.text)) return []
  const documents = parseYaml(file, { id: 'invalid-manifest', wanted: (text) => wanted.test(text) })
  return documents
    .flatMap(({ root }) => (root === undefined ? [] : objectsIn(root)))
    .filter(({ kind = '' }) => kind === 'Service' || kindsOfPods.includes(kind))
    .map((object) => readOtherObject(object, file, undefined))
})

function placed(namespaceOf: (path: string) => string | undefined) {
  return (object: UnmodelledResource): UnmodelledResource => {
    const namespace = object.namespace ?? namespaceOf(object.file.path)
    return namespace === undefined ? object : { ...object, namespace }
  }
}

function workloadsOf({ kind, namespace, labels, body }: UnmodelledResource): readonly Workload[] {
  if (kind === 'Service') return []
  const own = kind === 'Pod' ? labels : textsAt(body, 'spec', 'template', 'metadata', 'labels')
  return [{ labels: own, ...(namespace !== undefined && { namespace }) }]
}

const notTranslated = 'experimental.istio.io/disable-gateway-port-translation'

function serviceOf({ kind, apiVersion, namespace, labels, body }: UnmodelledResource): readonly PodService[] {
  if (kind !== 'Service' || apiVersion !== 'v1') return []
  const ports = at(body, 'spec', 'ports')
  return [
    {
      selector: textsAt(body, 'spec', 'selector'),
      ports: Array.isArray(ports) ? ports.flatMap(portOf) : [],
      ...(namespace !== undefined && { namespace }),
      ...(Object.hasOwn(labels, notTranslated) && { isNotTranslated: true as const }),
    },
  ]
}

function portOf(value: JsonValue): PodService['ports'] {
  if (!isObject(value)) return []
  const { port, targetPort } = value
  if (typeof port !== 'number') return []
  const isSaid = typeof targetPort === 'number' || typeof targetPort === 'string'
  return [{ port, target: isSaid ? targetPort : port }]
}

function at(value: JsonValue | undefined, ...fields: readonly string[]): JsonValue | undefined {
  return fields.reduce<JsonValue | undefined>(
    (inner, field) => (isObject(inner) ? inner[field] : undefined),
    value,
  )
}

function textsAt(body: JsonValue, ...fields: readonly string[]): Labels {
  const found = at(body, ...fields)
  if (!isObject(found)) return {}
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, each]) => (typeof each === 'string' ? [[key, each]] : [])),
  )
}
