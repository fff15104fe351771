import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const written = (apiVersion: string, kind: string, rest: object, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'thing', namespace: 'catalog', ...metadata },
  ...rest,
})
const text = (object: object) => `${JSON.stringify(object)}\n`
const inNs1 = (name: string) => ({ name, namespace: 'ns1' })

const service = (name: string, app: string) =>
  written('v1', 'Service', { spec: { selector: { app }, ports: [{ port: 80 }] } }, inNs1(name))
const deployment = (name: string, app: string) =>
  written(
    'apps/v1',
    'Deployment',
    { spec: { template: { metadata: { labels: { app } }, spec: { containers: [{ image: 'a:1' }] } } } },
    inNs1(name),
  )
const call = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: inNs1('call'),
  spec: { hosts: ['login'], http: [{ route: [{ destination: { host: 'login' } }] }] },
}
const theirs = {
  'teams/login/service.yaml': text(service('login', 'login')),
  'teams/login/call.yaml': text(call),
  'teams/catalog/service.yaml': text(service('catalog', 'catalog')),
}
const taken = service('login', 'catalog')
const behind = deployment('extra', 'login')

const crossplane = (manifest: object) =>
  written('kubernetes.crossplane.io/v1alpha2', 'Object', { spec: { forProvider: { manifest } } })
const work = (...manifests: readonly object[]) =>
  written('work.open-cluster-management.io/v1', 'ManifestWork', { spec: { workload: { manifests } } })
const resources = (...all: readonly object[]) =>
  written('fluxcd.controlplane.io/v1', 'ResourceSet', { spec: { resources: all } })
const configMap = (data: object) => written('v1', 'ConfigMap', { data })
const workflow = (manifest: string) =>
  written('argoproj.io/v1alpha1', 'Workflow', {
    spec: { templates: [{ name: 'apply', resource: { action: 'apply', manifest } }] },
  })
const release = (values: object) =>
  written('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { spec: { chart: { spec: { chart: 'raw' } }, values } })

const stopped = (way: string, object: object, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: theirs },
  files: { [mine]: text(object) },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, object: object, path = mine) => ({
  way,
  setting: { files: theirs },
  files: { [path]: text(object) },
})
const everybody = { waitsFor: ['mesh-admins'] }

testAttackClass('an object of which a part decides, within something that others unpack', {
  attack: stopped('another team’s Service in an object of a provider', crossplane(taken)),
  variants: [
    stopped('in what another cluster is sent', work(taken)),
    stopped('behind others there', work(deployment('catalog', 'catalog'), taken)),
    stopped('in what an operator of Flux applies', resources(taken)),
    stopped(
      'there as a text',
      written('fluxcd.controlplane.io/v1', 'ResourceSet', { spec: { resourcesTemplate: text(taken) } }),
    ),
    stopped('in a ConfigMap that something applies', configMap({ 'a.yaml': text(taken) })),
    stopped(
      'in a list there',
      configMap({ 'a.json': text({ apiVersion: 'v1', kind: 'List', items: [taken] }) }),
    ),
    stopped('in a step of a workflow', workflow(text(taken))),
    stopped('in the values of a chart', release({ extraObjects: [taken] })),
    stopped('pods behind another team’s Service', crossplane(behind)),
    stopped('such pods in a text', workflow(text(behind))),
    stopped(
      'a pod by itself',
      work(
        written(
          'v1',
          'Pod',
          { spec: { containers: [{ image: 'a:1' }] } },
          { ...inNs1('extra'), labels: { app: 'login' } },
        ),
      ),
    ),
    stopped(
      'the configuration of the mesh',
      resources(
        written(
          'v1',
          'ConfigMap',
          { data: { mesh: 'rootNamespace: catalog\n' } },
          { name: 'istio', namespace: 'istio-system' },
        ),
      ),
      everybody,
    ),
    stopped(
      'the configuration of the mesh within a text',
      configMap({
        'a.yaml': text(
          written(
            'v1',
            'ConfigMap',
            { data: { mesh: 'rootNamespace: catalog\n' } },
            { name: 'istio', namespace: 'istio-system' },
          ),
        ),
      }),
      everybody,
    ),
    stopped('it is taken away', configMap({}), {
      setting: { files: { ...theirs, [mine]: text(configMap({ 'a.yaml': text(behind) })) } },
    }),
  ],
  neighbours: [
    harmless('one’s own Service in an object of a provider', crossplane(service('catalog', 'catalog'))),
    harmless('one’s own pods', work(deployment('catalog', 'catalog'))),
    harmless('one’s own in a text', configMap({ 'a.yaml': text(service('catalog', 'catalog')) })),
    harmless('one’s own in a workflow', workflow(text(deployment('catalog', 'catalog')))),
    harmless('a ConfigMap of one’s own', resources(written('v1', 'ConfigMap', { data: { a: 'b' } }))),
    harmless(
      'a reference to another team’s Service',
      written('example.com/v1', 'Probe', {
        spec: { of: { apiVersion: 'v1', kind: 'Service', name: 'login', namespace: 'ns1' } },
      }),
    ),
    harmless(
      'a copy in an annotation',
      written('example.com/v1', 'Thing', {}, { annotations: { 'last-applied': text(taken) } }),
    ),
    harmless(
      'a text that speaks of it',
      configMap({ 'notes.txt': 'apiVersion: v1 and kind: Service are what we use\n' }),
    ),
    harmless(
      'settings of a program that have a version',
      configMap({ 'a.yaml': 'apiVersion: 1\nproviders: [{ name: x }]\n' }),
    ),
    harmless('documentation', taken, 'docs/example.md'),
    harmless(
      'an autoscaler within',
      work(
        written(
          'autoscaling/v2',
          'HorizontalPodAutoscaler',
          { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'login' } } },
          inNs1('x'),
        ),
      ),
    ),
    harmless(
      'a job of one’s own within',
      workflow(
        text(
          written(
            'batch/v1',
            'Job',
            { spec: { template: { spec: { containers: [{ image: 'a:1' }] } } } },
            inNs1('job'),
          ),
        ),
      ),
    ),
  ],
})
