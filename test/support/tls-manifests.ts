/** A server of a Gateway that takes TLS; unless it says so on port 443. */
export interface TlsServer {
  readonly port?: number
  readonly hosts: readonly string[]
  readonly tls?: object
  readonly bind?: string
}

export interface GatewayNames {
  readonly name?: string
  readonly team?: string
  readonly selector?: object
}

/** Gateways, of catalog and at the edge unless they say so. */
export function gatewaysBy(
  simple: object,
  usual: string,
): (servers: readonly TlsServer[], names?: GatewayNames) => string {
  return (servers, { name = usual, team = 'catalog', selector = { istio: 'edge' } } = {}) => {
    const all = servers.map(({ port = 443, hosts, tls = simple, bind }, at) => ({
      port: { number: port, name: `https-${port}-${at}`, protocol: 'HTTPS' },
      hosts,
      tls,
      ...(bind && { bind }),
    }))
    return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: ${team} }
spec: ${JSON.stringify({ selector, servers: all })}
`
  }
}

/** A VirtualService that sends everything to the team's own service. */
export function routes(
  hosts: readonly string[],
  gateways: readonly string[],
  team: string,
  name: string,
): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${team} }
spec:
  hosts: ${JSON.stringify(hosts)}
  gateways: ${JSON.stringify(gateways)}
  http:
    - route: [{ destination: { host: web.${team}.svc.cluster.local } }]
`
}
