import { accessFacts } from '../access/access-facts.ts'
import type { MeshAccess } from '../access/applied-policies.ts'
import { actingPolicies } from '../access/in-force.ts'
import type { GatewayApi, GatewayApiOf } from '../gateway-api/gateway-api.ts'
import type { Gateway } from '../manifest/gateway.ts'
import { secondariesByFlagger } from '../manifest/made-by-flagger.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { identityOf, mayBeIdentity } from '../manifest/names.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { memoized } from '../source/memoized.ts'
import { remembered } from '../source/remembered.ts'
import { assumedOrder } from './assumed-order.ts'
import { type Binding, buildDelegationGraph, type DelegationGraph } from './delegation-graph.ts'
import { tablesOfServer } from './gateway-tables.ts'
import type { IstioSettings } from './istio-settings.ts'
import { type AccessAt, accessAtGateways, noPolicies } from './listeners/access-at-gateways.ts'
import {
  assumedListening,
  isServerOrderOpen,
  type Listening,
  type OwnServer,
} from './listeners/server-duplicates.ts'
import { type TlsListeners, tlsListeners } from './listeners/tls-listeners.ts'
import { type MergedVirtualService, mergeVirtualServices } from './merge-virtual-services.ts'
import type { MeshServices } from './mesh-services.ts'
import { gatewayApiOfMesh, hasGatewayApi } from './meshes/gateway-api-of-mesh.ts'
import { type Placed, placedByUnits } from './meshes/mesh-division.ts'
import { resolveNames } from './resolve-names.ts'
import type { RouteTable } from './route-table.ts'
import { effectiveRouteTables } from './route-tables.ts'

/**
 * One mesh of one side. An undivided repository has one, named `default`. Names are resolved. Its objects are those that are
 * written; graph and tables are made of what is in force.
 */
export interface Mesh {
  readonly name: string
  readonly virtualServices: readonly VirtualService[]
  readonly gateways: readonly Gateway[]
  /** What graph and tables are made of, every copy of an identity included. */
  readonly inForce: Pick<InForce, 'virtualServices' | 'gateways'>
  /** Secondaries (`ns/name`) that an operator makes at run time. */
  readonly madeLater?: readonly string[]
  /** The services that are written here, on whichever side. */
  readonly services?: () => MeshServices
  /** What the Gateway API comes to; absent where nothing of it is here. */
  readonly gatewayApiOf?: GatewayApiOf
  /** The same as it is taken to be: part of the tables, and written by nobody. */
  readonly gatewayApi?: GatewayApi
  /** The policies in force that refuse requests. */
  readonly access?: MeshAccess
  readonly accessAt: AccessAt
  readonly graph: DelegationGraph
  readonly merged: readonly MergedVirtualService[]
  readonly tables: readonly RouteTable[]
  readonly listeners: TlsListeners
  /** The tables of one server that terminates TLS: what a request meets whose SNI picks it. */
  readonly tablesOfServer: (server: OwnServer) => readonly RouteTable[]
  /** The same if those servers were older which are not taken to be; absent where it is known which of two with one name is dropped. */
  readonly otherwise?: () => Mesh
}

/** What a cluster has of one side, where that is not what is written. */
export interface InForce {
  readonly virtualServices: readonly VirtualService[]
  readonly gateways: readonly Gateway[]
  /** AuthorizationPolicies; those that are written, where they are not told. */
  readonly policies?: readonly UnmodelledResource[]
  /** Those that it keeps although they are written otherwise, or nowhere that could be read. */
  readonly kept: readonly (VirtualService | Gateway)[]
}

/** Everything that the files of one side amount to. */
export interface Snapshot {
  readonly manifests: Manifests
  readonly meshes: readonly Mesh[]
  /** Objects of the base side that a cluster keeps: they are in the graph and the tables. */
  readonly kept: readonly (VirtualService | Gateway)[]
}

export interface SnapshotOptions {
  readonly settings: IstioSettings
  readonly complete: boolean
  /** Whether something else than this repository delivers an `ns/name`. */
  readonly isExternal?: ((name: string) => boolean) | undefined
  /** Which mesh an object belongs to; one of no mesh is left out. */
  readonly meshOf: (placed: Placed) => string | undefined
  /** Gateways (`ns/name`) of either side, by mesh. */
  readonly knownGateways: (mesh: string) => ReadonlySet<string>
  /** The services of a mesh that are written here, on whichever side; without it every host of a mesh is taken for one. */
  readonly services?: (mesh: string) => () => MeshServices
  /** What graph and tables are made of; without it, what is written. */
  readonly inForce?: InForce
  /** The namespace of what a file holds where an object names none; nothing unless it is said. */
  readonly namespaceOf?: (path: string) => string | undefined
}

/** Manifests of one side -> delegation graph, merged VirtualServices and effective tables of each mesh. */
export function takeSnapshot(manifests: Manifests, options: SnapshotOptions): Snapshot {
  const names = new Set<string>()
  const { kept } = options.inForce ?? { ...manifests, kept: [] }
  const others = manifests.unmodelled.filter(hasGatewayApi)
  for (const resource of [...manifests.virtualServices, ...manifests.gateways, ...kept, ...others]) {
    const mesh = options.meshOf(resource)
    if (mesh !== undefined) names.add(mesh)
  }
  const meshes = [...names].toSorted().map((name) => takeMesh(name, manifests, options))
  return { manifests, meshes, kept }
}

function takeMesh(name: string, manifests: Manifests, options: SnapshotOptions): Mesh {
  const { settings, meshOf } = options
  const isHere = (resource: VirtualService | Gateway) => meshOf(resource) === name
  const living = options.inForce ?? manifests
  const all = new Set([...manifests.virtualServices, ...living.virtualServices].filter(isHere))
  // One copy of each, so that the graph holds the very objects that are listed.
  const copies = new Map([...all].map((each) => [each, resolveNames(each, settings.clusterDomain)] as const))
  const resolved = (list: readonly VirtualService[]) => list.flatMap((each) => copies.get(each) ?? [])
  const written = {
    virtualServices: resolved(manifests.virtualServices),
    gateways: manifests.gateways.filter(isHere),
  }
  const inForce = {
    virtualServices: resolved(living.virtualServices),
    gateways: living.gateways.filter(isHere),
  }
  const madeLater = secondariesByFlagger(manifests.unmodelled.filter((each) => meshOf(each) === name))
  const services = options.services?.(name)
  const gatewayApiOf = gatewayApiOfMesh(name, manifests, options)
  const access = accessOf(name, manifests, options)
  return meshWithout(
    {
      name,
      ...written,
      inForce,
      madeLater,
      access,
      ...(services && { services }),
      ...(gatewayApiOf && { gatewayApiOf }),
    },
    new Set(),
    options,
  )
}

/** The policies of a mesh that are in force, and what the files of the side say of whom they are for. */
function accessOf(name: string, manifests: Manifests, options: SnapshotOptions): MeshAccess {
  const { meshOf, inForce, namespaceOf = () => undefined } = options
  const isHere = (placed: Placed) => meshOf(placed) === name
  const policies = actingPolicies((inForce?.policies ?? manifests.unmodelled).filter(isHere))
  const facts = () =>
    accessFacts(
      manifests.files.filter((file) => placedByUnits(file).some(isHere)),
      manifests.unmodelled.filter(isHere),
      namespaceOf,
    )
  return { policies, facts: remembered(facts) }
}

interface WithoutOptions extends Omit<SnapshotOptions, 'meshOf' | 'inForce' | 'services' | 'namespaceOf'> {
  /** What a delegate is filled in with. */
  readonly bound?: Binding
  /** What is taken for granted of the listeners; what is likeliest unless it is said. */
  readonly listening?: Listening
}

const otherListening: Listening = { ...assumedListening, oldest: 'last' }

/** What a mesh is made of. */
type MeshObjects = Pick<
  Mesh,
  'name' | 'virtualServices' | 'gateways' | 'inForce' | 'madeLater' | 'services' | 'gatewayApiOf' | 'access'
>

/** The mesh as it is without some of its objects: of those that are left with one identity, the last by path lives. */
export function meshWithout(
  objects: MeshObjects,
  leftOut: ReadonlySet<VirtualService | Gateway>,
  options: WithoutOptions,
): Mesh {
  const { settings, complete, isExternal, knownGateways, bound, listening } = options
  const { name, virtualServices, gateways, inForce, madeLater = [] } = objects
  const { services, gatewayApiOf, access = noPolicies } = objects
  const isThere = (resource: VirtualService | Gateway) => !leftOut.has(resource)
  const living = lastApplied(inForce.virtualServices.filter(isThere))
  const graph = buildDelegationGraph(living, settings, {
    complete,
    isElsewhere: (target) => isExternal?.(target) === true || isAmong(madeLater, target),
    ...(bound && { bound }),
  })
  const gatewayApi = gatewayApiOf?.(listening ?? assumedListening)
  const merged = withLists(mergeVirtualServices(graph, settings), gatewayApi)
  const known = { ...(services && { services }), ...(gatewayApiOf && { gatewayApiOf }) }
  const standing = [...lastApplied(inForce.gateways.filter(isThere)), ...(gatewayApi?.gateways ?? [])]
  const listeners = tlsListeners(standing, listening)
  const input = {
    mesh: name,
    merged,
    gateways: standing,
    listeners,
    ...(listening && { listening }),
    knownGateways: new Set([...knownGateways(name), ...notIstios(gatewayApi, isExternal)]),
    settings,
    ...(services && { services }),
    ...(gatewayApi && { openAt: gatewayApi.openAt }),
  }
  const tables = effectiveRouteTables(input)
  const ofServer = memoized((server: OwnServer) => tablesOfServer(server, input))
  const isOpen = listening === undefined && (isServerOrderOpen(standing) || areListsOpen(gatewayApi))
  const otherwise = () => meshWithout(objects, leftOut, { ...options, listening: otherListening })
  return {
    ...{ name, virtualServices, gateways, inForce, madeLater, ...known, graph, merged, tables, listeners },
    tablesOfServer: ofServer,
    ...(gatewayApi && { gatewayApi }),
    access,
    accessAt: accessAtGateways(access, standing, settings),
    ...(isOpen && { otherwise: remembered(otherwise) }),
  }
}

/** Gateways of Kubernetes: whoever names one where Istio's own are meant is bound to nothing. */
export function notIstios(
  gatewayApi: GatewayApi | undefined,
  isExternal: SnapshotOptions['isExternal'],
): readonly string[] {
  const named = (gatewayApi?.all ?? []).filter(({ kind }) => kind === 'Gateway').map(identityOf)
  return named.filter((each) => isExternal?.(each) !== true)
}

/** What is written, and what the control plane makes of the Gateway API, as Istio reads it. */
function withLists(
  merged: readonly MergedVirtualService[],
  gatewayApi: GatewayApi | undefined,
): readonly MergedVirtualService[] {
  if (gatewayApi === undefined || gatewayApi.lists.length === 0) return merged
  return [...merged, ...gatewayApi.lists].toSorted((a, b) => assumedOrder(a.virtualService, b.virtualService))
}

/** Whether some rules of one list come in the order of ages that nobody knows here. */
function areListsOpen(gatewayApi: GatewayApi | undefined): boolean {
  return gatewayApi?.lists.some(({ open }) => open.length > 0) === true
}

function isAmong(names: readonly string[], target: string): boolean {
  return names.some((each) => mayBeIdentity(each, target))
}

/** Without a namespace, or with a name that another tool fills in, two objects may well be meant for two places. */
function isNotKnown(resource: VirtualService | Gateway): boolean {
  return resource.namespace === undefined || isUnknown(identityOf(resource))
}

/** Of several objects with one identity a cluster keeps the last one applied; they are read in the order of their paths. */
function lastApplied<T extends VirtualService | Gateway>(resources: readonly T[]): readonly T[] {
  const last = new Map(resources.map((each) => [identityOf(each), each]))
  return resources.filter((each) => isNotKnown(each) || last.get(identityOf(each)) === each)
}
