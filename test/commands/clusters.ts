import type { Files } from './fake-terminal.ts'

const route = (name: string, host: string, namespace?: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }
spec:
  hosts: [${host}]
  http:
    - route: [{ destination: { host: ${name} } }]
`

const application = (name: string, path: string, cluster: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  source: { repoURL: https://git.example/shop.git, path: ${path} }
  destination: { name: ${cluster}, namespace: shop }
`

const sync = (name: string, path: string, cluster: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ./${path}
  targetNamespace: blog
  kubeConfig: { secretRef: { name: ${cluster} } }
`

const overlay = 'namespace: shop\nresources: [../../base]\npatches: [{ path: hosts.yaml }]\n'

const hosts = (host: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec: { hosts: [${host}] }
`

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: blog }
spec:
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [blog.example]
`

/** Overlays for two clusters by Argo CD, a folder by Flux, a root that fails, one with a remote base, a chart and a test. */
export const clusters: Files = {
  'apps/shop-prod.yaml': application('shop-prod', 'shop/overlays/prod', 'prod'),
  'apps/shop-stage.yaml': application('shop-stage', 'shop/overlays/stage', 'stage'),
  'apps/cart.yaml': application('cart', 'charts/cart', 'prod'),
  'apps/elsewhere.yaml': application('gone', 'not/here', 'prod'),
  'shop/base/kustomization.yaml': 'resources: [vs.yaml, config.yaml]\n',
  'shop/base/vs.yaml': route('shop', 'shop.example'),
  'shop/base/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n',
  'shop/overlays/prod/kustomization.yaml': overlay,
  'shop/overlays/prod/hosts.yaml': hosts('shop.example'),
  'shop/overlays/stage/kustomization.yaml': overlay,
  'shop/overlays/stage/hosts.yaml': hosts('stage.shop.example'),
  'flux/blog.yaml': sync('blog', 'blog', 'prod'),
  'blog/vs.yaml': route('blog', 'blog.example'),
  'blog/gateway.yaml': gateway,
  'broken/kustomization.yaml': 'resources:\n  - vs.yaml\n  - gone.yaml\n',
  'broken/vs.yaml': route('broken', 'broken.example', 'broken'),
  'remote/kustomization.yaml': 'resources:\n  - github.com/shop/base//mesh?ref=v1\n  - vs.yaml\n',
  'remote/vs.yaml': route('remote', 'remote.example', 'remote'),
  'charts/cart/Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
  'charts/cart/values.yaml': 'host: cart.example\n',
  'charts/cart/templates/vs.yaml': route('cart', '{{ .Values.host }}'),
  'plain/vs.yaml': route('plain', 'plain.example', 'plain'),
  'tests/e2e/00-install.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
  'tests/e2e/01-assert.yaml': route('plain', 'plain.example', 'plain'),
  'old/vs.yaml': route('old', 'old.example', 'old'),
  '.github/firebreak.yml': 'manifests: { exclude: [old/**] }\n',
}
