import { budgets } from '../../budgets.ts'
import { likelyFromBase64 } from '../../source/base64.ts'
import { origin } from '../../source/located.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml, type YamlMap, type YamlNode } from '../../source/yaml.ts'
import { textAt } from '../../source/yaml-node.ts'
import { readOtherObject } from '../read-other-object.ts'
import type { UnmodelledResource } from '../resource.ts'
import { decidesAsAWhole } from './deciding-groups.ts'
import { filledIn, manifestsWithin } from './manifests-within.ts'
import { objectsIn } from './mesh-objects.ts'
import { namesADecidingKind } from './names-the-mesh.ts'
import { madeByResourceSet } from './resource-sets.ts'

/** Texts within texts within texts: nobody means to go deeper than this. */
const deepest = budgets.embedded.size

/** What is looked for within something else. */
interface Sought {
  readonly isOne: (apiVersion: string, kind: string | undefined, map: YamlMap) => boolean
  /** Whether a text may hold one; it is not read otherwise. */
  readonly mayHold: (text: string) => boolean
}

const deciding: Sought = { isOne: decidesAsAWhole, mayHold: namesADecidingKind }

/**
 * Objects that decide about requests within something else: in the values of a chart, in what another operator applies or
 * changes, in a text of a ConfigMap. Whoever unpacks it applies them.
 */
export function embeddedObjects(
  root: YamlNode,
  file: SourceFile,
  sought = deciding,
): readonly UnmodelledResource[] {
  const made = madeByResourceSet(root)
  if (made === undefined) return embeddedBelow(root, { file, sought, depth: 0 })
  const place = { file, sought, depth: 0, outer: new Set<YamlNode>() }
  return made.flatMap((each) => below(each, place))
}

/** What is below the objects of a document, these and the lists around them left out. */
function embeddedBelow(root: YamlNode, place: Omit<Place, 'outer'>): readonly UnmodelledResource[] {
  const written = objectsIn(root).flatMap(({ map, around }) => [map, ...around])
  return below(root, { ...place, outer: new Set<YamlNode>(written) })
}

interface Place {
  readonly file: SourceFile
  readonly sought: Sought
  readonly depth: number
  /** The objects of the document itself. */
  readonly outer: ReadonlySet<YamlNode>
}

/** Metadata keep copies and examples, and so does what people read. */
function unpacked(key: string): boolean {
  return key !== 'metadata' && key !== 'description' && !/\.(?:md|adoc|rst|html?)$/i.test(key)
}

function below(node: YamlNode, place: Place): readonly UnmodelledResource[] {
  if (node.kind === 'sequence') return node.items.flatMap((item) => below(item, place))
  if (node.kind === 'scalar') return typeof node.value === 'string' ? withinText(node.value, node, place) : []
  const inner = node.entries.flatMap(({ key, value }) => (unpacked(key) ? below(value, place) : []))
  return place.outer.has(node) ? inner : [...objectOf(node, place), ...inner]
}

/** What a text encodes that is base64 and long enough to be of a manifest, as Secrets keep theirs; any other text as it is. */
function decoded(text: string): string {
  if (text.length < 40 || !/^[A-Za-z0-9+/=\s]+$/.test(text)) return text
  return likelyFromBase64(text.replace(/\s+/g, '')) ?? text
}

/** A text of YAML or JSON, or one in which manifests stand among other things, be they templates. */
function withinText(written: string, { range }: YamlNode, place: Place): readonly UnmodelledResource[] {
  const { file, sought, depth } = place
  const text = decoded(written)
  if (depth >= deepest || !text.includes(':') || !sought.mayHold(text)) return []
  const whole = objectsOfText(text, place)
  const pieces = () => manifestsWithin(text).flatMap((piece) => objectsOfText(piece, place))
  const read = whole.length > 0 ? whole : pieces()
  const found = read.length > 0 || sought !== deciding ? read : writtenSomehow(text, file)
  return found.map((each) => ({ ...each, file, [origin]: { range, fields: new Map() } }))
}

/** An object that a text writes in a language that is not read here: which one it will be is not known. */
function writtenSomehow(text: string, file: SourceFile): readonly UnmodelledResource[] {
  const valueAt = (field: string) =>
    new RegExp(`\\b${field}["']?[ \\t]*[:=]+[ \\t]*["'\`]?(?<value>[\\w./-]+)`).exec(text)?.groups?.['value']
  const [apiVersion, kind] = [valueAt('apiVersion'), valueAt('kind')]
  if (apiVersion === undefined || kind === undefined || !/^[A-Z]\w+$/.test(kind)) return []
  if (!decidesAsAWhole(apiVersion, kind)) return []
  const body = { apiVersion, kind, text }
  return [{ apiVersion, kind, name: filledIn, namespace: filledIn, labels: {}, annotations: {}, file, body }]
}

function objectsOfText(text: string, { file, sought, depth }: Place): readonly UnmodelledResource[] {
  const documents = parseYaml({ path: file.path, text }, { id: 'invalid-manifest', wanted: sought.mayHold })
  return documents.flatMap(({ root }) =>
    root === undefined
      ? []
      : [
          ...objectsIn(root)
            .filter(({ apiVersion, kind, map }) => kind !== undefined && sought.isOne(apiVersion, kind, map))
            .map((object) => readOtherObject(object, file, undefined)),
          ...embeddedBelow(root, { file, sought, depth: depth + 1 }),
        ],
  )
}

function objectOf(map: YamlMap, { file, sought }: Place): readonly UnmodelledResource[] {
  const [apiVersion, kind] = [textAt(map, 'apiVersion'), textAt(map, 'kind')]
  if (apiVersion === undefined || kind === undefined || !sought.isOne(apiVersion, kind, map)) return []
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
