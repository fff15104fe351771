import { hostMatches, resolveHost } from '../manifest/names.ts'
import type { Resource, UnmodelledResource } from '../manifest/resource.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Team } from '../ownership/team.ts'
import { type Reached, reachedBy } from './reached.ts'
import { owned, type World } from './world.ts'
import { at, objectsOf, textOf, textsOf } from './written.ts'

/** A resource that names a host, in full. */
interface Naming {
  readonly resource: Pick<Resource, 'file' | 'namespace'>
  readonly host: string
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
  const isSelf = ({ file, name }: UnmodelledResource) => file.path === self?.file.path && name === self.name
  const { clusterDomain } = world.setting
  const services = world.partial('Service').map((resource) => ({
    resource,
    host: resolveHost(resource.name, resource.namespace, clusterDomain),
  }))
  const entries = world
    .objects('ServiceEntry')
    .filter((each) => !isSelf(each))
    .flatMap((resource) =>
      textsOf(at(resource.body, 'spec', 'hosts')).map((each) => ({ resource, host: each })),
    )
  return teamsNaming([...services, ...entries], host, world)
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

/** The owners of the routes that lead to a host: of VirtualServices, of the Gateway API, of Ingresses. */
export function leadingTo(world: World, host: string, among?: readonly string[]): readonly Team[] {
  const all = [...virtualServiceBackends(world), ...routeBackends(world), ...ingressBackends(world)]
  const inReach = all.filter(
    ({ resource: { namespace } }) =>
      among === undefined || namespace === undefined || among.includes(namespace),
  )
  return teamsNaming(inReach, host, world)
}

function teamsNaming(all: readonly Naming[], host: string, { ownerOf }: World): readonly Team[] {
  return all
    .filter((each) => sameHost(each.host.toLowerCase(), host))
    .map(({ resource }) => ownerOf(resource))
}

function virtualServiceBackends({ meshes, setting }: World): readonly Naming[] {
  const all = meshes.flatMap(({ virtualServices }) => virtualServices)
  return all.flatMap((resource) =>
    destinationsOf(resource).map((host) => ({
      resource,
      host: resolveHost(host, resource.namespace, setting.clusterDomain),
    })),
  )
}

function destinationsOf({ spec }: VirtualService): readonly string[] {
  const http = (spec.http ?? []).flatMap(({ route = [], mirror, mirrors = [] }) => [
    ...route.map(({ destination }) => destination?.host),
    mirror?.host,
    ...mirrors.map(({ destination }) => destination?.host),
  ])
  const others = [...(spec.tcp ?? []), ...(spec.tls ?? [])].flatMap((each) =>
    objectsOf(each['route']).map((route) => textOf(at(route, 'destination', 'host'))),
  )
  return [...http, ...others].flatMap((host) => host ?? [])
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
        const namespace = textOf(backend['namespace']) ?? resource.namespace
        return [{ resource, host: resolveHost(name, namespace, setting.clusterDomain) }]
      }),
  )
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
