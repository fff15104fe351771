import { type Located, type Origin, origin } from '../../source/located.ts'
import type { SourceFile, SourceRange } from '../../source/source-file.ts'
import { entryOf, rangeOfEntry, type YamlEntry, type YamlMap } from '../../source/yaml-node.ts'
import type { JsonObject } from '../json.ts'
import { aroundOf, type MeshObject } from '../kinds/mesh-objects.ts'
import type { Resource } from '../resource.ts'
import { jsonOf } from '../yaml-json.ts'
import { type DecodeProblem, decodeMessage } from './decode.ts'
import { decodingFault } from './decoding-fault.ts'
import { listOf, type MessageType, mapOf, message } from './message.ts'

const text = { kind: 'string' } as const
const objectMeta = message('ObjectMeta', {
  name: text,
  namespace: text,
  labels: mapOf(text),
  annotations: mapOf(text),
  finalizers: listOf(text),
})

const topLevel = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status'])
const writtenByTheServer = new Set([
  'clusterName',
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generateName',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
])

interface Metadata {
  readonly name?: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

/** What an object says of itself. A fatal problem means that it is no object that could be applied. */
export interface DecodedResource {
  readonly resource: Resource
  readonly problems: DecodeProblem[]
}

/** Reads kind, name, namespace, labels and annotations; `namespace` is used where the object names none. */
export function decodeResource(
  object: MeshObject,
  file: SourceFile,
  namespace: string | undefined,
): DecodedResource {
  const { map, apiVersion, kind } = object
  const problems: DecodeProblem[] = [...unknownTopLevel(map)]
  const entry = entryOf(map, 'metadata')
  const metadata: Metadata & Located = entry === undefined ? {} : decodeMetadata(entry, problems)
  if (kind === undefined) problems.push(missing('kind', map))
  if (metadata.name === undefined && !problems.some(({ fatal }) => fatal))
    problems.push(missing('metadata.name', map, entry))
  const ownNamespace = metadata.namespace ?? namespace
  const resource: Resource = {
    kind: kind ?? '',
    apiVersion,
    name: metadata.name ?? '',
    ...(ownNamespace !== undefined && { namespace: ownNamespace }),
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    file,
    // The root of an object is a mapping.
    body: jsonOf(map) as JsonObject,
    ...aroundOf(object),
    [origin]: originOf(map, metadata[origin]),
  }
  return { resource, problems }
}

/** Reads `spec`; one that is missing is empty. */
export function decodeSpec(map: YamlMap, type: MessageType, problems: DecodeProblem[]): JsonObject {
  const entry = entryOf(map, 'spec')
  const node = entry?.value ?? { kind: 'map', range: map.range, entries: [] }
  return decodeMessage(node, type, { field: 'spec', problems })
}

function decodeMetadata({ value }: YamlEntry, problems: DecodeProblem[]): Metadata & Located {
  const node =
    value.kind === 'map'
      ? { ...value, entries: value.entries.filter(({ key }) => !writtenByTheServer.has(key)) }
      : value
  // The schema above gives exactly these fields.
  return decodeMessage(node, objectMeta, { field: 'metadata', problems }) as Metadata & Located
}

function originOf(map: YamlMap, metadata: Origin | undefined): Origin {
  const own = map.entries.map((entry) => [entry.key, rangeOfEntry(entry)] as const)
  const named = ['name', 'namespace'].flatMap((field) => {
    const range = metadata?.fields.get(field)
    return range === undefined ? [] : [[field, range] as const]
  })
  return { range: map.range, fields: new Map<string, SourceRange>([...own, ...named]) }
}

function missing(field: string, map: YamlMap, near?: YamlEntry): DecodeProblem {
  const range = near?.keyRange ?? { ...map.range, end: map.range.start }
  return {
    ...decodingFault('missing', field),
    range,
    fatal: true,
  }
}

function unknownTopLevel(map: YamlMap): readonly DecodeProblem[] {
  return map.entries
    .filter(({ key }) => !topLevel.has(key))
    .map(({ key, keyRange }) => ({
      ...decodingFault('top-level', key),
      range: keyRange,
      fatal: false,
      refused: true as const,
    }))
}
