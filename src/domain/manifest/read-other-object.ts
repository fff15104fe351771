import { type Origin, origin } from '../source/located.ts'
import type { SourceFile, SourceRange } from '../source/source-file.ts'
import { entryOf, rangeOfEntry, type YamlMap, type YamlNode } from '../source/yaml-node.ts'
import type { JsonObject } from './json.ts'
import { aroundOf, type MeshObject } from './kinds/mesh-objects.ts'
import type { UnmodelledResource } from './resource.ts'
import { jsonOf } from './yaml-json.ts'

/**
 * An object of a group whose schema is not known here, as it is written. Its mistakes are its own API server's concern: what
 * has no name, or one that is no text, has the name ''.
 */
export function readOtherObject(
  object: MeshObject,
  file: SourceFile,
  namespace: string | undefined,
): UnmodelledResource {
  const { map, apiVersion, kind } = object
  const metadata = entryOf(map, 'metadata')?.value
  const own = textIn(metadata, 'namespace') ?? namespace
  return {
    kind: kind ?? '',
    apiVersion,
    name: textIn(metadata, 'name') ?? textIn(metadata, 'generateName') ?? '',
    ...(own !== undefined && { namespace: own }),
    labels: textsIn(metadata, 'labels'),
    annotations: textsIn(metadata, 'annotations'),
    file,
    // The root of an object is a mapping.
    body: { ...(jsonOf(map) as JsonObject), apiVersion, kind: kind ?? '' },
    ...aroundOf(object),
    [origin]: originOf(map, metadata),
  }
}

function textIn(node: YamlNode | undefined, key: string): string | undefined {
  const value = node?.kind === 'map' ? entryOf(node, key)?.value : undefined
  return value?.kind === 'scalar' && value.value !== null && value.value !== ''
    ? String(value.value)
    : undefined
}

function textsIn(node: YamlNode | undefined, key: string): Readonly<Record<string, string>> {
  const value = node?.kind === 'map' ? entryOf(node, key)?.value : undefined
  if (value?.kind !== 'map') return {}
  const entries = value.entries.flatMap((entry) =>
    entry.value.kind === 'scalar' ? [[entry.key, String(entry.value.value)] as const] : [],
  )
  return Object.fromEntries(entries)
}

function originOf(map: YamlMap, metadata: YamlNode | undefined): Origin {
  const named = metadata?.kind === 'map' ? metadata.entries.filter(({ key }) => key === 'name') : []
  const fields = [...map.entries, ...named].map((entry) => [entry.key, rangeOfEntry(entry)] as const)
  return { range: map.range, fields: new Map<string, SourceRange>(fields) }
}
