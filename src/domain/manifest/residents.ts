import type { SourceFile } from '../source/source-file.ts'
import { parseYaml, type YamlMap, type YamlNode } from '../source/yaml.ts'
import { entryOf } from '../source/yaml-node.ts'
import type { Manifests } from './manifests.ts'

/**
 * The paths of the files that hold something of a namespace: whatever kind of object names it, the `Namespace` itself, and
 * VirtualServices and Gateways that have it from elsewhere. Sorted. Only files in whose text the name stands are looked into.
 */
export function residentPaths(manifests: Manifests, namespace: string): readonly string[] {
  const { virtualServices, gateways, unmodelled, files } = manifests
  const known = [...virtualServices, ...gateways, ...unmodelled].filter(
    (resource) => resource.namespace === namespace,
  )
  const others = files.filter((file) => file.text.includes(namespace) && holdsOne(file, namespace))
  return [...new Set([...known.map(({ file }) => file.path), ...others.map(({ path }) => path)])].sort()
}

function holdsOne(file: SourceFile, namespace: string): boolean {
  const wanted = (text: string) => text.includes(namespace)
  return parseYaml(file, { id: 'invalid-manifest', wanted }).some(
    ({ root }) => root !== undefined && objectsIn(root).some((object) => lives(object, namespace)),
  )
}

function objectsIn(root: YamlNode): readonly YamlMap[] {
  if (root.kind !== 'map') return []
  const items = entryOf(root, 'items')?.value
  return items?.kind === 'sequence' ? [root, ...items.items.flatMap(objectsIn)] : [root]
}

function lives(object: YamlMap, namespace: string): boolean {
  const metadata = entryOf(object, 'metadata')?.value
  if (metadata?.kind !== 'map') return false
  const text = (map: YamlMap, key: string): unknown => {
    const value = entryOf(map, key)?.value
    return value?.kind === 'scalar' ? value.value : undefined
  }
  return text(object, 'kind') === 'Namespace'
    ? text(metadata, 'name') === namespace
    : text(metadata, 'namespace') === namespace
}
