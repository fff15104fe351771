import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml, type YamlMap, type YamlNode } from '../../source/yaml.ts'
import { entryOf, textAt } from '../../source/yaml-node.ts'

/** Any object of Kubernetes as it stands in a file, whatever its kind. One that says no name has an empty one. */
export interface WrittenObject {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly path: string
}

/**
 * The objects in those documents of a file that are wanted by their text, lists unwrapped. What does not parse, or
 * says no kind, is passed over.
 */
export function writtenObjects(
  file: SourceFile,
  wanted: (text: string) => boolean,
): readonly WrittenObject[] {
  return parseYaml(file, { id: 'invalid-manifest', wanted }).flatMap(({ root }) =>
    root === undefined ? [] : writtenIn(root, file.path),
  )
}

/** The objects in one document, lists unwrapped. */
export function writtenIn(root: YamlNode, path: string): readonly WrittenObject[] {
  return objectsIn(root).flatMap((map) => objectOf(map, path))
}

function objectsIn(root: YamlNode): readonly YamlMap[] {
  if (root.kind !== 'map') return []
  const items = entryOf(root, 'items')?.value
  return items?.kind === 'sequence' ? [root, ...items.items.flatMap(objectsIn)] : [root]
}

function objectOf(map: YamlMap, path: string): readonly WrittenObject[] {
  const metadata = entryOf(map, 'metadata')?.value
  const kind = textAt(map, 'kind')
  if (metadata?.kind !== 'map' || kind === undefined) return []
  const name = textAt(metadata, 'name') ?? ''
  const namespace = textAt(metadata, 'namespace')
  return [{ kind, name, ...(namespace !== undefined && { namespace }), path }]
}
