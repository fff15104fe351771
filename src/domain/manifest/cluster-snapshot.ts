import { budgets } from '../budgets.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { type FaultTable, faultOf } from '../source/fault-table.ts'
import { rangeOf } from '../source/located.ts'
import type { SourceFile, SourceRange } from '../source/source-file.ts'
import { parseYaml, type YamlMap, type YamlNode } from '../source/yaml.ts'
import { entryOf, textAt } from '../source/yaml-node.ts'
import { quoted, say } from '../words/phrase.ts'
import { visible } from '../words/visible.ts'
import type { Gateway } from './gateway.ts'
import { isOfGatewayApi } from './gateway-api.ts'
import type { IstioVersion } from './istio-version.ts'
import { groupOf } from './kinds/deciding-groups.ts'
import { meshGroup } from './kinds/mesh-objects.ts'
import { aroundIn, isIngress } from './kinds/objects-around.ts'
import { fieldsOf, textIn } from './layers/written.ts'
import type { Ages } from './manifests.ts'
import type { Modelled } from './modelled.ts'
import { identityOf, kindAndName } from './names.ts'
import { parseManifests } from './parse-manifests.ts'
import { isUnknown } from './placeholders/placeholders.ts'
import type { UnmodelledResource } from './resource.ts'
import { validateObjectNames } from './validation/routes/validate-names.ts'
import type { VirtualService } from './virtual-service.ts'

/** What a cluster had of the mesh when somebody asked: `kubectl get virtualservices,gateways -A -o yaml`. */
export interface ClusterSnapshot {
  readonly path: string
  readonly virtualServices: readonly VirtualService[]
  readonly gateways: readonly Gateway[]
  /** When the cluster made its objects of the Gateway API, and its Ingresses. */
  readonly ages: Ages
  /** With an error that is about all of it, it holds nothing. */
  readonly diagnostics: readonly Diagnostic[]
}

const faults = {
  'snapshot-missing': (path: string) =>
    say`${quoted(path)} is not there, or could not be read, so that nothing of the cluster is known`,
  'snapshot-not-a-list': (path: string) => ({
    clause: say`${quoted(path)} is no list of Kubernetes, so that nothing of the cluster is known`,
    todo: say`Write it with ${quoted('kubectl get virtualservices,gateways -A -o yaml')}`,
  }),
  'snapshot-other-kinds': (path: string, count: number, kind: string) =>
    say`${quoted(path)} holds ${count} ${count === 1 ? 'object' : 'objects'} of other kinds, such as ${quoted(kind)}, which are passed over`,
  'snapshot-twice': (path: string, name: string) =>
    say`${quoted(path)} holds ${quoted(name)} twice; neither of them is looked at`,
  'snapshot-name': (path: string, count: number, name: string) =>
    say`${quoted(path)} holds ${count} ${count === 1 ? 'object' : 'objects'} under names that no cluster has, such as ${quoted(name)}; they are passed over`,
  'snapshot-unreadable': (path: string, count: number) =>
    say`${quoted(path)} holds ${count} ${count === 1 ? 'object that is' : 'objects that are'} not as the kind has to be, and passed over`,
  'snapshot-age': (path: string, count: number, name: string) =>
    say`${quoted(path)} does not say when ${count === 1 ? '' : `${count} objects, such as `}${quoted(name)} ${count === 1 ? 'was' : ', were'} made`,
  'snapshot-mesh': (path: string, ...meshes: string[]) => ({
    clause: say`Of which mesh ${quoted(path)} is a snapshot is not known`,
    rest: say`: there are ${meshes.length}`,
    todo: say`Name it: ${quoted(`snapshots: [{ path: ${JSON.stringify(path)}, mesh: ${JSON.stringify(meshes[0] ?? '')} }]`)}`,
  }),
} as const satisfies FaultTable

/** What can be wrong with a snapshot of a cluster. */
export type SnapshotFaultCode = keyof typeof faults

/** A mistake in a snapshot: an error leaves it, or an object in it, out. */
export function snapshotMistake<Code extends SnapshotFaultCode>(
  severity: Diagnostic['severity'],
  { code, range }: { readonly code: Code; readonly range?: SourceRange | undefined },
  ...values: Parameters<(typeof faults)[Code]>
): Diagnostic<Code> {
  return { id: 'invalid-snapshot', severity, ...faultOf(faults, code, values), ...(range && { range }) }
}

/** Reads a snapshot. Never throws; what it holds besides VirtualServices and Gateways, and what no cluster has, is told and passed over. */
export function readClusterSnapshot(file: SourceFile, version: IstioVersion): ClusterSnapshot {
  const { path } = file
  const nothing = { path, virtualServices: [], gateways: [], ages: new Map() }
  const documents = parseYaml(file, { id: 'invalid-snapshot' })
  const mistakes = documents.flatMap(({ diagnostics }) => diagnostics)
  if (mistakes.length > 0) return { ...nothing, diagnostics: mistakes.slice(0, budgets.problems.size) }
  const [first, ...others] = documents
  const items = others.length === 0 ? itemsOf(first?.root) : undefined
  if (items === undefined) {
    const range = { file, start: 0, end: 0 }
    return {
      ...nothing,
      diagnostics: [snapshotMistake('error', { code: 'snapshot-not-a-list', range }, path)],
    }
  }
  return objectsOf(items, file, version)
}

function itemsOf(root: YamlNode | undefined): readonly YamlNode[] | undefined {
  if (root?.kind !== 'map' || textAt(root, 'kind')?.endsWith('List') !== true) return undefined
  const items = entryOf(root, 'items')?.value
  return items?.kind === 'sequence' ? items.items : undefined
}

function objectsOf(items: readonly YamlNode[], file: SourceFile, version: IstioVersion): ClusterSnapshot {
  const { path } = file
  const read = parseManifests([file], { namespaceOf: () => undefined, version })
  const written: readonly Modelled[] = [...read.virtualServices, ...read.gateways]
  const named = written.filter(hasName)
  const alike = Map.groupBy(named, kindAndName)
  const once = named.filter((each) => alike.get(kindAndName(each))?.length === 1).map(withAge(path))
  const aged = [...read.unmodelled.filter(isOfGatewayApi), ...aroundIn(file).filter(isIngress)].map(
    withAge(path),
  )
  const others = items.filter((item) => !isModelled(item) && !isAged(item))
  const modelled = items.filter(isModelled)
  const undecoded = modelled.length - written.length
  const diagnostics = [
    ...counted('snapshot-other-kinds', path, others, kindOf),
    ...counted(
      'snapshot-name',
      path,
      written.filter((each) => !hasName(each)),
      identityOf,
    ),
    ...(undecoded > 0 ? [snapshotMistake('warning', { code: 'snapshot-unreadable' }, path, undecoded)] : []),
    ...[...alike.values()]
      .filter(({ length }) => length > 1)
      .slice(0, budgets.problems.size)
      .flatMap((copies) => twice(copies, path)),
    ...counted(
      'snapshot-age',
      path,
      once.filter(({ inCluster }) => inCluster?.created === undefined),
      identityOf,
    ),
  ]
  return {
    path,
    virtualServices: once.filter((each) => each.kind === 'VirtualService'),
    gateways: once.filter((each) => each.kind === 'Gateway'),
    ages: agesOf(aged),
    diagnostics,
  }
}

/** Of what is there twice no age is known. */
function agesOf(objects: readonly UnmodelledResource[]): ClusterSnapshot['ages'] {
  const byKey = Map.groupBy(objects, kindAndName)
  return new Map(
    [...byKey].flatMap(([key, [one, ...others]]) =>
      one?.inCluster?.created === undefined || others.length > 0 ? [] : [[key, one.inCluster]],
    ),
  )
}

function counted<T>(
  code: 'snapshot-other-kinds' | 'snapshot-name' | 'snapshot-age',
  path: string,
  some: readonly T[],
  nameOf: (one: T) => string,
): readonly Diagnostic[] {
  const [first] = some
  return first === undefined
    ? []
    : [snapshotMistake('warning', { code }, path, some.length, visible(nameOf(first)))]
}

function twice([first]: readonly Modelled[], path: string): readonly Diagnostic[] {
  if (first === undefined) return []
  return [
    snapshotMistake('error', { code: 'snapshot-twice', range: rangeOf(first) }, path, kindAndName(first)),
  ]
}

function kindOf(item: YamlNode): string {
  return item.kind === 'map' ? (textAt(item, 'kind') ?? '?') : '?'
}

function isModelled(item: YamlNode): item is YamlMap {
  if (item.kind !== 'map') return false
  const [apiVersion = '', kind = ''] = [textAt(item, 'apiVersion'), textAt(item, 'kind')]
  return groupOf(apiVersion) === meshGroup && (kind === 'VirtualService' || kind === 'Gateway')
}

function isAged(item: YamlNode): boolean {
  if (item.kind !== 'map') return false
  const [apiVersion = '', kind = ''] = [textAt(item, 'apiVersion'), textAt(item, 'kind')]
  return isOfGatewayApi({ apiVersion, kind }) || isIngress({ apiVersion, kind })
}

/** A cluster has no object without namespace, with a name that its API server refuses, or with one that somebody has yet to fill in. */
function hasName(object: Modelled): boolean {
  return (
    object.namespace !== undefined &&
    !isUnknown(identityOf(object)) &&
    validateObjectNames(object).length === 0
  )
}

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

function withAge(path: string): <T extends Modelled | UnmodelledResource>(object: T) => T {
  return (object) => {
    const created = textIn(fieldsOf(object.body['metadata'])['creationTimestamp'])
    const age = created !== undefined && time.test(created) ? { created } : {}
    const { refused: _, ...admitted } = object
    return { ...(admitted as typeof object), inCluster: { snapshot: path, ...age } }
  }
}
