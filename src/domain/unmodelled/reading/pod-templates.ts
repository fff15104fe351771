import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, labelsOf, objectsOf } from '../../manifest/json-fields.ts'
import { memoized } from '../../source/memoized.ts'
import type { Labels } from '../reach.ts'

/** What an object says of pods that somebody makes of it: a Pod of itself, a Deployment of its replicas. */
export interface PodTemplate {
  readonly labels: Labels
  readonly annotations: Labels
  readonly containers: readonly JsonObject[]
}

/**
 * The pods of an object of whatever kind, by the shape that Kubernetes gives a template of pods (`metadata` beside a `spec`),
 * wherever it stands: who runs pods is not known by the names of kinds.
 */
export const podTemplatesOf = memoized((body: JsonObject): readonly PodTemplate[] => {
  const { metadata, status: _, ...rest } = body
  const own = isPod(body) ? templateOf({ metadata: metadata ?? null, spec: body['spec'] ?? null }) : []
  return [...own, ...Object.entries(rest).flatMap(([key, value]) => below(key, value))]
})

/** Kinds that are pods by themselves: what they are labelled with, their pod is. */
function isPod({ kind, spec }: JsonObject): boolean {
  return kind === 'VirtualMachineInstance' || Array.isArray(at(spec, 'containers'))
}

/** Templates of something else than pods. */
const others = new Set([
  'volumeClaimTemplates',
  'volumeClaimTemplate',
  'dataVolumeTemplates',
  'openAPIV3Schema',
])

function below(key: string, value: JsonValue | undefined): readonly PodTemplate[] {
  if (others.has(key)) return []
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => below(key, each))
  if (!isObject(value)) return []
  const inner = Object.entries(value).flatMap(([field, each]) =>
    field === 'metadata' ? [] : below(field, each),
  )
  const isWhole = typeof value['apiVersion'] === 'string' && !isPod(value)
  return [...(isWhole ? [] : templateOf(value)), ...inner]
}

function templateOf(value: JsonObject): readonly PodTemplate[] {
  const metadata = value['metadata'] ?? value['podMetadata']
  const containers = ['initContainers', 'containers'].flatMap((field) => objectsOf(at(value['spec'], field)))
  if (!isObject(metadata) && containers.length === 0) return []
  const labels = labelsOf(at(metadata, 'labels'))
  const annotations = labelsOf(at(metadata, 'annotations'))
  const isEmpty = Object.keys({ ...labels, ...annotations }).length + containers.length === 0
  return isEmpty ? [] : [{ labels, annotations, containers }]
}
