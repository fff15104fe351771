import type { Specified } from '../manifest/gateway-api.ts'
import { canonicalJson } from '../manifest/json.ts'
import { gatewayNameLabel } from '../manifest/kinds/gateway-api-names.ts'
import { isMadeByIstio } from '../manifest/kinds/made-for-gateways.ts'
import { labelsOfManagedPods, serviceMadeFor } from './labels-of-managed-pods.ts'
import type { Looking } from './looking.ts'
import type { ServiceAround, Surroundings } from './surroundings.ts'

type Labels = Readonly<Record<string, string>>

/** Pods of a Gateway. */
export interface BoundPods {
  readonly selector: Labels
  /** They are made for this Gateway alone. */
  readonly managed: boolean
  /** All labels of such pods, but for some that only a cluster knows; absent where there is no telling. */
  readonly labels?: Labels
}

/** The pods that a Gateway runs on behind one Service. */
export interface Binding extends BoundPods {
  /** By which numbers Gateways of Istio on those pods call the port of a listener; none where the Service lacks it. */
  readonly numbersOf: (port: number) => readonly number[]
}

/** The pods of a Gateway: those that Istio makes for it, or those behind the Services that its addresses name. */
export function bindingsOf(gateway: Specified<'Gateway'>, looking: Looking): readonly Binding[] {
  const { addresses = [] } = gateway.decoded
  if (isMadeByIstio(addresses)) return [managed(gateway, looking)]
  return addresses
    .filter(({ type }) => type === 'Hostname')
    .flatMap(({ value = '' }) => behind(value, gateway, looking))
}

/** Where nobody writes the Service, Istio makes one with the ports of the listeners. */
function managed(gateway: Specified<'Gateway'>, looking: Looking): Binding {
  const { name, namespace = '' } = gateway
  const labels = labelsOfManagedPods(gateway)
  const own = { selector: { [gatewayNameLabel]: name }, managed: true, ...(labels && { labels }) }
  const [service, ...copies] =
    looking.surroundings.services.get(`${namespace}/${serviceMadeFor(gateway)}`) ?? []
  if (service === undefined || copies.length > 0) return { ...own, numbersOf: (port) => [port] }
  return { ...own, numbersOf: numbersBy(service, { gateway, pods: own }, looking) }
}

function behind(value: string, gateway: Specified<'Gateway'>, looking: Looking): readonly Binding[] {
  const { surroundings, missing, clusterDomain } = looking
  const { namespace = '' } = gateway
  const host = value.includes('.') ? value : `${value}.${namespace}.svc.${clusterDomain}`
  const [name = '', own = ''] = host.split('.')
  if (own !== namespace || host !== `${name}.${own}.svc.${clusterDomain}`) return []
  const [service, ...copies] = surroundings.services.get(`${namespace}/${name}`) ?? []
  if (service === undefined || copies.length > 0 || Object.keys(service.selector).length === 0) {
    missing.add(gateway, 'service-unknown', `${namespace}/${name}`)
    return []
  }
  const pods = { selector: service.selector, managed: false }
  return [{ ...pods, numbersOf: numbersBy(service, { gateway, pods }, looking) }]
}

function numbersBy(
  { ports, selector }: ServiceAround,
  { gateway, pods }: { readonly gateway: Specified<'Gateway'>; readonly pods: BoundPods },
  { surroundings, missing, numbersNamed }: Looking,
): Binding['numbersOf'] {
  return (port) => {
    const target = ports.find((each) => each.port === port)?.target
    if (target === undefined) return []
    if (typeof target === 'string') {
      missing.add(gateway, 'named-port', target)
      return []
    }
    return numbersFor(target, beside(selector, surroundings), numbersNamed(gateway, pods))
  }
}

/** The ports of all Services of the same pods. */
function beside(selector: Labels, { services }: Surroundings): ServiceAround['ports'] {
  const key = canonicalJson(selector)
  return [...services.values()]
    .flat()
    .flatMap((each) => (canonicalJson(each.selector) === key ? each.ports : []))
}

/**
 * Istio looks the number of a Gateway's server up among the Services of its pods, and listens where that leads (`resolvePorts`), else at
 * that number itself. So what listens at a port of the pods is called by the lowest number that leads there and nowhere else, or by its
 * own; and besides by each other number of the kind that a Gateway of Istio names.
 */
function numbersFor(
  target: number,
  ports: ServiceAround['ports'],
  named: ReadonlySet<number>,
): readonly number[] {
  const leading = ports.filter((each) => each.target === target).map(({ port }) => port)
  const elsewhere = new Set(ports.filter((each) => each.target !== target).map(({ port }) => port))
  const alone = [...new Set(leading)].filter((port) => !elsewhere.has(port)).toSorted((a, b) => a - b)
  const [name = target] = alone
  const others = [...alone, ...(elsewhere.has(target) ? [] : [target])].filter((each) => named.has(each))
  return [...new Set([name, ...others])]
}
