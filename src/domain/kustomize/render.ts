import type { SourceRange } from '../source/source-file.ts'
import type { YamlMap } from '../source/yaml-node.ts'
import { builtRoot } from './build.ts'
import { type RenderCache, renderCache } from './cache.ts'
import { attempt, type Fault, fail } from './fault.ts'
import { finished, type Item, type Passing } from './item.ts'
import type { Layer } from './layer.ts'
import { exceed, limits, withinLimits } from './limits.ts'
import { currentId } from './naming/identity.ts'
import { withHashes } from './naming/name-hash.ts'
import { withReferences } from './naming/name-references.ts'
import type { NotRendered, Part } from './not-rendered.ts'
import { metadataLabels } from './reading/default-fields.ts'
import { itemsAt } from './reading/shape.ts'
import { beginSession, leaveOutHash, type Session } from './session.ts'
import { inOrder } from './sort-order.ts'
import { resolved } from './transforming/variables.ts'
import { changeField } from './values/field-spec.ts'
import { isNothing, sizeOf, textNode, textOf, valueAt, valueWithin, withEntry } from './values/tree.ts'
import type { Tree } from './values/tree-of-files.ts'

/** An object as the cluster receives it. */
export interface RenderedObject {
  /**
   * The object as a manifest that is read directly would give it. Each value and key stands where it was written last: a patched
   * field in its patch, a namespace or label at the line of the kustomization that sets it, a replaced value at the path of the
   * replacement; a name with a prefix, a followed reference and a text with variables where they are written themselves.
   */
  readonly node: YamlMap
  /** Where the object was written, or the entry that generates it. */
  readonly from: SourceRange
  /** What changed it, in order: places in patches and kustomizations. */
  readonly by: readonly SourceRange[]
  /** The kustomizations that changed it, the innermost first, and how. */
  readonly passed: readonly Passing[]
}

/** What a root builds to. Where anything is not rendered, there may be more objects, and others may look otherwise. */
interface RenderedObjects {
  readonly objects: readonly RenderedObject[]
  readonly notRendered: readonly NotRendered[]
  /** Every file that took part, in the order in which it was met. */
  readonly parts: readonly Part[]
}

/** What a root builds to, or why nothing of it is deployed. */
export type Rendered = RenderedObjects | { readonly failed: Fault; readonly parts: readonly Part[] }

/** How a root is built. */
export interface Rendering {
  readonly tree: Tree
  /** Flux builds without load restrictions; everybody else with them, unless told otherwise. */
  readonly loadRestrictions?: 'root only' | 'none'
  /** To be kept for as long as the tree does not change. */
  readonly cache?: RenderCache
}

/**
 * Builds the kustomization in a folder as Kustomize 5.8.1 does, without running anything and without reading anything but the
 * tree. Never throws: a build that fails is a value, and what only another program could know is named.
 */
export function renderKustomization(folder: string, rendering: Rendering): Rendered {
  const { tree, loadRestrictions = 'root only', cache = renderCache() } = rendering
  const session = beginSession(tree, loadRestrictions === 'root only')
  const result = withinLimits(() => attempt(() => objectsOf(folder, session, cache)))
  const parts = [...session.met.parts.values()]
  if ('exceeded' in result) {
    const { exceeded, range } = result
    const code = exceeded === 'doubtful-text' ? exceeded : 'limit'
    session.leaveOut({ code, detail: exceeded, ...(range && { range }) })
    return { objects: [], notRendered: session.met.notRendered, parts }
  }
  const { built } = result
  if (built.fault !== undefined) return { failed: built.fault, parts }
  return { objects: built.value, notRendered: session.met.notRendered, parts }
}

/** What is done once, at the very end: hashes, references, variables, and what is only there for the build is dropped. */
function objectsOf(folder: string, session: Session, cache: RenderCache): readonly RenderedObject[] {
  const { layer, all } = builtRoot(rootOf(folder, session), { session, cache })
  const { items, configuration, variables } = all
  const named = withReferences(withHashes(items, leaveOutHash(session)), configuration.nameReference)
  const fields = configuration.varReference
  const isIncomplete = session.met.notRendered.length > 0
  const final = resolved(named, { variables, fields, isIncomplete })
  if (final.reduce((sum, { node }) => sum + sizeOf(node), 0) > limits.values) exceed('values')
  return inOrder(final.filter(isDeployed), layer.body).map(({ node, from, by, passed }) => ({
    node: finished(labelled(node, layer)),
    from,
    by,
    passed,
  }))
}

function rootOf(folder: string, { tree }: Session): string {
  const found = tree(folder)
  return found?.kind === 'folder' ? found.path : fail('no-kustomization', folder, folder)
}

/** `config.kubernetes.io/local-config` drops an object, whatever it says but `false`. */
function isDeployed({ node }: Item): boolean {
  const id = currentId(node)
  if (id.kind === '' || isNothing(valueAt(node, 'kind')) || (id.name === '' && !id.kind.endsWith('List')))
    fail('not-an-object', node.range, 'metadata.name')
  const local = valueWithin(node, 'metadata', 'annotations', 'config.kubernetes.io/local-config')
  return local === undefined || textOf(local) === 'false'
}

/** `buildMetadata: [managedByLabel]`. What it says of origins is no annotation here: every value has its own. */
function labelled(node: YamlMap, { body }: Layer): YamlMap {
  const option = itemsAt(body, 'buildMetadata').find((each) => textOf(each) === 'managedByLabel')
  if (option === undefined) return node
  const at = option.range
  const entry = { key: 'app.kubernetes.io/managed-by', keyRange: at, value: textNode('kustomize-v5.8.1', at) }
  const set = (labels: YamlMap | Parameters<typeof textOf>[0]) =>
    labels?.kind === 'map' ? withEntry(labels, entry) : textNode('', at)
  return changeField(node, metadataLabels, { set, make: 'map', at })
}
