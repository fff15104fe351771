import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = (apiVersion: string, kind: string, said: object, metadata: object = {}) =>
  `---\n${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'catalog', ...metadata }, ...said })}\n`
const workload = (name: string, namespace: string) =>
  `# ours\n${object('v1', 'Service', { spec: { selector: { app: name }, ports: [{ port: 80 }] } }, { name, namespace })}${object(
    'apps/v1',
    'Deployment',
    {
      spec: {
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name: 'a', image: 'a:1' }] },
        },
      },
    },
    { name, namespace },
  )}`
const routes = (bookinfoFiles()['teams/login/vs-1.yaml'] ?? '')
  .replace('name: vs-1', 'name: vs-3')
  .replace('spec:\n', 'spec:\n  hosts: [shop.example]\n  gateways: [default/bookinfo-gateway]\n')
/** login answers on a host of its own, and lives in a namespace of its own. */
const base: Files = {
  'teams/login/auth.yaml': workload('auth', 'auth'),
  'teams/login/vs-3.yaml': routes,
  'teams/catalog/web.yaml': workload('web', 'catalog'),
}
const endpoint = (dnsName: string, more: object = {}) =>
  object('externaldns.k8s.io/v1alpha1', 'DNSEndpoint', {
    spec: { endpoints: [{ dnsName, targets: ['192.0.2.1'], ...more }] },
  })
const hostname = 'external-dns.alpha.kubernetes.io/hostname'
const annotated = (text: string, key = hostname, kind = 'Service', apiVersion = 'v1') =>
  object(apiVersion, kind, { spec: { ports: [{ port: 80 }] } }, { annotations: { [key]: text } })
const chaos = (kind: string, selector: object) =>
  object('chaos-mesh.org/v1alpha1', kind, { spec: { action: 'pod-kill', mode: 'all', selector } })
const resolver = (name: string, text: string, namespace = 'kube-system') =>
  object('v1', 'ConfigMap', { data: { Corefile: text } }, { name, namespace })

const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: base },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string, more: Files = {}) => ({
  way,
  setting: { files: { ...base, ...more } },
  files: { [mine]: text },
})
const asksAll = { waitsFor: ['mesh-admins'] }

testAttackClass('requests that do not arrive where their host is answered', {
  attack: stopped('a record of DNS for the host of another team', endpoint('shop.example')),
  variants: [
    stopped('in capitals', endpoint('Shop.Example')),
    stopped('by an annotation of a Service', annotated('shop.example')),
    stopped('one of several', annotated('web.example, shop.example')),
    stopped(
      'inside the network',
      annotated('shop.example', 'external-dns.alpha.kubernetes.io/internal-hostname'),
    ),
    stopped('another address', endpoint('shop.example', { recordTTL: 1 }), {
      setting: { files: { ...base, [mine]: endpoint('shop.example') } },
    }),
    stopped('it is gone', '# nothing\n', {
      setting: { files: { ...base, [mine]: endpoint('shop.example') } },
    }),
    stopped(
      'what names of services stand for',
      resolver('coredns', 'rewrite name auth.auth.svc.cluster.local web.catalog.svc.cluster.local'),
      asksAll,
    ),
    stopped('the same, beside it', resolver('coredns-custom', 'x'), asksAll),
    stopped('the same, on each node', resolver('node-local-dns', 'x'), asksAll),
    stopped('pods of theirs are ended', chaos('PodChaos', { namespaces: ['auth'] })),
    stopped(
      'by their labels',
      chaos('NetworkChaos', { namespaces: ['auth'], labelSelectors: { app: 'auth' } }),
    ),
    stopped(
      'by another tool',
      object('litmuschaos.io/v1alpha1', 'ChaosEngine', {
        spec: { appinfo: { appns: 'auth', applabel: 'app=auth' } },
      }),
    ),
  ],
  neighbours: [
    harmless('a record of one’s own', endpoint('web.example')),
    harmless('a name of one’s own', annotated('web.example')),
    harmless('how long it lasts', annotated('60', 'external-dns.alpha.kubernetes.io/ttl')),
    harmless('another layout', `# ours\n${endpoint('shop.example')}`, { [mine]: endpoint('shop.example') }),
    harmless('a ConfigMap called so', resolver('coredns', 'x', 'catalog')),
    harmless('another ConfigMap of the cluster', resolver('kubeadm-config', 'x')),
    harmless('pods of one’s own are ended', chaos('PodChaos', { namespaces: ['catalog'] })),
    harmless('in one’s own namespace', chaos('PodChaos', { labelSelectors: { app: 'web' } })),
    harmless(
      'one’s own by another tool',
      object('litmuschaos.io/v1alpha1', 'ChaosEngine', { spec: { appinfo: { appns: 'catalog' } } }),
    ),
    harmless(
      'a certificate for a host of one’s own',
      object('cert-manager.io/v1', 'Certificate', { spec: { secretName: 'web', dnsNames: ['web.example'] } }),
    ),
  ],
})
