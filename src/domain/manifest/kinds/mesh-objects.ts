import { entryOf, textAt, type YamlMap, type YamlNode } from '../../source/yaml-node.ts'
import type { JsonObject } from '../json.ts'
import { withDefaults } from '../placeholders/placeholders.ts'
import type { Resource } from '../resource.ts'
import { jsonOf } from '../yaml-json.ts'
import { decidesAsAWhole } from './deciding-groups.ts'
import { apiVersionOfKind } from './group-of-kind.ts'

/** The API group of VirtualServices and Gateways. */
export const meshGroup = 'networking.istio.io'

/** One object of a document, lists unwrapped. */
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
  const text = textAt(map, key)
  return text === undefined ? undefined : withDefaults(text)
}

/**
 * Every object in a document that names an `apiVersion`, lists unwrapped, defaults of placeholders filled in. To kubectl
 * whatever has `items` is a list; an object that has them and is not called one counts as well.
 */
export function objectsIn(root: YamlNode, defaults: Defaults = {}): readonly MeshObject[] {
  if (root.kind !== 'map') return []
  const kind = textOf(root, 'kind') ?? defaults.kind
  const written = textOf(root, 'apiVersion') ?? defaults.apiVersion
  const spec = entryOf(root, 'spec')?.value
  const apiVersion = written === undefined ? undefined : apiVersionOfKind(written, kind ?? '', spec)
  const list = entryOf(root, 'items')?.value
  const items = list?.kind === 'sequence' ? list.items : undefined
  const isNamedList = kind?.endsWith('List') === true
  const single = isNamedList ? kind.slice(0, -'List'.length) : ''
  const { around = [] } = defaults
  const inherited = { around: [...around, root], ...(single !== '' && { apiVersion, kind: single }) }
  const listed = (items ?? []).flatMap((item) => objectsIn(item, inherited))
  if (items !== undefined && isNamedList) return listed
  return apiVersion === undefined ? listed : [{ map: root, apiVersion, kind, around }, ...listed]
}

/** The objects in a document that as a whole decide about requests, whatever their version; others are passed over. */
export function meshObjects(root: YamlNode): readonly MeshObject[] {
  return objectsIn(root).filter(({ apiVersion, kind }) => decidesAsAWhole(apiVersion, kind))
}

/** What the lists around an object say, without their items; nothing where there are none. */
export function aroundOf({ around }: MeshObject): Pick<Resource, 'around'> {
  return around.length === 0 ? {} : { around: around.map(withoutItems) }
}

function withoutItems(list: YamlMap): JsonObject {
  const entries = list.entries.filter(({ key }) => key !== 'items')
  return Object.fromEntries(entries.map(({ key, value }) => [key, jsonOf(value)]))
}
