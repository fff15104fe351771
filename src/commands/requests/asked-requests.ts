import { isUnknown } from '../../domain/manifest/placeholders/placeholders.ts'
import { hostExamples } from '../../domain/match/witness-request.ts'
import type { AskedRequest } from '../../domain/routing/explain/explain-request.ts'
import type { RouteTable } from '../../domain/routing/route-table.ts'
import type { Snapshot } from '../../domain/routing/snapshot.ts'
import type { WrittenRequest } from './request-argument.ts'

/** Where no host is named, every host that is served is asked, at the Gateways if there are any. */
export function askedRequests(
  { authority, ...request }: WrittenRequest,
  { meshes }: Pick<Snapshot, 'meshes'>,
): readonly AskedRequest[] {
  if (authority !== undefined) return [{ ...request, authority }]
  const served = tablesOf(meshes).filter(({ host }) => !isUnknown(host))
  const hosts = new Set(openTo(request.gateway, served).map(({ host }) => host))
  if (hosts.size === 0) return [{ ...request, authority: '' }]
  return [...hosts].map((host) => ({ ...request, authority: hostExamples(host)[0] ?? host }))
}

/** The tables of all meshes. */
export function tablesOf(meshes: Snapshot['meshes']): readonly RouteTable[] {
  return meshes.flatMap(({ tables }) => tables)
}

function openTo(gateway: string | undefined, tables: readonly RouteTable[]): readonly RouteTable[] {
  if (gateway !== undefined) return tables.filter((table) => table.gateway === gateway)
  const atGateways = tables.filter((table) => table.gateway !== 'mesh')
  return atGateways.length > 0 ? atGateways : tables
}
