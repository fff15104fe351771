import { features } from '../../manifest/istio-features.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { normalizedPath } from '../../match/normalized-path.ts'
import type { Request } from '../../match/request.ts'
import { memoized } from '../../source/memoized.ts'
import { remembered } from '../../source/remembered.ts'
import { copiesBeside, type DifferingCopies, differingCopies } from '../copies/other-copies.ts'
import type { IstioSettings } from '../istio-settings.ts'
import { type AccessAt, admittingAll } from '../listeners/access-at-gateways.ts'
import { labelsOfPods } from '../listeners/gateways.ts'
import type { TlsServer } from '../listeners/tls-listeners.ts'
import { isSurelyServed } from '../mesh-services.ts'
import { allGatewaysOf } from '../meshes/all-gateways.ts'
import type { RouteTable } from '../route-table.ts'
import type { Mesh } from '../snapshot.ts'
import { fromPods, namesOf, splitAuthority } from './asked-names.ts'
import type { ReadRequest } from './compiled-routes.ts'
import { type ExplainedHost, explainHost } from './explain-host.ts'
import type { Explanation } from './explanation.ts'
import { type HostIndex, indexHosts } from './host-index.ts'
import { refusalAt } from './refusal-at.ts'
import { mayTakeName, unknownHosts, withOtherServers, withService, withUnknown } from './unknown-values.ts'

/** A request, and the gateway it arrives at; without one, every gateway that serves its host answers. */
export interface AskedRequest extends Request {
  /** `ns/name`, or `mesh`. */
  readonly gateway?: string
  /** Without it every mesh answers. */
  readonly mesh?: string
}

export interface Explainer {
  /** One answer for each mesh and gateway that is asked; never none. */
  explain(asked: AskedRequest): readonly Explanation[]
  /** The first gateway that serves the host of a request: `mesh` only if no other does. */
  gatewayFor(asked: AskedRequest): string
}

/** The tables of one gateway of one mesh. */
interface Door {
  readonly mesh: string
  readonly gateway: string
  readonly hosts: HostIndex
  /** The tables whose host another tool fills in. */
  readonly unknown: readonly RouteTable[]
  readonly copies: DifferingCopies
  readonly accessAt: AccessAt
  /** Labels that its pods surely have. */
  readonly labels: Readonly<Record<string, string>>
  /** The server that SNI picks, among all Gateways that listen there, and its tables; undefined where no TLS is spoken. */
  pick(asked: AskedRequest): Picked | undefined
  /** The same if those servers were older which are not taken to be; undefined where that is known. */
  otherwise(): Door | undefined
}

interface Picked {
  /** `ns/name`; undefined where TLS refuses the name. */
  readonly gateway: string | undefined
  readonly tables: readonly RouteTable[]
}

/**
 * Evaluates requests one by one, straight from the tables: shares nothing with the sets of requests, so that each can
 * be held against the other. Tables are prepared when they are first met.
 */
export function createExplainer(meshes: readonly Mesh[], settings: IstioSettings): Explainer {
  const doors = new Map(meshes.map((mesh) => [mesh.name, doorsOf(mesh)]))
  const explainer = explainHost(features(settings.version))
  const at = (door: Door, asked: AskedRequest) => explainEitherWay(door, asked, { settings, explainer })
  const asked = (request: AskedRequest) => {
    const names = request.mesh === undefined ? [...doors.keys()] : [request.mesh]
    return names.length === 0 ? ['default'] : names
  }
  return {
    explain(request) {
      return asked(request).flatMap((mesh) => {
        const { known, doorAt } = doors.get(mesh) ?? noDoors(mesh)
        const judged = (door: Door, answer: Explanation) => refused(answer, door, { request, settings })
        const given = (door: Door) => [judged(door, at(door, request))]
        if (request.gateway !== undefined) return given(doorAt(request.gateway))
        const all = [...known.values()]
          .filter((door) => !isElsewhere(door, request, known))
          .map((door) => ({ door, answer: at(door, request) }))
        const serving = all.filter(({ answer }) => answer.outcome !== 'no-host')
        const answers = serving.length > 0 ? serving : all
        if (answers.length === 0) return given(doorAt('mesh'))
        return answers.map(({ door, answer }) => judged(door, answer))
      })
    },
    gatewayFor(request) {
      const serving = asked(request)
        .flatMap((mesh) => [...(doors.get(mesh)?.known.values() ?? [])])
        .filter((door) =>
          [...tablesAt(door, request, settings).tables, ...tablesPerhapsAt(door, request, settings)].some(
            ({ routes }) => routes.length > 0,
          ),
        )
      return (serving.find(({ gateway }) => gateway !== 'mesh') ?? serving[0])?.gateway ?? 'mesh'
    },
  }
}

interface Doors {
  /** Those of the Gateways that have tables. */
  readonly known: ReadonlyMap<string, Door>
  /** That of any: one without tables may still listen where SNI picks another. */
  doorAt(gateway: string): Door
}

function doorsOf(mesh: Mesh): Doors {
  const byGateway = Map.groupBy(mesh.tables, (table) => table.gateway)
  const copies = differingCopies(mesh)
  const indexes = new Map([...byGateway].map(([gateway, own]) => [gateway, indexHosts(own)]))
  const hostsOf = memoized((server: TlsServer) => indexHosts(mesh.tablesOfServer(server)))
  const { otherwise } = mesh
  const others = remembered(() => otherwise && doorsOf(otherwise()))
  const doorAt = (gateway: string): Door => ({
    mesh: mesh.name,
    gateway,
    hosts: indexes.get(gateway) ?? indexHosts([]),
    pick: (asked) => pickBySni(gateway, asked, { mesh, hostsOf }),
    copies,
    unknown: (byGateway.get(gateway) ?? []).filter(({ host }) => isUnknown(host)),
    labels: labelsAt(gateway, mesh),
    accessAt: mesh.accessAt,
    otherwise: () => others()?.doorAt(gateway),
  })
  const known = new Map([...byGateway.keys()].map((gateway) => [gateway, doorAt(gateway)]))
  return { known, doorAt: (gateway) => known.get(gateway) ?? doorAt(gateway) }
}

/** Where another Gateway, with tables of its own, takes the name by TLS, that one answers. */
function isElsewhere(
  { gateway, pick }: Door,
  request: AskedRequest,
  known: ReadonlyMap<string, Door>,
): boolean {
  if (request.port === undefined) return false
  const picked = pick(request)?.gateway
  return picked !== undefined && picked !== gateway && known.has(picked)
}

function pickBySni(
  gateway: string,
  { authority, sni, port, sourceLabels = {} }: AskedRequest,
  { mesh, hostsOf }: { readonly mesh: Mesh; readonly hostsOf: (server: TlsServer) => HostIndex },
): Picked | undefined {
  const labels = { ...sourceLabels, ...labelsAt(gateway, mesh) }
  const areKnown = Object.keys(sourceLabels).length > 0
  const { listeners } = mesh
  const listener = areKnown ? listeners.onPods(gateway, port, labels) : listeners.at(gateway, port)
  if (listener === undefined || listener.isOpen) return undefined
  const { name } = splitAuthority(authority)
  const server = listener.serverFor((sni ?? name).toLowerCase())
  if (server === undefined) return { gateway: undefined, tables: [] }
  return { gateway: identityOf(server.gateway), tables: hostsOf(server).tablesFor(name, port) }
}

/** A mesh that has nothing here. */
function noDoors(mesh: string): Doors {
  const [hosts, copies] = [indexHosts([]), new Map()]
  const nothing = {
    hosts,
    copies,
    unknown: [],
    labels: {},
    accessAt: admittingAll,
    pick: () => undefined,
    otherwise: () => undefined,
  }
  return { known: new Map(), doorAt: (gateway) => ({ mesh, gateway, ...nothing }) }
}

function labelsAt(name: string, mesh: Mesh): Door['labels'] {
  const gateway = allGatewaysOf(mesh).findLast((each) => identityOf(each) === name)
  return gateway === undefined ? {} : labelsOfPods(gateway)
}

/** Policies are asked before any route: whom they refuse for sure no route answers. */
function refused(
  answer: Explanation,
  door: Door,
  { request, settings }: { readonly request: AskedRequest; readonly settings: IstioSettings },
): Explanation {
  const { port } = tablesAt(door, request, settings).request
  const refusal = refusalAt(request, door.accessAt(door.gateway, port), settings)
  if (refusal === undefined) return answer
  if (!refusal.isCertain) return { ...answer, refusal }
  const { mesh, gateway, host } = answer
  return { mesh, gateway, ...(host !== undefined && { host }), outcome: 'denied', refusal, skipped: [] }
}

/** Where it is not known which of two servers is dropped, what is answered in either case. */
function explainEitherWay(door: Door, asked: AskedRequest, tools: Tools): Explanation {
  const answer = explainAt(door, asked, tools)
  const other = door.otherwise()
  if (other === undefined) return answer
  const { mesh, gateway } = door
  return { mesh, gateway, ...withOtherServers(answer, explainAt(other, asked, tools)) }
}

interface Tools {
  readonly settings: IstioSettings
  readonly explainer: ExplainedHost
}

function explainAt(door: Door, asked: AskedRequest, { settings, explainer }: Tools): Explanation {
  const { mesh, gateway } = door
  const { tables: own, request } = tablesAt(door, asked, settings)
  const tables =
    door.pick({ ...asked, ...(request.port !== undefined && { port: request.port }) })?.tables ?? own
  const read: ReadRequest = { request, path: request.path.replace(/[?#].*$/s, '') }
  const unknown = tablesPerhapsAt(door, asked, settings)
  const beside = unknown.map((table) => explainer(gateway, [table], read))
  const known = explainKnown({ gateway, tables, names: namesOf(gateway, request, settings) }, read, explainer)
  const answer = withUnknown(
    known,
    beside.filter(({ outcome }) => outcome !== 'no-host'),
  )
  const copies = copiesBeside(answer.route, splitAuthority(request.authority).name, door.copies)
  return {
    mesh,
    gateway,
    ...answer,
    ...(copies.length > 0 && { otherCopies: true }),
    skipped: [...answer.skipped, ...copies, ...unknown.flatMap(unknownHosts)],
  }
}

interface Asked {
  readonly gateway: string
  readonly tables: readonly RouteTable[]
  readonly names: readonly string[]
}

/** What is answered, and what might be where the host, which is not known to be one, is a service. */
function explainKnown(
  { gateway, tables, names }: Asked,
  read: ReadRequest,
  explainer: ExplainedHost,
): ReturnType<ExplainedHost> {
  const isSure = ({ surely }: RouteTable) => isSurelyServed(surely, names, read.request.port)
  const sure = explainer(gateway, tables.filter(isSure), read)
  const serving = tables.findIndex((table) => isSure(table) && table.host === sure.host)
  const perhaps = tables.slice(0, serving === -1 ? tables.length : serving).filter((each) => !isSure(each))
  return perhaps.length === 0 ? sure : withService(sure, explainer(gateway, perhaps, read))
}

/** The tables that take the host, on the port that is asked for or else on the likeliest one. */
function tablesAt(
  { gateway, hosts, labels }: Door,
  asked: AskedRequest,
  settings: IstioSettings,
): { readonly tables: readonly RouteTable[]; readonly request: Request } {
  const { gateway: _, mesh: __, ...said } = asked
  const seen = { ...said, path: normalizedPath(said.path, settings.pathNormalization) }
  const request = gateway === 'mesh' ? seen : fromPods(seen, labels, settings)
  const { port } = splitAuthority(request.authority)
  const names = namesOf(gateway, request, settings)
  const tablesOn = (wanted: number | undefined) => names.flatMap((each) => hosts.tablesFor(each, wanted))
  if (request.port !== undefined) return { tables: tablesOn(request.port), request }
  const usual = request.scheme.toLowerCase() === 'https' ? 443 : 80
  const likely = [...(port === undefined ? [] : [port]), usual]
  if (hosts.ports.length === 0)
    return { tables: tablesOn(undefined), request: { ...request, port: likely[0] ?? usual } }
  const ports = [...likely.filter((each) => hosts.ports.includes(each)), ...hosts.ports]
  const serving = ports.find((each) => tablesOn(each).some(({ routes }) => routes.length > 0))
  const chosen = serving ?? ports[0] ?? usual
  return { tables: tablesOn(chosen), request: { ...request, port: chosen } }
}

/** The tables whose host another tool fills in, and which may come out as the one that is asked for. */
function tablesPerhapsAt(
  { gateway, unknown }: Door,
  asked: AskedRequest,
  settings: IstioSettings,
): readonly RouteTable[] {
  if (unknown.length === 0) return []
  const names = namesOf(gateway, asked, settings)
  return unknown.filter(
    ({ host, ports }) =>
      names.some((each) => mayTakeName(host, each)) &&
      (asked.port === undefined || ports === undefined || ports.includes(asked.port)),
  )
}
