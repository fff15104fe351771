import { at, textsOf } from '../../manifest/json-fields.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import { identityOf, isWildcard, resolveHost } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import { type Located, origin } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'
import { dependedUpon } from '../reading/depended-upon.ts'
import { destinationsOf } from '../reading/destinations.ts'
import { portsOf } from '../reading/known-by.ts'
import { isDeliveredTo } from './rules-of-host.ts'
import type { World } from './world.ts'

/** A route to a port that nothing here has of which its host is known. */
export interface MissingPort extends Located {
  readonly resource: VirtualService
  /** In full, in lower case. */
  readonly host: string
  readonly port: number
  /** The Services and ServiceEntries of that host. */
  readonly providers: readonly UnmodelledResource[]
}

/** Those of a mesh on one side; each VirtualService is told of a port once. */
export function missingPorts(mesh: Mesh, side: Snapshot, world: World): readonly MissingPort[] {
  const providers = providersIn(mesh.name, side, world)
  const { clusterDomain } = world.setting
  const missing = mesh.virtualServices
    .filter(({ refused }) => refused !== true)
    .flatMap((resource) =>
      destinationsOf(resource).flatMap(({ host: name, port, [origin]: place }) => {
        const host = resolveHost(name, resource.namespace, clusterDomain).toLowerCase()
        const known = providers.get(host) ?? []
        if (port === undefined || known.length === 0 || known.some((each) => mayHave(port, each))) return []
        return [{ resource, host, port, providers: known, ...(place && { [origin]: place }) }]
      }),
    )
  const keyOf = ({ resource, host, port }: MissingPort) => JSON.stringify([identityOf(resource), host, port])
  return [...new Map(missing.toReversed().map((each) => [keyOf(each), each])).values()].toReversed()
}

/** One that says no port, or leaves it to another tool to fill one in, may have any. */
function mayHave(port: number, provider: UnmodelledResource): boolean {
  const ports = portsOf(provider)
  const written = at(provider.body, 'spec', 'ports')
  const areAllKnown = Array.isArray(written) && written.length > 0 && written.length === ports.length
  return !areAllKnown || ports.includes(port)
}

const servicesOf = memoized(({ files }: Manifests) => dependedUpon(files, 'Service'))

function providersIn(
  mesh: string,
  { manifests }: Snapshot,
  world: World,
): ReadonlyMap<string, readonly UnmodelledResource[]> {
  const { clusterDomain } = world.setting
  const services = servicesOf(manifests).map((resource) => ({
    resource,
    host: resolveHost(resource.name, resource.namespace, clusterDomain),
  }))
  const entries = manifests.unmodelled
    .filter(({ kind }) => kind === 'ServiceEntry')
    .flatMap((resource) => textsOf(at(resource.body, 'spec', 'hosts')).map((host) => ({ resource, host })))
  const isHere = isDeliveredTo(mesh, world)
  const known = [...services, ...entries].filter(
    ({ resource, host }) => isHere(resource) && !isWildcard(host) && !isUnknown(host),
  )
  const byHost = Map.groupBy(known, ({ host }) => host.toLowerCase())
  return new Map([...byHost].map(([host, all]) => [host, all.map(({ resource }) => resource)]))
}
