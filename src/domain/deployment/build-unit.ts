import { renderCache } from '../kustomize/cache.ts'
import { gvkOf } from '../kustomize/naming/identity.ts'
import type { NotRendered } from '../kustomize/not-rendered.ts'
import { isClusterScoped } from '../kustomize/reading/cluster-scoped.ts'
import { renderKustomization } from '../kustomize/render.ts'
import { textNode, textOf, valueAt, withEntry, withValue } from '../kustomize/values/tree.ts'
import type { JsonObject, JsonValue } from '../manifest/json.ts'
import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import { fieldsOf, textIn } from '../manifest/layers/written.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { YamlMap } from '../source/yaml-node.ts'
import { directoryObjects } from './directory-objects.ts'
import { type Folders, foldersOf } from './folders.ts'
import { kustomizationOf } from './kustomization-of-unit.ts'
import { withVariables } from './post-build-variables.ts'
import { type DeployedSide, treeOf, withFile } from './tree-of-side.ts'
import type { Unit } from './unit.ts'

/** An object as the cluster receives it, and whether anything laid over it changed it. */
export interface DeliveredObject {
  readonly node: YamlMap
  /** The file in which it was written. */
  readonly from: SourceFile
  readonly isChanged: boolean
}

/** What a unit delivers, and the files that took part in it. */
export interface Delivery {
  readonly objects: readonly DeliveredObject[]
  readonly parts: ReadonlySet<string>
}

/** Where there is nothing to build, and no fault in that. */
export const nothingDelivered: Delivery = { objects: [], parts: new Set() }

/** Nothing is delivered where the build fails; not known is what would ask for more than a limit allows. */
export type Built = Delivery | 'failed' | 'not known'

/** Builds the units of one side; bases are built once. */
export function builderOf(side: DeployedSide): (unit: Unit) => Built {
  const [tree, cache, folders] = [treeOf(side), renderCache(), foldersOf(side.files)]
  const render = (unit: Unit): Built => {
    const kustomization = kustomizationOf(unit, folders)
    if (kustomization === undefined) return nothingDelivered
    const rendered = renderKustomization(unit.folder, {
      tree: withFile(tree, kustomization),
      loadRestrictions: unit.takes === 'flux' ? 'none' : 'root only',
      cache,
    })
    if ('failed' in rendered) return 'failed'
    if (rendered.notRendered.some(({ code }) => isGivenUp.has(code))) return 'not known'
    return {
      objects: rendered.objects.map(({ node, from, by }) => ({
        node,
        from: from.file,
        // What a kustomization generates is written nowhere else.
        isChanged: by.length > 0 || isKustomizationFile(from.file.path),
      })),
      parts: new Set(rendered.parts.map(({ path }) => path)),
    }
  }
  return (unit) => applied(unit, written(unit, folders) ?? render(unit))
}

function written({ folder, takes }: Unit, folders: Folders): Delivery | undefined {
  if (takes === 'kustomization' || takes === 'flux') return undefined
  const objects = directoryObjects(folder, takes, folders)
  return {
    objects: objects.map((each) => ({ ...each, isChanged: false })),
    parts: new Set(objects.map(({ from }) => from.path)),
  }
}

/** The reasons for which nothing at all was built, although the real program may build it. */
const isGivenUp: ReadonlySet<NotRendered['code']> = new Set(['limit', 'doubtful-text'])

/** What the deployer does to each object; one that cannot be filled in ends it for all. */
function applied({ otherwise, metadata, variables }: Unit, built: Built): Built {
  if (typeof built === 'string') return built
  const nodes = built.objects.map(({ node }) => {
    const placed = otherwise === undefined ? node : withNamespace(node, otherwise)
    return metadata === undefined ? placed : withMetadata(placed, metadata)
  })
  const filled = variables === undefined ? nodes : withVariables(nodes, variables)
  if (typeof filled === 'string') return filled
  const objects = built.objects.map((each, index) => {
    const node = filled[index] ?? each.node
    return { ...each, node, isChanged: each.isChanged || node !== each.node }
  })
  return { ...built, objects }
}

/** Argo CD fills in a namespace that is missing, and replaces none; what stands in no namespace keeps none. */
export function withNamespace(node: YamlMap, namespace: string): YamlMap {
  const metadata = valueAt(node, 'metadata')
  if (metadata?.kind !== 'map' || isClusterScoped(gvkOf(node))) return node
  const before = valueAt(metadata, 'namespace')
  const isThere =
    before?.kind === 'scalar' ? before.value !== null && before.text !== '' : before !== undefined
  if (isThere) return node
  return withValue(node, 'metadata', withValue(metadata, 'namespace', textNode(namespace, metadata.range)))
}

/** Labels and annotations of Flux take the place of those that are written. */
function withMetadata(node: YamlMap, common: JsonObject): YamlMap {
  return ['labels', 'annotations'].reduce((object, field) => {
    const metadata = valueAt(object, 'metadata')
    const texts = Object.entries(fieldsOf(common[field])).filter(([, value]) => textIn(value) !== undefined)
    if (metadata?.kind !== 'map' || texts.length === 0) return object
    const before = valueAt(metadata, field)
    const at = metadata.range
    const map: YamlMap = before?.kind === 'map' ? before : { kind: 'map', range: at, entries: [] }
    const says = ([key, value]: readonly [string, JsonValue | undefined]) =>
      textOf(valueAt(map, key)) === value
    if (texts.every(says)) return object
    const after = texts.reduce(
      (all, [key, value]) => withEntry(all, { key, keyRange: at, value: textNode(textIn(value) ?? '', at) }),
      map,
    )
    return withValue(object, 'metadata', withValue(metadata, field, after))
  }, node)
}
