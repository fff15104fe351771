import type { Specified } from '../manifest/gateway-api.ts'
import { canonicalJson } from '../manifest/json.ts'
import { gatewayNameLabel } from '../manifest/kinds/gateway-api-names.ts'
import { isMadeByIstio } from '../manifest/kinds/made-for-gateways.ts'
import { labelsOfManagedPods, serviceMadeFor } from './labels-of-managed-pods.ts'
import type { Looking } from './looking.ts'
import type { ServiceAround, Surroundings } from './surroundings.ts'

type Labels = Readonly<Record<string, string>>

/** The pods that a Gateway runs on behind one Service, and at which port of a Gateway of Istio on those pods it listens, too. */
export interface Binding {
  readonly selector: Labels
  /** They are made for this Gateway alone. */
  readonly managed: boolean
  /** All labels of such pods, but for some that only a cluster knows; absent where there is no telling. */
  readonly labels?: Labels
  /** Undefined where the Service lacks the port. */
  readonly portOf: (port: number) => number | undefined
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
function managed(gateway: Specified<'Gateway'>, { surroundings, missing }: Looking): Binding {
  const { name, namespace = '' } = gateway
  const labels = labelsOfManagedPods(gateway)
  const own = { selector: { [gatewayNameLabel]: name }, managed: true, ...(labels && { labels }) }
  const [service, ...copies] = surroundings.services.get(`${namespace}/${serviceMadeFor(gateway)}`) ?? []
  if (service === undefined || copies.length > 0) return { ...own, portOf: (port) => port }
  return { ...own, portOf: portsOf(service, gateway, { surroundings, missing }) }
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
  return [{ selector: service.selector, managed: false, portOf: portsOf(service, gateway, looking) }]
}

function portsOf(
  { ports, selector }: ServiceAround,
  gateway: Specified<'Gateway'>,
  { surroundings, missing }: Pick<Looking, 'surroundings' | 'missing'>,
): Binding['portOf'] {
  return (port) => {
    const target = ports.find((each) => each.port === port)?.target
    if (typeof target === 'string') {
      missing.add(gateway, 'named-port', target)
      return undefined
    }
    return target && numberFor(target, beside(selector, surroundings))
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
 * Istio looks the number of a Gateway's server up among the Services of its pods, and listens where that leads (`resolvePorts`). So what
 * listens at a port of the pods is called by the lowest number that leads there and nowhere else; by its own where none does.
 */
function numberFor(target: number, ports: ServiceAround['ports']): number {
  const leading = ports.filter((each) => each.target === target).map(({ port }) => port)
  const elsewhere = new Set(ports.filter((each) => each.target !== target).map(({ port }) => port))
  const [lowest = target] = leading.filter((port) => !elsewhere.has(port)).toSorted((a, b) => a - b)
  return lowest
}
