import { resolveHost } from '../../manifest/names.ts'
import type { Request } from '../../match/request.ts'
import type { IstioSettings } from '../istio-settings.ts'
import { namesInMesh } from '../mesh-names.ts'

/** The names that a request may mean by its host, the written one first; a short one is that of a service whose namespace nothing says, too. */
export function namesOf(
  gateway: string,
  { authority, sourceNamespace }: Request,
  { clusterDomain }: IstioSettings,
): readonly string[] {
  const { name } = splitAuthority(authority)
  if (gateway !== 'mesh') return [name]
  const nameless = resolveHost(name, undefined, clusterDomain.toLowerCase())
  return [...new Set([...namesInMesh(name, sourceNamespace, clusterDomain), nameless])]
}

/** To a gateway the client is its own pod. */
export function fromPods(
  asked: Request,
  labels: Readonly<Record<string, string>>,
  settings: IstioSettings,
): Request {
  const [only, ...others] = settings.gatewayNamespaces
  const request = { ...asked, sourceLabels: { ...asked.sourceLabels, ...labels } }
  if (request.sourceNamespace !== undefined || only === undefined || others.length > 0) return request
  return { ...request, sourceNamespace: only }
}

/** Envoy compares hosts in lower case and without the port. */
export function splitAuthority(authority: string): { readonly name: string; readonly port?: number } {
  const [, name = authority, digits] = /^(.*?)(?::([0-9]+))?$/s.exec(authority) ?? []
  return { name: name.toLowerCase(), ...(digits !== undefined && { port: Number(digits) }) }
}
