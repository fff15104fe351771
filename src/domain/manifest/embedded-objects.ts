import { budgets } from '../budgets.ts'
import { origin } from '../source/located.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml, type YamlMap, type YamlNode } from '../source/yaml.ts'
import { textAt } from '../source/yaml-node.ts'
import { decidesAsAWhole } from './deciding-groups.ts'
import { meshObjects, objectsIn } from './mesh-objects.ts'
import { namesADecidingKind } from './names-the-mesh.ts'
import { readOtherObject } from './read-other-object.ts'
import type { UnmodelledResource } from './resource.ts'

/** Texts within texts within texts: nobody means to go deeper than this. */
const deepest = budgets.embedded.size

/**
 * Objects that decide about requests within something else: in the values of a chart, in what another operator applies or
 * changes, in a text of a ConfigMap. Whoever unpacks it applies them. Metadata are left out: they keep copies and examples.
 */
export function embeddedObjects(root: YamlNode, file: SourceFile): readonly UnmodelledResource[] {
  return embeddedBelow(root, { file, depth: 0 })
}

/** What is below the objects of a document, these and the lists around them left out. */
function embeddedBelow(root: YamlNode, { file, depth }: Omit<Place, 'outer'>): readonly UnmodelledResource[] {
  const written = objectsIn(root).flatMap(({ map, around }) => [map, ...around])
  return below(root, { file, depth, outer: new Set<YamlNode>(written) })
}

interface Place {
  readonly file: SourceFile
  readonly depth: number
  /** The objects of the document itself. */
  readonly outer: ReadonlySet<YamlNode>
}

function below(node: YamlNode, place: Place): readonly UnmodelledResource[] {
  if (node.kind === 'sequence') return node.items.flatMap((item) => below(item, place))
  if (node.kind === 'scalar') return typeof node.value === 'string' ? withinText(node.value, node, place) : []
  const inner = node.entries.flatMap(({ key, value }) => (key === 'metadata' ? [] : below(value, place)))
  return place.outer.has(node) ? inner : [...objectOf(node, place.file), ...inner]
}

/** A text of YAML or JSON. */
function withinText(
  text: string,
  { range }: YamlNode,
  { file, depth }: Place,
): readonly UnmodelledResource[] {
  if (depth >= deepest || !text.includes(':') || !namesADecidingKind(text)) return []
  const documents = parseYaml(
    { path: file.path, text },
    { id: 'invalid-manifest', wanted: namesADecidingKind },
  )
  return documents
    .flatMap(({ root }) =>
      root === undefined
        ? []
        : [
            ...meshObjects(root)
              .filter(({ kind }) => kind !== undefined)
              .map((object) => readOtherObject(object, file, undefined)),
            ...embeddedBelow(root, { file, depth: depth + 1 }),
          ],
    )
    .map((each) => ({ ...each, file, [origin]: { range, fields: new Map() } }))
}

function objectOf(map: YamlMap, file: SourceFile): readonly UnmodelledResource[] {
  const [apiVersion, kind] = [textAt(map, 'apiVersion'), textAt(map, 'kind')]
  if (apiVersion === undefined || kind === undefined || !decidesAsAWhole(apiVersion, kind)) return []
  const resource = readOtherObject({ map, apiVersion, kind, around: [] }, file, undefined)
  // A selector names an object without being one.
  const [name, namespace] = [textAt(map, 'name'), textAt(map, 'namespace')]
  return [
    {
      ...resource,
      name: resource.name || name || '',
      ...(resource.namespace === undefined && namespace !== undefined && { namespace }),
    },
  ]
}
