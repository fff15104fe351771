import { entryOf, type YamlMap, type YamlNode } from '../source/yaml-node.ts'
import { withDefaults } from './placeholders.ts'

/** The API group whose objects are the mesh. */
export const meshGroup = 'networking.istio.io'

/** One object of the mesh's API group, lists unwrapped. */
export interface MeshObject {
  readonly map: YamlMap
  readonly apiVersion: string
  readonly kind: string | undefined
  /** The lists that it is an item of, the outermost first. */
  readonly around: readonly YamlMap[]
}

/** What a list says about those of its items that do not say it themselves, as kubectl reads a list. */
interface Defaults {
  readonly apiVersion?: string | undefined
  readonly kind?: string | undefined
  readonly around?: readonly YamlMap[]
}

function textOf(map: YamlMap, key: string): string | undefined {
  const value = entryOf(map, key)?.value
  return value?.kind === 'scalar' && typeof value.value === 'string' ? withDefaults(value.value) : undefined
}

/**
 * The objects of networking.istio.io in a document, whatever their version, defaults of placeholders
 * filled in; those of other groups are passed over. To
 * kubectl whatever has `items` is a list, and an object of the mesh that has them counts as well.
 */
export function meshObjects(root: YamlNode, defaults: Defaults = {}): readonly MeshObject[] {
  if (root.kind !== 'map') return []
  const apiVersion = textOf(root, 'apiVersion') ?? defaults.apiVersion
  const kind = textOf(root, 'kind') ?? defaults.kind
  const list = entryOf(root, 'items')?.value
  const items = list?.kind === 'sequence' ? list.items : undefined
  const isNamedList = kind?.endsWith('List') === true
  const single = isNamedList ? kind.slice(0, -'List'.length) : ''
  const { around = [] } = defaults
  const inherited = { around: [...around, root], ...(single !== '' && { apiVersion, kind: single }) }
  const listed = (items ?? []).flatMap((item) => meshObjects(item, inherited))
  if (items !== undefined && isNamedList) return listed
  if (apiVersion === undefined || apiVersion.split('/')[0] !== meshGroup) return listed
  return [{ map: root, apiVersion, kind, around }, ...listed]
}
