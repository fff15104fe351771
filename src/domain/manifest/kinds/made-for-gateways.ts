/** Annotation that calls what is made for a Gateway otherwise than `NAME-CLASS`. */
const nameOverride = 'gateway.istio.io/name-override'

/** Classes of which what is made is called as the Gateway itself. */
const withoutSuffix = new Set(['istio-waypoint', 'istio-east-west'])

/** A Kubernetes Gateway, as far as it says what is made for it. */
interface GatewayNamed {
  readonly name: string
  readonly annotations: Readonly<Record<string, string>>
  readonly className: string
}

/** What Istio calls the Service, the Deployment and the account that it makes for a Kubernetes Gateway. */
export function nameMadeFor({ name, annotations, className }: GatewayNamed): string {
  const own = withoutSuffix.has(className) ? name : `${name}-${className}`
  return annotations[nameOverride] ?? own
}

/** Whether Istio makes the pods of a Kubernetes Gateway: it names no address, or one that is an IP address. */
export function isMadeByIstio(addresses: readonly { readonly type?: unknown }[]): boolean {
  const [first, ...others] = addresses
  return others.length === 0 && (first === undefined || (first.type ?? 'IPAddress') === 'IPAddress')
}
