import type { ManifestDiagnostic } from '../../manifest/manifests.ts'
import { identityOf, shownName } from '../../manifest/names.ts'
import { diagnosticOf } from '../../manifest/validation/problem.ts'
import { refusedByEnvoy, tooManyHeaders } from '../../manifest/validation/routes/refused-by-envoy.ts'
import { unreadablePatterns } from '../../manifest/validation/routes/refused-patterns.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'
import { twiceNamedServers } from './twice-named-servers.ts'

/** Something that Istio lets pass and Envoy refuses. */
export interface Refused {
  readonly diagnostic: ManifestDiagnostic
  /** All that is refused with it: the tables of each port that holds it. Empty where no proxy is known to. */
  readonly ports: readonly RefusedPort[]
}

export interface RefusedPort {
  readonly mesh: string
  /** `ns/name`, or `mesh`. */
  readonly gateway: string
  /** Absent where any port is possible. */
  readonly numbers?: readonly number[]
  readonly tables: readonly RouteTable[]
}

/** What Envoy refuses of one side, and with what. */
export const refusedPorts: (side: Snapshot) => readonly Refused[] = memoized((side: Snapshot) => [
  ...side.manifests.diagnostics
    .filter(({ id }) => id === 'rejected-by-proxy')
    .map((diagnostic) => ({
      diagnostic,
      ports: side.meshes.flatMap((mesh) => portsHolding(diagnostic, mesh)),
    })),
  ...side.meshes.flatMap((mesh) => [
    ...refusedWhenMerged(mesh),
    ...refusedServers(mesh),
    ...refusedRoutes(mesh),
  ]),
])

/** What neither of two objects says alone: a secondary's entry has the headers of its primary beside those of its target. */
function refusedWhenMerged(mesh: Mesh): readonly Refused[] {
  return mesh.graph.edges.flatMap(({ state, secondary, route: { headers } }) => {
    if (state !== 'resolved' || secondary === undefined || headers === undefined) return []
    return (secondary.spec.http ?? [])
      .filter((entry) => entry.headers === undefined)
      .flatMap((entry) => tooManyHeaders({ ...entry, headers }))
      .map((problem) => diagnosticOf(problem, identityOf(secondary)))
      .map((diagnostic) => ({ diagnostic, ports: portsHolding(diagnostic, mesh) }))
  })
}

/** Of routes of the Gateway API nobody looks at the expressions before Envoy does; what is not sent there is not refused. */
function refusedRoutes(mesh: Mesh): readonly Refused[] {
  const sent = mesh.tables.flatMap((table) =>
    table.routes.flatMap((route) => (route.from.secondary?.madeOf ? [{ table, route }] : [])),
  )
  const byEntry = Map.groupBy(sent, ({ route: { from } }) => from)
  return [...byEntry].flatMap(([{ http, secondary }, there]) => {
    if (secondary === undefined) return []
    const at = rangeOf(http.match?.[0] ?? {}) ?? rangeOf(http) ?? rangeOf(secondary)
    const problems = [
      ...refusedByEnvoy({ ...secondary, spec: { http: [http] } }),
      ...unreadablePatterns(http, at),
    ]
    const tables = [...new Set(there.map(({ table }) => table))]
    const ports = [...Map.groupBy(tables, ({ gateway }) => gateway)].map(([gateway, own]) =>
      portOf(mesh, gateway, numbersOf(own)),
    )
    return problems.map((problem) => ({
      diagnostic: diagnosticOf({ ...problem, range: problem.range ?? at }, shownName(secondary)),
      ports,
    }))
  })
}

function refusedServers(mesh: Mesh): readonly Refused[] {
  return twiceNamedServers(mesh.inForce.gateways).map(({ diagnostic, servers }) => ({
    diagnostic,
    ports: servers.flatMap(({ gateway, port }) =>
      port === undefined ? [] : [portOf(mesh, identityOf(gateway), [port])],
    ),
  }))
}

/** The ports on which the object stands, itself or through a primary. */
function portsHolding({ resource, range }: ManifestDiagnostic, mesh: Mesh): readonly RefusedPort[] {
  const copies = mesh.virtualServices.filter((each) => identityOf(each) === resource)
  if (!copies.some(({ file }) => range === undefined || file.path === range.file.path)) return []
  const primaries = mesh.graph.edges.filter(
    ({ state, secondary }) => state === 'resolved' && secondary && identityOf(secondary) === resource,
  )
  const names = new Set([resource, ...primaries.map(({ primary }) => identityOf(primary))])
  const holding = mesh.tables.filter(({ bound }) => bound.some((each) => names.has(identityOf(each))))
  return [...Map.groupBy(holding, ({ gateway }) => gateway)].map(([gateway, tables]) =>
    portOf(mesh, gateway, numbersOf(tables)),
  )
}

function numbersOf(tables: readonly RouteTable[]): readonly number[] | undefined {
  if (tables.some(({ ports }) => ports === undefined)) return undefined
  return [...new Set(tables.flatMap(({ ports = [] }) => ports))].toSorted((a, b) => a - b)
}

function portOf(mesh: Mesh, gateway: string, numbers: readonly number[] | undefined): RefusedPort {
  const tables = mesh.tables.filter((table) => table.gateway === gateway && isOn(table, numbers))
  return { mesh: mesh.name, gateway, ...(numbers && { numbers }), tables }
}

function isOn({ ports }: RouteTable, numbers: readonly number[] | undefined): boolean {
  return ports === undefined || numbers === undefined || ports.some((each) => numbers.includes(each))
}

/** Whether both are, or may be, one port of the same proxies. */
export function sharePort(a: RefusedPort, b: RefusedPort): boolean {
  if (a.mesh !== b.mesh || a.gateway !== b.gateway) return false
  const { numbers } = b
  return a.numbers === undefined || numbers === undefined || a.numbers.some((each) => numbers.includes(each))
}
