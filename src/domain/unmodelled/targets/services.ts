import { at, objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import { hostMatches, resolveHost } from '../../manifest/names.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Team } from '../../ownership/team.ts'
import { memoized } from '../../source/memoized.ts'
import { type Reached, reachedBy } from '../reached.ts'
import { destinationsOf } from '../reading/destinations.ts'
import { owned, type World } from './world.ts'

/** A resource that names a host, in full. */
interface Naming {
  readonly resource: Pick<Resource, 'file' | 'namespace'>
  readonly host: string
  /** The port is left to Istio, which knows it as long as there is one alone. */
  readonly isWithoutPort?: true
}

/** Whether two hosts may be one; the namespace of a service that nothing says, `?`, may be any. */
function sameHost(a: string, b: string): boolean {
  if (!a.includes('.?.') && !b.includes('.?.')) return hostMatches(a, b)
  const [first = '', second = ''] = [a, b].map((host) => host.split('.')[0])
  return first === second && [a, b].every((host) => host.includes('.svc.'))
}

/** The owners of the Services and ServiceEntries that have a host; `self` is not among them. */
export function providersOf(
  world: World,
  host: string,
  self?: Pick<Resource, 'file' | 'name'>,
): readonly Team[] {
  const isSelf = ({ file, name, kind }: Provider) =>
    kind === 'ServiceEntry' && file.path === self?.file.path && name === self.name
  return naming(indexesOf(world).providers, host)
    .filter(({ resource }) => !isSelf(resource))
    .map(({ resource }) => world.ownerOf(resource))
}

/** The owners of the routes that lead to a host: of VirtualServices, of the Gateway API, of Ingresses. */
export function leadingTo(world: World, host: string, among?: readonly string[]): readonly Team[] {
  return naming(indexesOf(world).backends, host)
    .filter(
      ({ resource: { namespace } }) =>
        among === undefined || namespace === undefined || among.includes(namespace),
    )
    .map(({ resource }) => world.ownerOf(resource))
}

/** The same of those that name no port. */
export function leadingWithoutPort(world: World, host: string): readonly Team[] {
  return naming(indexesOf(world).backends, host)
    .filter(({ isWithoutPort }) => isWithoutPort === true)
    .map(({ resource }) => world.ownerOf(resource))
}

type Provider = Pick<Resource, 'file' | 'name' | 'kind' | 'namespace'>

/** Hosts by their text, those apart that may be others than their text says: patterns, and services of unknown namespaces. */
interface HostIndex<T> {
  readonly byHost: ReadonlyMap<string, readonly T[]>
  readonly others: readonly T[]
}

interface Indexes {
  readonly providers: HostIndex<Naming & { readonly resource: Provider }>
  readonly backends: HostIndex<Naming>
}

const indexesOf = memoized((world: World): Indexes => {
  const { clusterDomain } = world.setting
  const services = world.partial('Service').map((resource) => ({
    resource,
    host: resolveHost(resource.name, resource.namespace, clusterDomain),
  }))
  const entries = world
    .objects('ServiceEntry')
    .flatMap((resource) =>
      textsOf(at(resource.body, 'spec', 'hosts')).map((each) => ({ resource, host: each })),
    )
  return {
    providers: indexed([...services, ...entries]),
    backends: indexed([
      ...virtualServiceBackends(world),
      ...routeBackends(world),
      ...ingressBackends(world),
      ...askedByPolicies(world),
    ]),
  }
})

function isPlain(host: string): boolean {
  return !host.includes('*') && !host.includes('.?.')
}

/** How a port says that it carries HTTP: Istio serves all of these on one address, by host. */
const http = /^(?:http2?|grpc(?:-web)?|kubernetes\.io\/h2c)(?:-|$)/

/**
 * The owners of the Services that carry HTTP at a port; of those in some namespaces alone, if only these are reached. Other
 * Services are known by addresses of their own.
 */
export function servedAt(
  { port, among }: { readonly port: number; readonly among?: readonly string[] },
  world: World,
): readonly Reached[] {
  const services = world
    .partial('Service')
    .filter(
      ({ namespace, body }) =>
        (among === undefined || namespace === undefined || among.includes(namespace)) &&
        objectsOf(at(body, 'spec', 'ports')).some(
          (each) => each['port'] === port && http.test(textOf(each['appProtocol'] ?? each['name']) ?? ''),
        ),
    )
  if (services.length === 0) return []
  const names = services.map(({ name }) => name)
  return [reachedBy('service', names, owned(services.map(world.ownerOf)))]
}

function indexed<T extends Naming>(all: readonly T[]): HostIndex<T> {
  const lowered = all.map((each) => ({ ...each, host: each.host.toLowerCase() }))
  return {
    byHost: Map.groupBy(lowered, ({ host }) => host),
    others: lowered.filter(({ host }) => !isPlain(host)),
  }
}

/** Those of a host; one that may be another than its text says is compared with each. */
function naming<T extends Naming>({ byHost, others }: HostIndex<T>, host: string): readonly T[] {
  const asked = host.toLowerCase()
  if (isPlain(asked))
    return [...(byHost.get(asked) ?? []), ...others.filter((each) => sameHost(each.host, asked))]
  return [...byHost.values()].flatMap((same) => same.filter((each) => sameHost(each.host, asked)))
}

function virtualServiceBackends({ meshes, setting }: World): readonly Naming[] {
  const all = meshes.flatMap(({ virtualServices }) => virtualServices)
  return all.flatMap((resource) =>
    destinationsOf(resource).map(({ host, port }) => ({
      resource,
      host: resolveHost(host, resource.namespace, setting.clusterDomain),
      ...(port === undefined && { isWithoutPort: true as const }),
    })),
  )
}

/** The kinds of the Gateway API that lead requests to backends. */
export const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute']

function routeBackends({ objects, setting }: World): readonly Naming[] {
  return routeKinds.flatMap(objects).flatMap((resource) =>
    objectsOf(at(resource.body, 'spec', 'rules'))
      .flatMap((rule) => objectsOf(rule['backendRefs']))
      .flatMap((backend) => {
        const name = textOf(backend['name'])
        if (name === undefined) return []
        // A host as it is, of a ServiceEntry or of a Service.
        if (backend['kind'] === 'Hostname') return [{ resource, host: name.toLowerCase() }]
        const namespace = textOf(backend['namespace']) ?? resource.namespace
        return [
          {
            resource,
            host: resolveHost(name, namespace, setting.clusterDomain),
            ...(backend['port'] === undefined && { isWithoutPort: true as const }),
          },
        ]
      }),
  )
}

/** Policies that leave it to a service of the mesh's configuration whom they let in (`action: CUSTOM`). */
function askedByPolicies({ objects, setting }: World): readonly Naming[] {
  return objects('AuthorizationPolicy').flatMap((resource) => {
    const name = textOf(at(resource.body, 'spec', 'provider', 'name'))
    return setting.providers.filter((each) => each.name === name).map(({ host }) => ({ resource, host }))
  })
}

function ingressBackends({ partial, setting }: World): readonly Naming[] {
  return partial('Ingress').flatMap((resource) =>
    objectsOf(at(resource.body, 'spec', 'rules'))
      .flatMap((rule) => objectsOf(at(rule, 'http', 'paths')))
      .flatMap((path) => {
        const name = textOf(at(path, 'backend', 'service', 'name'))
        if (name === undefined) return []
        return [{ resource, host: resolveHost(name, resource.namespace, setting.clusterDomain) }]
      }),
  )
}
