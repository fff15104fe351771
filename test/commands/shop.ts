import type { Files } from './fake-terminal.ts'

/** A primary that gives `/cart` to one team and the rest to another. */
export const shop: Files = {
  'mesh/shop.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: mesh }
spec:
  hosts: [shop.example]
  gateways: [mesh/edge]
  http:
    - match:
        - uri: { prefix: /cart }
      delegate: { name: cart, namespace: teams }
    - delegate: { name: pages, namespace: teams }
`,
  'teams/cart.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: teams }
spec:
  http:
    - match:
        - uri: { prefix: /cart/items }
      route: [{ destination: { host: cart } }]
`,
  'teams/pages.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: pages, namespace: teams }
spec:
  http:
    - match:
        - uri: { exact: /about }
      route: [{ destination: { host: pages } }]
`,
  '.github/CODEOWNERS': `/mesh/ @shop/mesh
/teams/cart.yaml @shop/cart
/teams/pages.yaml @shop/pages
`,
}

/** As `shop`, with a path of its own for each change. */
export function shopWith(path: string, replace: readonly [string, string]): Files {
  const text = shop[path]?.replace(...replace) ?? ''
  return { ...shop, [path]: text }
}

export const members = `"@shop/mesh": [mo]
"@shop/cart": [cem]
"@shop/pages": [pia]
`
