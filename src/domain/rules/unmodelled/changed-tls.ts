import type { Comparison } from '../../diff/comparison.ts'
import type { Gateway, Server } from '../../manifest/gateway.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { fullKind } from '../../manifest/kinds/deciding-groups.ts'
import { hostsMayMeet, identityOf } from '../../manifest/names.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import { code } from '../../terms/code.ts'
import { say, words } from '../../words/phrase.ts'
import type { Unmodelled } from './unmodelled.ts'

/**
 * The Gateways that prove to be who they are by something else than before, or take other clients, for hosts that they served already:
 * whoever has a VirtualService there for these. Secondaries have what their primary agrees to.
 */
export function changedTls(
  side: Snapshot,
  mesh: Mesh,
  compared: Pick<Comparison, 'base' | 'merged'>,
): readonly Unmodelled[] {
  if (side !== compared.merged) return []
  const before = compared.base.meshes
    .filter(({ name }) => name === mesh.name)
    .flatMap(({ gateways }) => gateways)
  return mesh.gateways.flatMap((gateway) => {
    const old = before.filter((each) => identityOf(each) === identityOf(gateway))
    const hosts = hostsOtherwise(old, gateway)
    return hosts.length === 0 ? [] : [changed(gateway, hosts, mesh)]
  })
}

/** By port and host what a server says of TLS, but for its mode, which decides about requests. */
function saidByHost(gateways: readonly Gateway[]): ReadonlyMap<string, string> {
  const servers = gateways.flatMap(({ spec }) => spec.servers ?? [])
  return new Map(
    servers.flatMap((server) =>
      (server.hosts ?? []).map(
        (host) => [canonicalJson([server.port?.number ?? null, host]), tlsOf(server)] as const,
      ),
    ),
  )
}

function tlsOf({ tls }: Server): string {
  const { mode: _, httpsRedirect: __, ...said } = tls ?? {}
  return canonicalJson(said)
}

function hostsOtherwise(before: readonly Gateway[], gateway: Gateway): readonly string[] {
  const old = saidByHost(before)
  return (gateway.spec.servers ?? []).flatMap((server) =>
    (server.hosts ?? []).filter((host) => {
      const was = old.get(canonicalJson([server.port?.number ?? null, host]))
      return was !== undefined && was !== tlsOf(server)
    }),
  )
}

function changed(gateway: Gateway, hosts: readonly string[], { name, tables }: Mesh): Unmodelled {
  const own = identityOf(gateway)
  const plain = hosts.map((host) => host.slice(host.indexOf('/') + 1))
  const others = tables
    .filter(
      (table) =>
        table.gateway === own &&
        plain.some((host) => hostsMayMeet(host, table.host) || hostsMayMeet(table.host, host)),
    )
    .flatMap(({ bound }) => bound.map(({ file }) => file.path))
  return {
    key: `${name} Gateway ${own} tls`,
    content: canonicalJson((gateway.spec.servers ?? []).map(tlsOf)),
    code: 'unmodelled-change.other-servers',
    name: say`What Gateway ${code(gateway.name)} says of TLS`,
    why: words(
      'By which certificate a host is served, and to which clients, is not compared request by request',
    ),
    resource: own,
    kind: fullKind(gateway),
    mesh: name,
    path: gateway.file.path,
    others: [...new Set(others)],
    node: gateway.spec,
    field: 'servers',
  }
}
