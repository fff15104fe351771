import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const written = (apiVersion: string, kind: string, rest: object) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'catalog' }, ...rest })}\n`

const virtualService = (name: string, namespace: string | undefined, spec: object) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name, ...(namespace && { namespace }) },
  spec,
})
const evil = [{ route: [{ destination: { host: 'evil.catalog.svc.cluster.local' } }] }]
const asLogins = virtualService('vs-1', 'ns1', { http: evil })
const asOwn = virtualService('own', 'catalog', { hosts: ['own.catalog.svc.cluster.local'], http: evil })

/** Something that others unpack holds an object of the mesh. */
const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string, path = mine) => ({ way, files: { [path]: text } })

const application = (helm: object, chart = 'raw') =>
  written('argoproj.io/v1alpha1', 'Application', {
    spec: { source: { repoURL: 'https://charts.example', chart, helm } },
  })
const release = (values: object, chart = 'raw') =>
  written('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { spec: { chart: { spec: { chart } }, values } })
const everybody = { waitsFor: ['mesh-admins'] }

testAttackClass('an object of the mesh within something that others unpack', {
  onGitHub: {},
  attack: stopped('in the values of a chart that Flux releases', release({ resources: [asLogins] }), {
    title: /^Waiting for login: VirtualService vs-1 is new for the routes in ns1\/vs-1/,
  }),
  variants: [
    stopped('in the values of an Application', application({ valuesObject: { extraObjects: [asLogins] } })),
    stopped('there as a text', application({ values: `extra: [${JSON.stringify(asLogins)}]` })),
    stopped('in a file of values', `extraDeploy:\n  - ${JSON.stringify(asLogins)}\n`, {
      files: { 'teams/catalog/values.yaml': `extraDeploy:\n  - ${JSON.stringify(asLogins)}\n` },
    }),
    stopped('in such a file, each as a text', `extraDeploy:\n  - |\n    ${JSON.stringify(asLogins)}\n`),
    stopped(
      'in what another cluster is sent',
      written('work.open-cluster-management.io/v1', 'ManifestWork', {
        spec: { workload: { manifests: [asLogins] } },
      }),
    ),
    stopped(
      'in an object of a provider',
      written('kubernetes.crossplane.io/v1alpha2', 'Object', {
        spec: { forProvider: { manifest: asLogins } },
      }),
    ),
    stopped(
      'what an operator is to override, by its name',
      written('policy.karmada.io/v1alpha1', 'OverridePolicy', {
        spec: {
          resourceSelectors: [
            { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', namespace: 'ns1', name: 'vs-1' },
          ],
        },
      }),
    ),
    stopped(
      'in a ConfigMap that something applies',
      written('v1', 'ConfigMap', {
        data: {
          'vs.yaml': `# routes\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: vs-1, namespace: ns1 }\nspec: { http: [] }\n`,
        },
      }),
    ),
    stopped(
      'in a list within such a text',
      written('v1', 'ConfigMap', {
        data: { 'vs.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [asLogins] }) },
      }),
    ),
    stopped(
      'in no namespace, under the name of another team’s',
      release({ resources: [virtualService('vs-1', undefined, { http: evil })] }),
    ),
    stopped(
      'with a host at a gateway',
      release({
        resources: [
          virtualService('own', 'catalog', {
            hosts: ['*'],
            gateways: ['default/bookinfo-gateway'],
            http: evil,
          }),
        ],
      }),
    ),
    stopped(
      'a policy for the whole mesh',
      release({
        resources: [
          {
            apiVersion: 'security.istio.io/v1',
            kind: 'AuthorizationPolicy',
            metadata: { name: 'a', namespace: 'istio-system' },
            spec: {},
          },
        ],
      }),
      everybody,
    ),
    stopped('the control plane, by its chart', release({ pilot: { env: { A: 'b' } } }, 'istiod'), everybody),
    stopped(
      'the mesh’s configuration among the values of another chart',
      application({ values: 'meshConfig: { rootNamespace: catalog }' }),
      everybody,
    ),
    stopped(
      'under a name that is filled in',
      written('kro.run/v1alpha1', 'ResourceGraphDefinition', {
        spec: { resources: [{ template: virtualService('__name__', 'ns1', { http: evil }) }] },
      }),
    ),
    stopped(
      'under any name, in any namespace',
      written('kro.run/v1alpha1', 'ResourceGraphDefinition', {
        spec: { resources: [{ template: virtualService('__name__', '__namespace__', { http: evil }) }] },
      }),
      everybody,
    ),
    stopped(
      'in a template of a composition',
      written('apiextensions.crossplane.io/v1', 'Composition', {
        spec: {
          template:
            'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: {{ .x }}\n  namespace: ns1\nspec: {}\n',
        },
      }),
    ),
    stopped(
      'in a language that is not read here',
      written('core.oam.dev/v1beta1', 'TraitDefinition', {
        spec: {
          template: 'outputs: x: { apiVersion: "networking.istio.io/v1", kind: "VirtualService" } & #any',
        },
      }),
      everybody,
    ),
    stopped(
      'the control plane, by a controller of charts',
      written('helm.cattle.io/v1', 'HelmChartConfig', {
        metadata: { name: 'istiod', namespace: 'kube-system' },
        spec: { valuesContent: 'global: {}' },
      }),
      everybody,
    ),
  ],
  neighbours: [
    harmless('one’s own in the values of a chart', release({ resources: [asOwn] })),
    harmless(
      'one’s own in a file of values',
      `extraDeploy:\n  - ${JSON.stringify(asOwn)}\n`,
      'teams/catalog/values.yaml',
    ),
    harmless(
      'values of a chart without objects',
      release({ host: 'catalog.example', ingress: { enabled: true } }),
    ),
    harmless('another chart whose name begins alike', release({ a: 1 }, 'istiod-exporter')),
    harmless('a gateway of one’s own by Istio’s chart', release({ name: 'catalog-gateway' }, 'gateway')),
    harmless(
      'a copy in an annotation',
      written('apps/v1', 'Deployment', {
        metadata: {
          name: 'a',
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(asLogins) },
        },
      }),
    ),
    harmless(
      'examples in an annotation',
      written('operators.coreos.com/v1alpha1', 'ClusterServiceVersion', {
        metadata: { name: 'a', annotations: { 'alm-examples': JSON.stringify([asLogins]) } },
      }),
    ),
    harmless(
      'one’s own in a template of a release',
      release({
        extra: [
          'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: {{ .Release.Name }}\n  namespace: {{ .Release.Namespace }}\nspec:\n  hosts: [web.catalog.svc.cluster.local]\n',
        ],
      }),
    ),
    harmless(
      'an example in a description',
      written('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        spec: { group: 'example.com', description: `for example\n${JSON.stringify(asLogins)}` },
      }),
    ),
    harmless(
      'an example in a page that is kept in a ConfigMap',
      written('v1', 'ConfigMap', { data: { 'README.md': `Like this:\n\n${JSON.stringify(asLogins)}\n` } }),
    ),
    harmless('a page of documentation', `\n${JSON.stringify(asLogins)}\n`, 'docs/example.md'),
    harmless(
      'a ConfigMap that speaks of the group',
      written('v1', 'ConfigMap', {
        data: { 'notes.txt': 'apiVersion: networking.istio.io/v1 is what we use\n' },
      }),
    ),
    harmless(
      'a name of a kind without an object',
      written('example.com/v1', 'Thing', {
        spec: { watches: { apiVersion: 'networking.istio.io/v1', plural: 'virtualservices' } },
      }),
    ),
    harmless(
      'the schema of a kind',
      written('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        spec: {
          group: 'example.com',
          versions: [
            { schema: { properties: { apiVersion: { type: 'string' }, kind: { type: 'string' } } } },
          ],
        },
      }),
    ),
  ],
})
