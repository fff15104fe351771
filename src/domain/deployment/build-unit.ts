import { type RenderCache, renderCache } from '../kustomize/cache.ts'
import { type RenderedObject, renderKustomization } from '../kustomize/render.ts'
import { textNode, valueAt, withValue } from '../kustomize/values/tree.ts'
import type { JsonObject, JsonValue } from '../manifest/json.ts'
import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import { folderOf, isBelow } from '../manifest/layers/paths.ts'
import { textsIn } from '../manifest/layers/written.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { YamlMap, YamlNode } from '../source/yaml-node.ts'
import { withVariables } from './post-build-variables.ts'
import { type DeployedSide, treeOf } from './tree-of-side.ts'
import type { Unit } from './unit.ts'

/** An object as the cluster receives it, and whether anything laid over it changed it. */
export interface DeliveredObject {
  readonly node: YamlMap
  /** The file in which it was written. */
  readonly from: SourceFile
  readonly isChanged: boolean
}

/** Where what a deployer lays over is put as a kustomization of its own: no path of a repository begins so. */
const outside = '.delivered'

/** Builds the units of one side; bases are built once. */
export function builderOf(side: DeployedSide): (unit: Unit) => readonly DeliveredObject[] | undefined {
  const cache = renderCache()
  return (unit) => buildUnit(unit, side, cache)
}

/** What a unit delivers; nothing where its build fails. */
function buildUnit(
  unit: Unit,
  side: DeployedSide,
  cache: RenderCache,
): readonly DeliveredObject[] | undefined {
  const { folder, over, loadRestrictions } = unit
  const holds = side.files.some(({ path }) => isKustomizationFile(path) && folderOf(path) === folder)
  const isPlain = holds && Object.keys(over).length === 0
  const above: SourceFile = {
    path: `${outside}/kustomization.yaml`,
    text: JSON.stringify(kustomizationOver(unit, holds ? [folder] : filesIn(unit, side))),
  }
  const rendered = isPlain
    ? renderKustomization(folder, { tree: treeOf(side, []), loadRestrictions, cache })
    : renderKustomization(outside, {
        tree: treeOf(side, [above]),
        loadRestrictions: 'none',
        cache: renderCache(),
      })
  return 'failed' in rendered ? undefined : rendered.objects.map((object) => deliveredBy(unit, object))
}

function kustomizationOver({ folder, over }: Unit, resources: readonly string[]): JsonObject {
  const components = textsIn(over['components']).map((each): JsonValue => `../${folder}/${each}`)
  return {
    ...over,
    resources: resources.map((path): JsonValue => `../${path}`),
    ...(components.length > 0 && { components }),
  }
}

/** Flux takes a folder without kustomization at any depth, Argo CD as it is. */
function filesIn({ folder, loadRestrictions }: Unit, { files }: DeployedSide): readonly string[] {
  const isDeep = loadRestrictions === 'none'
  return files
    .map(({ path }) => path)
    .filter((path) => /\.ya?ml$/.test(path) && (isDeep ? isBelow(path, folder) : folderOf(path) === folder))
}

function deliveredBy({ otherwise, variables }: Unit, { node, from, by }: RenderedObject): DeliveredObject {
  const placed = otherwise === undefined ? node : withNamespace(node, otherwise)
  const filled = variables.size === 0 ? placed : (withVariables(placed, variables) as YamlMap)
  return { node: filled, from: from.file, isChanged: by.length > 0 || filled !== node }
}

/** Argo CD fills in a namespace that is missing, and replaces none. */
function withNamespace(node: YamlMap, namespace: string): YamlMap {
  const metadata: YamlNode | undefined = valueAt(node, 'metadata')
  if (metadata?.kind !== 'map' || valueAt(metadata, 'namespace') !== undefined) return node
  return withValue(node, 'metadata', withValue(metadata, 'namespace', textNode(namespace, metadata.range)))
}
