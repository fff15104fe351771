import { compare } from '../../src/domain/diff/compare.ts'
import type { Comparison } from '../../src/domain/diff/comparison.ts'
import { assumedVersion } from '../../src/domain/manifest/istio-version.ts'
import type { Manifests } from '../../src/domain/manifest/manifests.ts'
import { parseManifests } from '../../src/domain/manifest/parse-manifests.ts'
import { parseCodeowners } from '../../src/domain/ownership/codeowners.ts'
import { createOwnership } from '../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings, type IstioSettings } from '../../src/domain/routing/istio-settings.ts'

/** Texts by path. */
export type Texts = Readonly<Record<string, string>>

/** A Gateway for all hosts on port 80, and two teams with a host and a path each. */
const mesh: Texts = {
  'gw.yaml':
    'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: gw, namespace: istio-system }\nspec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }\n',
  'login/vs.yaml': routes('login'),
  'shop/vs.yaml': routes('shop'),
}

/** The routes of one team: `/TEAM` to itself, and everything else to its own pages. */
export function routes(team: string, pages = 'pages'): string {
  return `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${team}, namespace: ${team} }\nspec: { hosts: [${team}.example], gateways: [istio-system/gw], http: [{ match: [{ uri: { prefix: /${team} } }], route: [{ destination: { host: ${team} } }] }, { route: [{ destination: { host: ${pages} } }] }] }\n`
}

/** An AuthorizationPolicy; its selector is that of the gateway unless it is said. */
export function policy(
  spec: string,
  {
    namespace = 'istio-system',
    name = 'p',
    selector = 'selector: { matchLabels: { istio: ingressgateway } },',
    annotations = '{}',
  } = {},
): string {
  return `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: ${name}, namespace: ${namespace}, annotations: ${annotations} }\nspec: { ${selector} ${spec} }\n`
}

/** A policy that refuses what one operation takes. */
export function denying(operation: string, more: Parameters<typeof policy>[1] = {}): string {
  return policy(`action: DENY, rules: [{ to: [{ operation: ${operation} }] }]`, more)
}

/** A side: the mesh, and what stands beside it or in its place. */
function sideOf(beside: Texts): Manifests {
  const files = Object.entries({ ...mesh, ...beside }).map(([path, text]) => ({ path, text }))
  return parseManifests(files, { namespaceOf: () => undefined, version: assumedVersion })
}

/** What differs between two sides, as owners of their folders see it. */
export function comparedTexts(base: Texts, merged: Texts, settings: Partial<IstioSettings> = {}): Comparison {
  const codeowners = parseCodeowners({ path: 'CODEOWNERS', text: '* @root\nlogin/ @login\nshop/ @shop\n' })
  return compare(sideOf(base), sideOf(merged), {
    settings: { ...defaultIstioSettings, ...settings },
    complete: true,
    ownership: createOwnership(codeowners),
    meshOf: () => 'default',
  })
}
