import { type Doubt, doubt } from '../doubt.ts'
import { isObject, type JsonValue } from '../manifest/json.ts'
import { type WrittenObject, writtenObjects } from '../manifest/kinds/written-objects.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { hostMatches } from '../manifest/names.ts'
import { isUnknown, withDefaults } from '../manifest/placeholders/placeholders.ts'
import { serviceNames } from '../manifest/service-names.ts'
import { memoized, memoizedByText } from '../source/memoized.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Ownership } from './ownership.ts'
import type { Team } from './team.ts'

/** Whose file says that a host, or the namespace in which it lies, is theirs. */
export interface HostHolder {
  readonly team: Team
  readonly path: string
}

/** Something that a host stands for or covers. Without holders Git says nothing of whose it is. */
export interface HeldHost {
  /** `services`: those of whatever namespaces there are. */
  readonly kind: 'service' | 'namespace' | 'service-entry' | 'services'
  /** `svc.ns`, the namespace, or the host. */
  readonly name: string
  readonly namespace?: string
  /** Where the Service says no namespace it may be another. */
  readonly doubts: readonly Doubt[]
  readonly holders: readonly HostHolder[]
}

/** What the index is made of: one side of one mesh. */
export interface HostOwnersInput {
  readonly manifests: Manifests
  readonly ownership: Ownership
  readonly clusterDomain: string
  /** The namespace of what a file holds where an object names none. */
  readonly namespaceOf: (path: string) => string | undefined
  /** Whether a file may be of this mesh. */
  readonly isInMesh: (path: string) => boolean
}

/** Who has what on one side of one mesh. Files are looked into when they are first asked about. */
export interface HostOwners {
  /**
   * Who has a host inside the mesh (resolved, in lower case): of a service of the cluster whoever owns the Service, else
   * whoever has something in its namespace; of a wildcard everybody whom it covers; and whoever has it in a ServiceEntry.
   * Nothing for a host outside the cluster that nobody declares. VirtualServices are not looked at.
   */
  ofHost(host: string): readonly HeldHost[]
  /** Who has something in a namespace. */
  ofNamespace(namespace: string): readonly HostHolder[]
  /** Who has something in a namespace besides what a platform team puts into those of others. */
  livingIn(namespace: string): readonly HostHolder[]
}

/** What a platform team puts into the namespaces of others does not make them its own, unless nobody else is there. */
const guests = new Set([
  ...['Namespace', 'ResourceQuota', 'LimitRange', 'NetworkPolicy', 'Role', 'RoleBinding', 'ServiceAccount'],
  ...[
    'PeerAuthentication',
    'RequestAuthentication',
    'AuthorizationPolicy',
    'Sidecar',
    'Telemetry',
    'EnvoyFilter',
  ],
  ...[
    'ConfigMap',
    'Secret',
    'ExternalSecret',
    'Certificate',
    'ServiceMonitor',
    'PodMonitor',
    'PrometheusRule',
  ],
])

interface Index extends HostOwnersInput {
  /** The objects in files where this text stands, or that the configuration puts into the namespace of this name. */
  readonly objectsAbout: (text: string) => readonly WrittenObject[]
}

/** Indexes one side of one mesh by hosts. */
export function createHostOwners(input: HostOwnersInput): HostOwners {
  const index: Index = { ...input, objectsAbout: objectsOf(input) }
  const { ownership } = input
  return {
    ofHost: (host) => [...heldServices(host, index), ...heldEntries(host, index)],
    ofNamespace: (namespace) => heldIn(namespace, '*', index).flatMap(({ holders }) => holders),
    livingIn: (namespace) =>
      pathsOf(objectsIn(namespace, index).filter(isNoGuest)).map((path) => ({
        path,
        team: ownership.ownersOf(path),
      })),
  }
}

function objectsOf({ manifests, namespaceOf, isInMesh }: HostOwnersInput): Index['objectsAbout'] {
  const objectsIn = memoized((file: SourceFile) => {
    const objects = writtenObjects(file, (text) => text.includes('kind'))
    return objects.map((each) => placed(each, namespaceOf(file.path)))
  })
  const files = manifests.files.filter(({ path }) => isInMesh(path))
  return memoizedByText((text) => {
    const about = (file: SourceFile) => file.text.includes(text) || namespaceOf(file.path) === text
    return files.filter(about).flatMap((file) => objectsIn(file))
  })
}

/** The `Namespace` lives in itself; a namespace that another tool fills in is none that is known. */
function placed(object: WrittenObject, configured: string | undefined): WrittenObject {
  const written = object.kind === 'Namespace' ? object.name : (object.namespace ?? configured)
  const { namespace: _, ...placeless } = object
  const namespace = withDefaults(written ?? '')
  return namespace === '' || isUnknown(namespace) ? placeless : { ...placeless, namespace }
}

function heldServices(host: string, index: Index): readonly HeldHost[] {
  const names = serviceNames(host, index.clusterDomain)
  if (names === undefined) return []
  const { service, namespace, sure } = names
  if (namespace === '?') return heldAnywhere(service, index)
  if (!namespace.startsWith('*')) {
    const held = heldIn(namespace, service, index)
    return sure ? held : held.filter(({ holders, doubts }) => doubts.length === 0 && holders.length > 0)
  }
  const namespaces = new Set(index.objectsAbout('').flatMap((each) => each.namespace ?? []))
  const covered = [...namespaces].filter((each) => hostMatches(namespace, each)).sort()
  return [
    ...covered.flatMap((each) => heldIn(each, service, index)),
    { kind: 'services', name: host, doubts: [], holders: [] },
  ]
}

/** A short name of somebody who says no namespace: any Service of that name may be meant. */
function heldAnywhere(service: string, index: Index): readonly HeldHost[] {
  const named = index.objectsAbout(service).filter(isService(service))
  return named.length === 0
    ? []
    : [held('service', service, { objects: named, doubts: withoutNamespace(service, named) }, index)]
}

function heldIn(namespace: string, service: string, index: Index): readonly HeldHost[] {
  const objects = objectsIn(namespace, index)
  const named = service === '*' ? [] : objects.filter(isService(service))
  const name = `${service}.${namespace}`
  if (named.length > 0) return [held('service', name, { namespace, doubts: [], objects: named }, index)]
  const alike = service === '*' ? [] : index.objectsAbout(literal(service)).filter(isService(service))
  const maybe = alike.filter((each) => each.namespace === undefined)
  const placeless =
    maybe.length === 0
      ? []
      : [
          held(
            'service',
            name,
            { namespace, objects: maybe, doubts: withoutNamespace(service, maybe) },
            index,
          ),
        ]
  const residents = objects.filter(isNoGuest)
  const there = residents.length > 0 ? residents : objects
  if (there.length === 0 && maybe.length > 0) return placeless
  return [...placeless, held('namespace', namespace, { namespace, doubts: [], objects: there }, index)]
}

function objectsIn(namespace: string, { objectsAbout }: Index): readonly WrittenObject[] {
  return objectsAbout(namespace).filter((each) => each.namespace === namespace)
}

function isNoGuest({ kind }: WrittenObject): boolean {
  return !guests.has(kind)
}

function literal(name: string): string {
  return name.replace(/^\*/, '')
}

function isService(name: string): (object: WrittenObject) => boolean {
  return (object) => object.kind === 'Service' && hostMatches(name, object.name)
}

/** Which of the namespaces a Service is in that names none. */
function withoutNamespace(service: string, objects: Found['objects']): readonly Doubt[] {
  return [doubt({ code: 'no-namespace', of: [service], files: pathsOf(objects) })]
}

interface Found extends Pick<HeldHost, 'namespace' | 'doubts'> {
  readonly objects: readonly { readonly path: string }[]
}

function held(
  kind: HeldHost['kind'],
  name: string,
  { objects, ...found }: Found,
  { ownership }: Index,
): HeldHost {
  const holders = pathsOf(objects).map((path) => ({ path, team: ownership.ownersOf(path) }))
  return { kind, name, ...found, holders }
}

function pathsOf(objects: Found['objects']): readonly string[] {
  return [...new Set(objects.map(({ path }) => path))].sort()
}

function heldEntries(host: string, index: Index): readonly HeldHost[] {
  const entries = index.manifests.unmodelled.filter(
    ({ kind, file, body }) =>
      kind === 'ServiceEntry' &&
      index.isInMesh(file.path) &&
      hostsIn(body['spec']).some((each) => hostMatches(host, each.toLowerCase())),
  )
  const objects = entries.map(({ file }) => ({ path: file.path }))
  return objects.length === 0 ? [] : [held('service-entry', host, { doubts: [], objects }, index)]
}

function hostsIn(spec: JsonValue | undefined): readonly string[] {
  const hosts = isObject(spec) ? spec['hosts'] : []
  return Array.isArray(hosts) ? hosts.filter((each) => typeof each === 'string') : []
}
