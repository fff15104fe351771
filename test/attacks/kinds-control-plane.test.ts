import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const everybody = { conclusion: 'action_required' as const, waitsFor: ['mesh-admins'] }

const workload = (
  container: object,
  {
    kind = 'Deployment',
    name = 'istiod',
    namespace = 'istio-system',
    labels = {},
    volumes = [] as object[],
  } = {},
) =>
  `${JSON.stringify({ apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec: { template: { metadata: { labels: { app: name, ...labels } }, spec: { containers: [{ name: 'discovery', image: 'docker.io/istio/pilot:1.29.0', ...container }], volumes } } } })}\n`
const configMap = (name: string, data: object, namespace = 'istio-system') =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data })}\n`
const env = (name: string, value: string) => ({ env: [{ name, value }] })

type Sides = readonly [string | null, string | null]
const stopped = (way: string, [before, after]: Sides, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: { ...rest.setting?.files, ...(before !== null && { [mine]: before }) } },
  files: { [mine]: after },
  ...everybody,
  silentOn: /no mesh manifest touched|no request changes/,
  ...(rest.waitsFor && { waitsFor: rest.waitsFor }),
})
const harmless = (way: string, [before, after]: Sides) => ({
  way,
  setting: { files: before === null ? {} : { [mine]: before } },
  files: { [mine]: after },
  title: 'OK: no mesh manifest touched',
})
const ztunnel = { kind: 'DaemonSet', name: 'ztunnel', namespace: 'kube-system' }
const cni = { kind: 'DaemonSet', name: 'istio-cni-node', namespace: 'kube-system' }
const ingress = { name: 'edge', namespace: 'edge', labels: { istio: 'ingressgateway' } }

testAttackClass('how Istio itself is started asks those who answer for the mesh', {
  attack: {
    ...stopped('a switch in the environment of istiod', [
      workload(env('PILOT_ENABLE_GATEWAY_API', 'true')),
      workload(env('PILOT_ENABLE_GATEWAY_API', 'false')),
    ]),
    title: /^Waiting for mesh-admins: Deployment istiod changes for the whole mesh/,
  },
  variants: [
    stopped('another argument', [
      workload({ args: ['discovery'] }),
      workload({ args: ['discovery', '--meshConfig=/tmp/mine'] }),
    ]),
    stopped('another command', [workload({}), workload({ command: ['/bin/sh'] })]),
    stopped('an image from somewhere else', [
      workload({}),
      workload({ image: 'evil.example/istio/pilot:1.29.0' }),
    ]),
    stopped('a second istiod', [null, workload({}, { name: 'istiod-canary' })]),
    stopped('istiod of another name in another namespace', [
      workload(env('A', '1'), { name: 'plane', namespace: 'control' }),
      workload(env('A', '2'), { name: 'plane', namespace: 'control' }),
    ]),
    stopped('istiod is taken away', [workload({}), null]),
    stopped('what the tunnels are told', [
      workload({ image: 'istio/ztunnel:1', ...env('A', '1') }, ztunnel),
      workload({ image: 'istio/ztunnel:1', ...env('A', '2') }, ztunnel),
    ]),
    stopped('what leads pods to the proxies', [
      workload({ image: 'istio/install-cni:1', ...env('A', '1') }, cni),
      workload({ image: 'istio/install-cni:1', ...env('A', '2') }, cni),
    ]),
    stopped('which namespaces it leaves out', [
      configMap('istio-cni-config', { EXCLUDE_NAMESPACES: 'kube-system' }),
      configMap('istio-cni-config', { EXCLUDE_NAMESPACES: 'kube-system,ns1' }),
    ]),
    stopped(
      'a ConfigMap from which istiod has its environment',
      [configMap('switches', { A: '1' }), configMap('switches', { A: '2' })],
      {
        setting: {
          files: { 'mesh/istiod.yaml': workload({ envFrom: [{ configMapRef: { name: 'switches' } }] }) },
        },
      },
    ),
    stopped(
      'a ConfigMap that istiod mounts',
      [configMap('files', { A: '1' }), configMap('files', { A: '2' })],
      {
        setting: {
          files: {
            'mesh/istiod.yaml': workload({}, { volumes: [{ name: 'a', configMap: { name: 'files' } }] }),
          },
        },
      },
    ),
    stopped(
      'how the proxies of the gateway are started',
      [
        workload({ image: 'istio/proxyv2:1', ...env('ISTIO_META_ROUTER_MODE', 'a') }, ingress),
        workload({ image: 'istio/proxyv2:1', ...env('ISTIO_META_ROUTER_MODE', 'b') }, ingress),
      ],
      { waitsFor: ['login'] },
    ),
  ],
  neighbours: [
    harmless('a newer istiod', [workload({}), workload({ image: 'docker.io/istio/pilot:1.29.1' })]),
    harmless('by a digest', [workload({}), workload({ image: 'docker.io/istio/pilot:1.29.1@sha256:0' })]),
    harmless('how much memory it has', [
      workload({}),
      workload({ resources: { limits: { memory: '2Gi' } } }),
    ]),
    harmless('a probe', [workload({}), workload({ readinessProbe: { periodSeconds: 5 } })]),
    harmless('the environment of a workload of one’s own', [
      workload({ image: 'catalog:1', ...env('A', '1') }, { name: 'catalog', namespace: 'ns1' }),
      workload({ image: 'catalog:1', ...env('A', '2') }, { name: 'catalog', namespace: 'ns1' }),
    ]),
    harmless('a workload of one’s own that is called like it', [
      null,
      workload({ image: 'catalog:1' }, { name: 'istiod-dashboard', namespace: 'ns1' }),
    ]),
    harmless('a pilot of one’s own', [
      workload({ image: 'catalog/pilot:1', ...env('A', '1') }, { name: 'pilot', namespace: 'ns1' }),
      workload({ image: 'catalog/pilot:1', ...env('A', '2') }, { name: 'pilot', namespace: 'ns1' }),
    ]),
    harmless('a newer gateway', [
      workload({ image: 'istio/proxyv2:1' }, ingress),
      workload({ image: 'istio/proxyv2:2' }, ingress),
    ]),
    harmless('where the gateway writes its logs', [
      workload({ image: 'istio/proxyv2:1', ...env('TZ', 'UTC') }, ingress),
      workload({ image: 'istio/proxyv2:1', ...env('TZ', 'CET') }, ingress),
    ]),
    harmless('a ConfigMap of one’s own there', [
      configMap('dashboards', { A: '1' }),
      configMap('dashboards', { A: '2' }),
    ]),
    harmless('which version of the agent runs', [
      configMap('istio-cni-config', { CURRENT_AGENT_VERSION: '1' }),
      configMap('istio-cni-config', { CURRENT_AGENT_VERSION: '2' }),
    ]),
  ],
})
