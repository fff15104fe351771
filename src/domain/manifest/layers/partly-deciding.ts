import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { kustomizationIn, patchFields, pathsIn } from './kustomization.ts'
import type { ObjectName } from './side-files.ts'
import { documentsIn, fieldsOf, listIn, textIn } from './written.ts'

const workloads = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Pod',
  'Job',
  'CronJob',
  'Rollout',
])

/** Whether a kind runs pods: of such an object only labels and annotations decide about requests. */
export function isWorkload(kind: string): boolean {
  return workloads.has(kind)
}

/** Whether only a part of an object of the kind decides about requests. */
export function isPartlyDeciding(kind: string): boolean {
  return kind === 'Service' || kind === 'Namespace' || isWorkload(kind)
}

interface Found extends ObjectName {
  readonly path: string
  readonly body: JsonObject
}

/**
 * The objects of which a part decides about the requests of the mesh here, by the paths of their files: Services to which
 * something of the mesh leads, the workloads behind those, and the Namespaces that something of the mesh lies in.
 */
export function partlyDeciding(
  files: readonly SourceFile[],
  mesh: ReadonlyMap<string, readonly ObjectName[]>,
): ReadonlyMap<string, readonly ObjectName[]> {
  const hosts = new Set(files.filter(({ path }) => mesh.has(path)).flatMap(hostsIn))
  const spaces = new Set([...mesh.values()].flat().flatMap(({ namespace }) => namespace ?? []))
  if (hosts.size === 0 && spaces.size === 0) return new Map()
  const parts = new Set(
    files
      .flatMap((file) => kustomizationIn(file) ?? [])
      .flatMap((each) => patchFields.flatMap((field) => pathsIn(each, field))),
  )
  const objects = files.filter(({ path }) => !parts.has(path)).flatMap(partialIn)
  const services = objects.filter(({ kind, name }) => kind === 'Service' && hosts.has(name))
  const selectors = services.map(({ body }) => Object.entries(fieldsOf(fieldsOf(body['spec'])['selector'])))
  const isBehind = ({ body }: Found) => {
    const labels = podLabels(body)
    return selectors.some((each) => each.length > 0 && each.every(([key, value]) => labels[key] === value))
  }
  const deciding = [
    ...services,
    ...objects.filter((each) => isWorkload(each.kind) && isBehind(each)),
    ...objects.filter(({ kind, name }) => kind === 'Namespace' && spaces.has(name)),
  ]
  return Map.groupBy(deciding, ({ path }) => path)
}

/** The first names of the hosts that are written anywhere: routes, rules and policies name Services so. */
const hostsIn = memoized(({ text }: SourceFile): readonly string[] => {
  const written = text.matchAll(/\bhosts?["']?:[ \t]*["']?(?<name>[\w-]+)/g)
  return [...new Set([...written].flatMap(({ groups }) => groups?.['name'] ?? []))]
})

function podLabels(body: JsonObject): JsonObject {
  const spec = fieldsOf(body['spec'])
  const template = fieldsOf(fieldsOf(spec['jobTemplate'])['spec'])['template'] ?? spec['template']
  return fieldsOf(fieldsOf(fieldsOf(template ?? body)['metadata'])['labels'])
}

const partialIn = memoized((file: SourceFile): readonly Found[] => {
  const mayHold =
    /\b(?:Service|Namespace|Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob|Rollout)\b/
  return mayHold.test(file.text)
    ? (documentsIn(file) ?? []).flatMap((document) => objectsIn(document, file.path))
    : []
})

function objectsIn(document: JsonValue, path: string): readonly Found[] {
  const body = fieldsOf(document)
  const kind = textIn(body['kind']) ?? ''
  if (kind.endsWith('List')) return listIn(body['items']).flatMap((item) => objectsIn(item, path))
  const { name, namespace } = fieldsOf(body['metadata'])
  if (!isPartlyDeciding(kind) || typeof name !== 'string') return []
  return [{ path, kind, name, ...(typeof namespace === 'string' && { namespace }), body }]
}
