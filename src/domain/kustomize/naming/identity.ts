import type { YamlNode } from '../../source/yaml-node.ts'
import { isClusterScoped } from '../reading/cluster-scoped.ts'
import { isEmpty, textOf, valueAt, valueWithin } from '../values/tree.ts'

/** Group, version and kind; '' where it is not said, which as a condition is none. */
export interface Gvk {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** By what Kustomize knows an object. Without a namespace, `namespace` is ''. */
export interface Id extends Gvk {
  readonly name: string
  readonly namespace: string
}

/** Group and version of an `apiVersion`. */
export function groupVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/')
  return { group: apiVersion.slice(0, Math.max(slash, 0)), version: apiVersion.slice(slash + 1) }
}

/** The kind of an object as it is now. */
export function gvkOf(node: YamlNode): Gvk {
  return { ...groupVersion(textOf(valueAt(node, 'apiVersion'))), kind: textOf(valueAt(node, 'kind')) }
}

/** A text of `metadata`; '' where there is none. */
export function metadataText(node: YamlNode, field: 'name' | 'namespace'): string {
  const value = valueWithin(node, 'metadata', field)
  return isEmpty(value) ? '' : textOf(value)
}

/** What an object is known by now. */
export function currentId(node: YamlNode): Id {
  return { ...gvkOf(node), name: metadataText(node, 'name'), namespace: metadataText(node, 'namespace') }
}

/** The namespace in which an object counts as standing: none is `default`, and cluster-scoped kinds are apart. */
export function effectiveNamespace(id: Id): string {
  if (isClusterScoped(id)) return noNamespace
  return id.namespace === '' ? 'default' : id.namespace
}

const noNamespace = '_non_namespaceable_'

/** The id as a text that equal ids share. */
export function keyOf(id: Id): string {
  return JSON.stringify([id.group, id.version, id.kind, id.name, effectiveNamespace(id)])
}

/** Whether `gvk` fulfils the conditions of `selector`. */
export function isSelected(gvk: Gvk, selector: Gvk): boolean {
  return (
    (selector.group === '' || selector.group === gvk.group) &&
    (selector.version === '' || selector.version === gvk.version) &&
    (selector.kind === '' || selector.kind === gvk.kind)
  )
}

/** The id as Kustomize prints it: `VirtualService.v1.networking.istio.io/root.[noNs]`. */
export function printed({ group, version, kind, name, namespace }: Id): string {
  const gvk = `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}`
  return `${gvk}/${name || '[noName]'}.${namespace || '[noNs]'}`
}
