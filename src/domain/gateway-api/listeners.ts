import type { Specified } from '../manifest/gateway-api.ts'
import { gatewayApiGroup } from '../manifest/kinds/gateway-api-names.ts'
import { isMadeByIstio } from '../manifest/kinds/made-for-gateways.ts'
import { hostSubsetOf, identityOf, kindAndName } from '../manifest/names.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { byAge } from './ages.ts'
import { type Binding, bindingsOf } from './bindings.ts'
import { controllersOf } from './classes.ts'
import { type Grants, isGranted } from './grants.ts'
import { serviceMadeFor } from './labels-of-managed-pods.ts'
import type { Looking } from './looking.ts'
import type { KnownObjects } from './objects.ts'
import { selectsNamespace } from './surroundings.ts'

type Written = NonNullable<Specified<'Gateway'>['decoded']['listeners']>[number]

/** One listener that Istio serves. */
export interface Listener {
  /** The Gateway, or the ListenerSet, that has it: by its age it is read. */
  readonly parent: Specified<'Gateway'> | Specified<'ListenerSet'>
  readonly gateway: Specified<'Gateway'>
  readonly name: string
  readonly port: number
  readonly protocol: 'HTTP' | 'HTTPS'
  /** `*` where it takes every host. */
  readonly hostname: string
  readonly written: Written
  readonly bindings: readonly Binding[]
}

/** A listener that carries no HTTP: nothing is attached to it here, and it may have its port alone. */
export type TcpListener = Omit<Listener, 'protocol'> & { readonly protocol: 'TCP' }

/** What routes may be attached to. */
export interface Parents {
  readonly listeners: readonly Listener[]
  readonly tcpListeners: readonly TcpListener[]
  /** Those of a Gateway or ListenerSet (`Gateway ns/name`); undefined where it is not here. */
  listenersOf(parent: string): readonly Listener[] | undefined
  /** A Gateway or ListenerSet by the same name, also one that is not worked out. */
  written(parent: string): UnmodelledResource | undefined
  /** Nobody's listener beside this one takes the host, named by a route, from it. */
  isLeftTo(listener: Listener, host: string): boolean
}

/** The listeners of the Gateways that Istio implements, and of the ListenerSets that these allow. */
export function parentsIn(
  { gateways, listenerSets, classes, grants }: KnownObjects,
  all: readonly UnmodelledResource[],
  looking: Looking,
): Parents {
  const controllerOf = controllersOf(classes)
  const ours = gateways.filter((gateway) => {
    const controller = controllerOf(gateway.decoded.gatewayClassName)
    if (controller === 'waypoint') looking.missing.add(gateway, 'waypoint')
    if (controller === 'unknown' || controller === 'remote')
      looking.missing.add(gateway, 'class-unknown', gateway.decoded.gatewayClassName ?? '')
    return controller === 'gateway'
  })
  noteSharedNames(ours, looking)
  const own = new Map(ours.map((gateway) => [gateway, ofGateway(gateway, grants, looking)]))
  const byParent = new Map<string, readonly Listener[]>(
    gateways.map((gateway) => [kindAndName(gateway), (own.get(gateway) ?? []).filter(carriesHttp)]),
  )
  const taken = [...own.values()].flat()
  for (const set of listenerSets.toSorted(byAge(looking.oldest))) {
    const there = ofListenerSet(set, { gateways: ours, grants }, looking).filter(
      (each) => !taken.some(isSamePlace(each)),
    )
    taken.push(...there)
    byParent.set(kindAndName(set), there.filter(carriesHttp))
  }
  const written = new Map(all.map((each) => [kindAndName(each), each]))
  return {
    listeners: taken.filter(carriesHttp),
    tcpListeners: taken.filter((each) => each.protocol === 'TCP'),
    listenersOf: (parent) => byParent.get(parent),
    written: (parent) => written.get(parent),
    isLeftTo: (listener, host) =>
      !(listener.parent.decoded.listeners ?? []).some((other) => takesFrom(listener, other, host)),
  }
}

/** Of two Gateways for which the same Service is made nobody knows here where its address leads. */
function noteSharedNames(ours: readonly Specified<'Gateway'>[], { missing }: Looking): void {
  const made = ours.filter(({ decoded }) => isMadeByIstio(decoded.addresses ?? []))
  const byName = Map.groupBy(made, (each) => `${each.namespace ?? ''}/${serviceMadeFor(each)}`)
  for (const [name, sharing] of byName)
    if (sharing.length > 1) for (const each of sharing) missing.add(each, 'copies', `Service ${name}`)
}

function carriesHttp(listener: Listener | TcpListener): listener is Listener {
  return listener.protocol !== 'TCP'
}

type Place = Pick<Listener, 'gateway' | 'port' | 'hostname'>

function isSamePlace(a: Place): (b: Place) => boolean {
  return (b) => a.gateway === b.gateway && a.port === b.port && a.hostname === b.hostname
}

/**
 * On one port and protocol a host belongs to the most special listener that covers it, whatever is attached there, and whether or not its
 * certificate may be used. One for HTTPS that says nothing of TLS has none.
 */
function takesFrom(own: Listener, other: Written, host: string): boolean {
  const hostname = (other.hostname ?? '*').toLowerCase()
  const isThere = other.protocol !== 'HTTPS' || other.tls !== undefined
  return (
    isThere &&
    other.port === own.port &&
    other.protocol === own.protocol &&
    hostname !== own.hostname &&
    hostSubsetOf(hostname, own.hostname) &&
    hostSubsetOf(host, hostname)
  )
}

function ofGateway(
  gateway: Specified<'Gateway'>,
  grants: Grants,
  looking: Looking,
): readonly (Listener | TcpListener)[] {
  if (gateway.decoded.infrastructure !== undefined) looking.missing.add(gateway, 'infrastructure')
  const bindings = bindingsOf(gateway, looking)
  const whose = { parent: gateway, gateway, bindings }
  return servedOf(gateway.decoded.listeners ?? [], { whose, grants }, looking)
}

function ofListenerSet(
  set: Specified<'ListenerSet'>,
  { gateways, grants }: { readonly gateways: readonly Specified<'Gateway'>[]; readonly grants: Grants },
  looking: Looking,
): readonly (Listener | TcpListener)[] {
  const {
    group = gatewayApiGroup,
    kind = 'Gateway',
    namespace = set.namespace,
    name = '',
  } = set.decoded.parentRef ?? {}
  if (group !== gatewayApiGroup || kind !== 'Gateway') return []
  const gateway = gateways.find((each) => each.name === name && each.namespace === namespace)
  if (gateway === undefined) {
    looking.missing.add(set, 'parent-unknown', identityOf({ namespace, name }))
    return []
  }
  if (looking.missing.of(gateway).length > 0)
    looking.missing.add(set, 'parent-unmodelled', identityOf(gateway))
  const { from = 'None', selector = {} } = gateway.decoded.allowedListeners?.namespaces ?? {}
  if (!isAllowed({ from, selector }, set, gateway.namespace, looking)) return []
  const bindings = bindingsOf(gateway, looking)
  const whose = { parent: set, gateway, bindings }
  return servedOf(set.decoded.listeners ?? [], { whose, grants }, looking)
}

function servedOf(
  listeners: readonly Written[],
  {
    whose,
    grants,
  }: { readonly whose: Pick<Listener, 'parent' | 'gateway' | 'bindings'>; readonly grants: Grants },
  { missing }: Looking,
): readonly (Listener | TcpListener)[] {
  for (const twice of writtenTwice(listeners)) missing.add(whose.parent, 'same-listener', twice)
  return listeners.flatMap((written): readonly (Listener | TcpListener)[] => {
    const { name = '', port, protocol, hostname = '*', tls } = written
    const isHttp = protocol === 'HTTP' || protocol === 'HTTPS'
    if (!isHttp && protocol?.toUpperCase() !== 'HTTP')
      missing.add(whose.parent, 'other-protocol', protocol ?? '')
    if (!(isHttp || protocol === 'TCP') || typeof port !== 'number') return []
    const isServed = protocol !== 'HTTPS' || (tls?.mode ?? 'Terminate') === 'Terminate'
    const hasCertificate =
      protocol !== 'HTTPS' || (tls?.certificateRefs ?? []).some((each) => mayUse(whose.parent, each, grants))
    if (!isServed || !hasCertificate) return []
    return [{ ...whose, name, port, protocol, hostname: hostname.toLowerCase(), written }]
  })
}

/** Names of listeners, and places, that several have. */
function writtenTwice(listeners: readonly Written[]): readonly string[] {
  const keys = listeners.flatMap(({ name = '', port = '', protocol = '', hostname = '' }) => [
    name,
    `${protocol} ${hostname || '*'}:${port}`,
  ])
  return [...Map.groupBy(keys, (key) => key)].filter(([, all]) => all.length > 1).map(([key]) => key)
}

type CertificateRef = NonNullable<NonNullable<Written['tls']>['certificateRefs']>[number]

/** Whether a Gateway or ListenerSet may use a certificate: one of another namespace needs a grant. */
function mayUse(
  parent: Listener['parent'],
  { namespace = parent.namespace ?? '', name = '' }: CertificateRef,
  grants: Grants,
): boolean {
  return namespace === parent.namespace || isGranted(grants, parent, { kind: 'Secret', namespace, name })
}

interface FromNamespaces {
  readonly from: string
  readonly selector: Parameters<typeof selectsNamespace>[0]
}

/** Whether objects of a namespace may be attached; where its labels decide and are not here, the object is not worked out. */
export function isAllowed(
  { from, selector }: FromNamespaces,
  object: UnmodelledResource,
  own: string | undefined,
  { surroundings, missing }: Pick<Looking, 'surroundings' | 'missing'>,
): boolean {
  const { namespace = '' } = object
  if (from === 'All') return true
  if (from === 'Same') return namespace === own
  if (from !== 'Selector') return false
  const answer = selectsNamespace(selector, namespace, surroundings.namespaceLabels(namespace))
  if (answer === undefined) missing.add(object, 'namespace-labels', namespace)
  return answer === true
}
