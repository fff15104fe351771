import { renderCache } from '../../kustomize/cache.ts'
import { gvkOf } from '../../kustomize/naming/identity.ts'
import type { NotRendered, Part } from '../../kustomize/not-rendered.ts'
import { isClusterScoped } from '../../kustomize/reading/cluster-scoped.ts'
import { type Rendering, renderKustomization } from '../../kustomize/render.ts'
import { textNode, textOf, valueAt, withEntry, withValue } from '../../kustomize/values/tree.ts'
import type { Tree } from '../../kustomize/values/tree-of-files.ts'
import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { fieldsOf, textIn } from '../../manifest/layers/written.ts'
import type { BuildFault } from '../../manifest/not-deployed.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { YamlMap } from '../../source/yaml-node.ts'
import { directoryObjects } from '../argo-cd/directory-objects.ts'
import { type Folders, foldersOf } from '../folders.ts'
import { withVariables } from '../post-build-variables.ts'
import { type DeployedSide, treeOf, treeWithout, withFile } from '../tree-of-side.ts'
import { ignoredByFlux, kustomizationOf } from './kustomization-of-unit.ts'
import { type MadeBy, overlaysOf } from './overlays-of.ts'
import { isByHand, type Unit } from './unit.ts'

/** An object as the cluster receives it. */
export interface DeliveredObject {
  readonly node: YamlMap
  /** The file in which it was written. */
  readonly from: SourceFile
  /** What made of it what is delivered, where that is not what is written. */
  readonly overlay?: MadeBy
}

/** What a unit delivers, and the files that took part in it. */
export interface Delivery {
  readonly objects: readonly DeliveredObject[]
  readonly parts: readonly Part[]
  /** Whether nothing of it had to be left to another program. */
  readonly isComplete: boolean
  /** What had to be left to another program, with its lines. */
  readonly notRendered?: readonly NotRendered[]
}

/** Where there is nothing to build, and no fault in that. */
export const nothingDelivered: Delivery = { objects: [], parts: [], isComplete: true }

/** Nothing is delivered where the build fails; not known is what would ask for more than a limit allows. */
export type Built = Delivery | FailedBuild | 'not known'

interface FailedBuild {
  readonly failed: BuildFault
  readonly parts: readonly Part[]
}

export function isDelivered(built: Built): built is Delivery {
  return typeof built === 'object' && 'objects' in built
}

/** Builds the units of one side; bases are built once. */
export function builderOf(side: DeployedSide): (unit: Unit) => Built {
  const folders = foldersOf(side.files)
  const sourceOf = sourcesOf(treeOf(side), folders)
  const render = (unit: Unit): Built => {
    const kustomization = kustomizationOf(unit, folders)
    if (kustomization === undefined) return isByHand(unit) ? nothingDelivered : withoutKustomization(unit)
    const { tree, cache } = sourceOf(unit)
    const rendered = renderKustomization(unit.folder, {
      tree: withFile(tree, kustomization),
      loadRestrictions: unit.takes === 'flux' ? 'none' : 'root only',
      cache,
    })
    if ('failed' in rendered) return rendered
    if (rendered.notRendered.some(({ code }) => isGivenUp.has(code))) return 'not known'
    const written = folders.kustomization(unit.folder)
    const overlayOf = overlaysOf({ unit, written, built: kustomization })
    return {
      objects: rendered.objects.map(({ node, from, passed }) => {
        const overlay = overlayOf(passed)
        return { node, from: from.file, ...(overlay && { overlay }) }
      }),
      parts: rendered.parts,
      isComplete: rendered.notRendered.length === 0,
      ...(rendered.notRendered.length > 0 && { notRendered: rendered.notRendered }),
    }
  }
  return (unit) => applied(unit, written(unit, folders) ?? render(unit))
}

/** Argo CD is told to build what is no kustomization. */
function withoutKustomization({ folder }: Unit): Built {
  return { failed: { code: 'no-kustomization', path: folder, detail: folder }, parts: [] }
}

type Source = Required<Pick<Rendering, 'tree' | 'cache'>>

/** What Flux fetches lacks what its source leaves out; bases are built once for each source. */
function sourcesOf(tree: Tree, folders: Folders): (unit: Unit) => Source {
  const whole = { tree, cache: renderCache() }
  const bySource = new Map<string, Source>()
  return ({ takes, ignore = '' }) => {
    if (takes !== 'flux') return whole
    const source = bySource.get(ignore) ?? {
      tree: treeWithout(tree, ignoredByFlux(folders, ignore)),
      cache: renderCache(),
    }
    bySource.set(ignore, source)
    return source
  }
}

function written(unit: Unit, folders: Folders): Built | undefined {
  if (unit.takes === 'kustomization' || unit.takes === 'flux') return undefined
  const { objects, fault } = directoryObjects(unit, folders)
  const parts = objects.map(({ from }) => ({ role: 'resource', path: from.path }) as const)
  if (fault !== undefined) return { failed: fault, parts }
  return { objects, parts, isComplete: true }
}

/** The reasons for which nothing at all was built, although the real program may build it. */
const isGivenUp: ReadonlySet<NotRendered['code']> = new Set(['limit', 'doubtful-text'])

/** What the deployer does to each object; one that cannot be filled in ends it for all. */
function applied({ by, otherwise, metadata, variables }: Unit, built: Built): Built {
  if (!isDelivered(built)) return built
  const nodes = built.objects.map(({ node }) =>
    otherwise === undefined ? node : withNamespace(node, otherwise),
  )
  const filled = variables === undefined ? nodes : withVariables(nodes, variables)
  if (filled === 'not known') return filled
  if (filled === 'failed')
    return { failed: { code: 'substitution', path: by[0] ?? '', detail: '' }, parts: built.parts }
  const objects = built.objects.map((each, index) => {
    const last = filled[index] ?? each.node
    const node = metadata === undefined ? last : withMetadata(last, metadata)
    return { ...each, node }
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
export function withMetadata(node: YamlMap, common: JsonObject): YamlMap {
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
