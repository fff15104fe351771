/** An entry that answers everything, by the only backend of the Bookinfo mesh. */
export const answersAll = 'route: [{ destination: { host: productpage.default.svc.cluster.local } }]'

interface Written {
  readonly name: string
  readonly namespace?: string
  readonly hosts?: readonly string[]
  readonly gateways?: readonly string[]
  /** The entries under `http:`, in flow style. */
  readonly http: readonly string[]
}

function flow(name: string, values: readonly string[] | undefined): string {
  return values === undefined ? '' : `  ${name}: ${JSON.stringify(values)}\n`
}

/** A VirtualService as YAML. */
export function virtualService({ name, namespace, hosts, gateways, http }: Written): string {
  const inNamespace = namespace === undefined ? '' : `, namespace: ${namespace}`
  const entries = http.map((entry) => `    - { ${entry} }\n`).join('')
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}${inNamespace} }\nspec:\n${flow('hosts', hosts)}${flow('gateways', gateways)}  http:\n${entries}`
}

/** An entry that answers one path itself. */
export function answers(path: string): string {
  return `match: [{ uri: { exact: ${path} } }], ${answersAll}`
}

/** An entry that hands a prefix to a secondary. */
export function delegates(prefix: string, to: { readonly name: string; readonly namespace: string }): string {
  return `match: [{ uri: { prefix: ${prefix} } }], delegate: { name: ${to.name}, namespace: ${to.namespace} }`
}

/** An object of any kind with a spec, as JSON. */
export function manifest(
  apiVersion: string,
  kind: string,
  [namespace, name]: readonly [namespace: string, name: string],
  spec: object,
): string {
  return `${JSON.stringify({ apiVersion, kind, metadata: { name, namespace }, spec })}\n`
}

/** A Deployment whose pods have a label `app`. */
export function workload(namespace: string, app = 'a', name = 'web'): string {
  return manifest('apps/v1', 'Deployment', [namespace, name], {
    template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
  })
}

/** Writes objects of any kind as JSON that have some metadata in common, unless they say otherwise. */
export function objectsWith(common: object) {
  return (apiVersion: string, kind: string, rest: object, metadata: object = {}): string =>
    `${JSON.stringify({ apiVersion, kind, metadata: { ...common, ...metadata }, ...rest })}\n`
}
