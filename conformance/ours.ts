import { isRefusedByWebhook } from '../src/domain/access/refused-policies.ts'
import { compareSides } from '../src/domain/deployment/compare-sides.ts'
import type { Comparison } from '../src/domain/diff/comparison.ts'
import type { ConnectionsOf } from '../src/domain/diff/hosts/met-host.ts'
import type { RouteChange } from '../src/domain/diff/route-change.ts'
import { allows, type Value } from '../src/domain/language/values.ts'
import type { Gateway } from '../src/domain/manifest/gateway.ts'
import { hostMatches } from '../src/domain/manifest/names.ts'
import type { UnmodelledResource } from '../src/domain/manifest/resource.ts'
import type { VirtualService } from '../src/domain/manifest/virtual-service.ts'
import { normalizedPath } from '../src/domain/match/normalized-path.ts'
import type { Request } from '../src/domain/match/request.ts'
import type { RequestSet } from '../src/domain/match/request-set.ts'
import { takeOutSnapshots } from '../src/domain/policy/clusters.ts'
import { readConfiguration } from '../src/domain/policy/configuration/configuration.ts'
import { judgeCodeowners } from '../src/domain/policy/judge-codeowners.ts'
import { createExplainer } from '../src/domain/routing/explain/explain-request.ts'
import { chooseHost } from '../src/domain/routing/host-choice.ts'
import { namesInMesh } from '../src/domain/routing/mesh-names.ts'
import type { Snapshot } from '../src/domain/routing/snapshot.ts'
import { rules } from '../src/domain/rules/index.ts'
import { sharedFiles } from '../src/domain/source/shared-files.ts'
import type { SourceFile } from '../src/domain/source/source-file.ts'
import { gatewaysOn } from './gateways-of-pod.ts'
import { type Asked, isJudged, type KubernetesObject, type MeshPair, nameOf } from './mesh.ts'
import { type Said, saidOf } from './said.ts'

export type Side = 'base' | 'merged'

/** What we make of a pair. */
export interface Ours {
  /** The objects of a side that we say are refused. */
  readonly refused: Readonly<Record<Side, ReadonlySet<string>>>
  /** Everything that may happen to a request at a gateway: one end, unless we say that it is contested. */
  explain(side: Side, asked: Asked, gateway: string): readonly Said[]
  /** The Gateways that we say are on the pod that a request arrives at, and listen there. */
  gatewaysAt(side: Side, asked: Asked): readonly string[]
  readonly changes: readonly RouteChange[]
  /** The changes that a request is part of, at one of the gateways. */
  holding(asked: Asked, gateways: readonly string[]): readonly RouteChange[]
}

/** What we take meshes to be delivered to. */
export const { policy } = readConfiguration(
  {
    path: '.github/firebreak.yml',
    text: 'istio: { dialect: istio, version: "1.32", gatewayNamespaces: [edge] }\n',
  },
  rules,
)

/** Asks the engine of `check` and `explain`, by the texts of the manifests. */
export function oursOf(pair: MeshPair): Ours {
  const base = [meshConfiguration, ...filesOf(pair.base)]
  const merged = sharedFiles([meshConfiguration, ...filesOf(pair.merged)], base)
  const snapshots = pair.agesAreKnown ? [{ file: snapshotOf(pair.base) }] : []
  const proposal = takeOutSnapshots({ base, merged, changed: [], snapshots }, policy)
  const { comparison } = compareSides(proposal, policy, judgeCodeowners({ changed: [] }))
  const explainers = {
    base: createExplainer(comparison.base.meshes, policy.istio),
    merged: createExplainer(comparison.merged.meshes, policy.istio),
  }
  const changes = [...comparison.changes, ...comparison.onCertificatesApart]
  return {
    refused: {
      base: refusedAmong(pair.base, comparison.base),
      merged: refusedAmong(pair.merged, comparison.merged),
    },
    explain: (side, asked, gateway) => {
      const request = requestOf(pair, asked)
      return explainers[side].explain({ ...request, gateway }).flatMap(saidOf)
    },
    gatewaysAt: (side, asked) => gatewaysOn(pair, comparison[side], asked),
    changes,
    holding: (asked, gateways) => {
      const sent = requestOf(pair, asked)
      const request = { ...sent, path: normalizedPath(sent.path, policy.istio.pathNormalization) }
      const at = valueAt(request)
      const inMesh = hostInMesh(comparison, request)
      return changes.filter(
        (each) =>
          gateways.includes(each.gateway) &&
          (each.gateway === 'mesh'
            ? each.host === inMesh && isAmongNames(each, request)
            : isOfHost(each, request)) &&
          requestsOn(each, request, comparison).some((requests) => holds({ ...each, requests }, at)),
      )
    },
  }
}

/** Of Istio as it comes: there is nobody whom CUSTOM could ask. */
const meshConfiguration: SourceFile = {
  path: 'istio.yaml',
  text: `${JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'istio', namespace: 'istio-system' },
    data: { mesh: 'extensionProviders: []\n' },
  })}\n`,
}

/** Each object in a file of its own. */
export function filesOf(objects: readonly KubernetesObject[]): readonly SourceFile[] {
  return objects.map((each) => {
    const { creationTimestamp: _, namespace, ...rest } = each.metadata
    const metadata = { ...rest, ...(namespace !== '' && { namespace }) }
    const path = `${each.kind}-${namespace}-${metadata.name}.yaml`.toLowerCase()
    return { path, text: `${JSON.stringify({ ...each, metadata })}\n` }
  })
}

function snapshotOf(objects: readonly KubernetesObject[]): SourceFile {
  const items = objects.filter(({ kind }) => kind !== 'Service' && kind !== 'Namespace')
  const list = { apiVersion: 'v1', kind: 'List', metadata: {}, items }
  return { path: 'cluster.yaml', text: `${JSON.stringify(list)}\n` }
}

/** What cannot be read as an object of Istio, or is one that we say is refused. */
function refusedAmong(objects: readonly KubernetesObject[], { manifests }: Snapshot): ReadonlySet<string> {
  const { virtualServices, gateways, unmodelled } = manifests
  const policies = unmodelled.filter(({ kind }) => kind === 'AuthorizationPolicy')
  const admitted = new Set([
    ...[...virtualServices, ...gateways].filter((each) => each.refused !== true).map(modelledName),
    ...policies.filter((each) => each.refused !== true && !isRefusedByWebhook(each)).map(modelledName),
  ])
  const judged = objects.filter(isJudged).map(nameOf)
  return new Set(judged.filter((name) => !admitted.has(name)))
}

function modelledName({ kind, namespace, name }: VirtualService | Gateway | UnmodelledResource): string {
  return `${kind} ${namespace}/${name}`
}

/** The request as the gateway or sidecar has it. */
function requestOf({ pods }: MeshPair, asked: Asked): Request {
  const pod = pods[asked.pod]
  if (pod === undefined) throw new Error(`There is no pod ${asked.pod}`)
  const { method, authority, path, headers, port, sni } = asked
  return {
    method,
    scheme: sni === undefined ? 'http' : 'https',
    authority,
    path,
    headers,
    port,
    ...(sni !== undefined && { sni }),
    sourceLabels: pod.labels,
    sourceNamespace: pod.namespace,
  }
}

/** The value of each dimension of a request, as sets of requests name them. */
function valueAt(request: Request): (dimension: string) => Value {
  const [path = '', ...rest] = request.path.split('?')
  const pairs = rest
    .join('?')
    .split('&')
    .filter((pair) => pair !== '')
  // The first value of a repeated parameter counts, so that it is set last.
  const query = new Map(pairs.toReversed().map((pair) => nameAndValue(pair)))
  const simple: Readonly<Record<string, Value>> = {
    path,
    method: request.method,
    scheme: request.scheme,
    authority: request.authority,
    port: String(request.port),
    namespace: request.sourceNamespace ?? '',
  }
  return (dimension) => {
    const [kind = '', ...name] = dimension.split(':')
    if (kind === 'header') return request.headers[name.join(':')]
    if (kind === 'query') return query.get(name.join(':'))
    if (kind === 'label') return request.sourceLabels?.[name.join(':')]
    return simple[kind]
  }
}

function nameAndValue(pair: string): readonly [string, string] {
  const [name = '', ...value] = pair.split('=')
  return [name, value.join('=')]
}

/** Whether a change is about the host that a request to a gateway names. */
function isOfHost({ host, requests }: RouteChange, request: Request): boolean {
  return hostMatches(host, nameIn(request.authority)) && isAmongNames({ requests }, request)
}

/** What a change says of the connection that a request is sent on: the name by which that was opened may not be the host. */
function requestsOn(change: RouteChange, request: Request, comparison: Comparison): readonly RequestSet[] {
  const { requests, connections, alsoOn = [] } = change
  const { sni, authority } = request
  const isOn = ({ names, among }: Pick<ConnectionsOf, 'names' | 'among'>) =>
    names.includes(chooseHost(among, sni ?? '') ?? '')
  if (connections !== undefined) return isOn(connections) ? [requests] : []
  const also = alsoOn.filter(isOn).map((each) => each.requests)
  if (sni === undefined || pickAlike(change, [sni, nameIn(authority)], comparison)) return [requests, ...also]
  return also
}

/** Whether both names pick the same servers, before and after; where the order of servers is not known, in some order. */
function pickAlike(
  { mesh, gateway, ports = [], certain }: RouteChange,
  [one, other]: readonly [string, string],
  { base, merged }: Comparison,
): boolean {
  const here = [base, merged].flatMap(({ meshes }) => meshes.filter(({ name }) => name === mesh))
  const orders = [here, ...(certain ? [] : [here.map((each) => each.otherwise?.() ?? each)])]
  return orders.some((meshes) =>
    meshes
      .flatMap(({ listeners }) => ports.flatMap((port) => listeners.at(gateway, port) ?? []))
      .every((listener) => listener.serverFor(one) === listener.serverFor(other)),
  )
}

/** Whether a change is about the name that a request gives its host. */
function isAmongNames({ requests }: Pick<RouteChange, 'requests'>, { authority }: Request): boolean {
  const names = requests.universe?.('authority')
  return names === undefined || allows(names, nameIn(authority))
}

/** The host of the mesh that a request from a sidecar means by one of its names: the most special of both sides. */
function hostInMesh(
  { base, merged }: Comparison,
  { authority, sourceNamespace }: Request,
): string | undefined {
  const tables = [...base.meshes, ...merged.meshes].flatMap((mesh) => mesh.tables)
  const hosts = tables.filter(({ gateway }) => gateway === 'mesh').map(({ host }) => host)
  const names = namesInMesh(nameIn(authority), sourceNamespace, policy.istio.clusterDomain)
  return names.flatMap((name) => chooseHost(hosts, name) ?? [])[0]
}

function nameIn(authority: string): string {
  return authority.replace(/:\d+$/, '').toLowerCase()
}

/** Whether a change is about the request; of what is not looked into it may be. */
function holds({ ports, requests }: RouteChange, at: (dimension: string) => Value): boolean {
  if (ports !== undefined && !ports.some((port) => String(port) === at('port'))) return false
  return requests.boxes.some((box) =>
    [...box].every(([dimension, values]) => dimension.startsWith('opaque:') || allows(values, at(dimension))),
  )
}
