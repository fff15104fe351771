import { isObject } from '../manifest/json.ts'
import { writtenObjects } from '../manifest/kinds/written-objects.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { isWildcard } from '../manifest/names.ts'
import { isUnknown, withDefaults } from '../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { serviceNames } from '../manifest/service-names.ts'
import { remembered } from '../source/remembered.ts'
import type { SourceFile } from '../source/source-file.ts'
import { covers } from './host-choice.ts'
import { otherNamesInMesh } from './mesh-names.ts'
import { type Placed, placedByUnits } from './meshes/mesh-division.ts'

/** The services of one mesh that are written here. */
export interface MeshServices {
  /** In full and lower case: of Services, and of ServiceEntries that everybody sees. */
  readonly hosts: ReadonlySet<string>
  /** Names of Services of which nobody says the namespace, so that it may be any. */
  readonly placeless: ReadonlySet<string>
}

/**
 * The requests from sidecars that surely come to the virtual hosts of a host. Others do only if it, or the name that they ask for, is
 * a service, and that is not known.
 */
export type SurelyServed =
  /** The host is taken for no service: under its own name, on the port of plain HTTP. */
  | { readonly own: string }
  /** A wildcard that takes services is spelled out as those, and is no virtual host itself. */
  | { readonly services: readonly string[] }

/** The port on which a sidecar has the hosts that are no service (Istio `buildSidecarOutboundVirtualHosts`). */
export const portOfOthers = 80

/** What it takes to know the services of the meshes. */
export interface ServicesReading {
  readonly clusterDomain: string
  /** The namespace of what a file holds where an object names none. */
  readonly namespaceOf: (path: string) => string | undefined
  readonly meshOf: (placed: Placed) => string | undefined
}

/** The services that some sides hold, by mesh; what is of no mesh may be of any. Files are looked into when they are first asked about. */
export function servicesIn(
  sides: readonly Manifests[],
  reading: ServicesReading,
): (mesh: string) => () => MeshServices {
  const files = remembered(() => [...new Set(sides.flatMap((side) => side.files))])
  const services = remembered(() =>
    files().flatMap((file) =>
      placedIn(file, reading).map((service) => ({
        service,
        meshes: placedByUnits(file).map(reading.meshOf),
      })),
    ),
  )
  const entries = remembered(() =>
    sides
      .flatMap(({ unmodelled }) => unmodelled)
      .flatMap((entry) =>
        declaredBy(entry).map((host) => ({ host, meshes: placedByUnits(entry.file).map(reading.meshOf) })),
      ),
  )
  return (mesh) =>
    remembered(() => {
      const own = services().filter(isOf(mesh))
      return servicesOf(
        own.map(({ service }) => service),
        entries()
          .filter(isOf(mesh))
          .map(({ host }) => host),
        reading.clusterDomain.toLowerCase(),
      )
    })
}

function isOf(mesh: string) {
  return ({ meshes }: { readonly meshes: readonly (string | undefined)[] }) =>
    meshes.includes(mesh) || meshes.includes(undefined)
}

function servicesOf(services: readonly Service[], declared: readonly string[], domain: string): MeshServices {
  const hostOf = ({ name, namespace }: Service) =>
    namespace === undefined ? [] : `${name}.${namespace}.svc.${domain}`
  return {
    hosts: new Set([...services.flatMap(hostOf), ...declared]),
    placeless: new Set(services.flatMap(({ name, namespace }) => (namespace === undefined ? name : []))),
  }
}

interface Service {
  readonly name: string
  readonly namespace?: string
}

function placedIn(file: SourceFile, { namespaceOf }: ServicesReading): readonly Service[] {
  if (!/\bService\b/.test(file.text)) return []
  return writtenObjects(file, (text) => /\bService\b/.test(text))
    .filter(({ kind, name }) => kind === 'Service' && !isUnknown(name))
    .map(({ name, namespace }) => {
      const own = withDefaults(namespace ?? namespaceOf(file.path) ?? '')
      return { name, ...(own !== '' && !isUnknown(own) && { namespace: own }) }
    })
}

function declaredBy({ kind, body }: UnmodelledResource): readonly string[] {
  const spec = body['spec']
  if (kind !== 'ServiceEntry' || !isObject(spec)) return []
  const texts = (value: unknown) =>
    Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  const exportTo = texts(spec['exportTo'])
  const isSeen = exportTo.length === 0 || exportTo.includes('*')
  return isSeen ? texts(spec['hosts']).map((host) => host.toLowerCase()) : []
}

/**
 * What is known of a host by the services that are written here. Undefined where it is one of them; and where none is written here at
 * all, every host is taken for one.
 */
export function surelyServed(
  host: string,
  services: MeshServices | undefined,
  clusterDomain: string,
): SurelyServed | undefined {
  if (services === undefined || isUnknown(host) || !areKnown(host, services, clusterDomain)) return undefined
  if (!isWildcard(host)) return isAmong(host, services, clusterDomain) ? undefined : { own: host }
  const taken = [...services.hosts].filter((each) => covers(host, each))
  return taken.length === 0 ? { own: host } : { services: taken.toSorted() }
}

/** Whether services are written here among which the host would be. Those that several clusters share are made by themselves. */
function areKnown(host: string, { hosts }: MeshServices, clusterDomain: string): boolean {
  const names = serviceNames(host, clusterDomain)
  if (hosts.size === 0 || names?.namespace === '?') return false
  return (
    names?.sure !== true || names.namespace === '*' || host.endsWith(`.svc.${clusterDomain.toLowerCase()}`)
  )
}

function isAmong(host: string, { hosts, placeless }: MeshServices, clusterDomain: string): boolean {
  if (hosts.has(host)) return true
  const { service = '', namespace = '' } = serviceNames(host, clusterDomain) ?? {}
  return placeless.has(service) || hosts.has(`${service}.${namespace}.svc.${clusterDomain.toLowerCase()}`)
}

/** The names that surely come to a host, as clients write them, wildcards included. */
export function namesServed(served: SurelyServed, clusterDomain: string): readonly string[] {
  if ('own' in served) return [served.own]
  return served.services.flatMap((each) => [each, ...otherNamesInMesh(each, clusterDomain)])
}

/** Whether a request from a sidecar surely comes to a host, by the names that it may mean (the written one first) and its port. */
export function isSurelyServed(
  served: SurelyServed | undefined,
  [written = '', ...others]: readonly string[],
  port: number | undefined,
): boolean {
  if (served === undefined) return true
  if ('own' in served) return port === portOfOthers && covers(served.own, written)
  return [written, ...others].some((name) => served.services.some((each) => covers(each, name)))
}
