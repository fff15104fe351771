import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }

const namespace = (name: string, labels: object, annotations: object = {}) =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } })}\n`
const service = (labels: object, name = 'productpage', where = 'default') =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: where, labels }, spec: { selector: { app: 'web' }, ports: [{ port: 9080 }] } })}\n`
const meshConfig = (text: string, name = 'istio') =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'istio-system' }, data: { mesh: text } })}\n`

const discovery = {
  'mesh/istio.yaml': meshConfig('discoverySelectors:\n- matchLabels: { mesh: "yes" }\n'),
}
const expressions = {
  'mesh/istio.yaml': meshConfig(
    'discoverySelectors:\n- matchExpressions: [{ key: stage, operator: In, values: [prod] }]\n',
    'istio-1-30',
  ),
}
const operator = {
  'mesh/operator.yaml': `${JSON.stringify({ apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', metadata: { name: 'i', namespace: 'istio-system' }, spec: { meshConfig: { discoverySelectors: [{ matchLabels: { mesh: 'yes' } }] } } })}\n`,
}
const sail = {
  'mesh/sail.yaml': `${JSON.stringify({ apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name: 'i' }, spec: { values: { meshConfig: { discoverySelectors: [{ matchLabels: { mesh: 'yes' } }] } } } })}\n`,
}
const release = {
  'mesh/release.yaml': `${JSON.stringify({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'istiod', namespace: 'istio-system' }, spec: { chart: { spec: { chart: 'istiod' } }, values: { meshConfig: { discoverySelectors: [{ matchLabels: { mesh: 'yes' } }] } } } })}\n`,
}
const application = {
  'mesh/application.yaml': `${JSON.stringify({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'istiod', namespace: 'argocd' }, spec: { source: { repoURL: 'https://charts.example', chart: 'istiod', helm: { values: 'meshConfig:\n  discoverySelectors:\n    - matchLabels: { mesh: "yes" }\n' } } } })}\n`,
}
const scopes = {
  'mesh/istio.yaml': meshConfig(
    'serviceScopeConfigs:\n- servicesSelector: { matchExpressions: [{ key: reach, operator: In, values: [far] }] }\n  namespaceSelector: { matchLabels: { zone: open } }\n  scope: GLOBAL\n',
  ),
}

const stopped = (way: string, files: object, [before, after]: readonly (string | null)[]): Attempt => ({
  way,
  setting: { files: { ...files, ...(before && { [mine]: before }) } },
  files: { [mine]: after ?? null },
  ...asked,
  silentOn: /no mesh manifest touched|no request changes|no other team/,
})
const harmless = (way: string, files: object, [before, after]: readonly (string | null)[]) => ({
  way,
  setting: { files: { ...files, ...(before && { [mine]: before }) } },
  files: { [mine]: after ?? null },
})

testAttackClass(
  'labels by which Istio knows namespaces and services ask who lives there, and who leads there',
  {
    attack: {
      ...stopped('a shared namespace leaves the mesh’s discovery', discovery, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', {}),
      ]),
      title: /^Waiting for login: Namespace ns1 changes/,
    },
    variants: [
      stopped('it enters discovery', discovery, [namespace('ns1', {}), namespace('ns1', { mesh: 'yes' })]),
      stopped('another value of the label', discovery, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', { mesh: 'no' }),
      ]),
      stopped('a label of an expression', expressions, [
        namespace('ns1', { stage: 'prod' }),
        namespace('ns1', { stage: 'test' }),
      ]),
      stopped('selectors of an operator', operator, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', {}),
      ]),
      stopped('selectors of another operator', sail, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', {}),
      ]),
      stopped('selectors in the values of a release', release, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', {}),
      ]),
      stopped('selectors in a text of values', application, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', {}),
      ]),
      {
        ...stopped('the namespace of a service to which another team’s routes lead', discovery, [
          namespace('default', { mesh: 'yes' }),
          namespace('default', {}),
        ]),
        waitsFor: ['login', 'mesh-admins'],
        says: /routes of .*login.* lead to/,
      },
      stopped('the namespace is new, and not discovered', discovery, [null, namespace('ns1', {})]),
      stopped('the namespace is taken away', discovery, [namespace('ns1', { mesh: 'yes' }), null]),
      stopped('the scope of a service to which another team’s routes lead', scopes, [
        service({ reach: 'far' }),
        service({}),
      ]),
      stopped('that service gets a scope', scopes, [service({}), service({ reach: 'far' })]),
      stopped('the scope of all services of a namespace', scopes, [
        namespace('ns1', { zone: 'open' }),
        namespace('ns1', {}),
      ]),
    ],
    neighbours: [
      harmless('a label that nothing selects by', discovery, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', { mesh: 'yes', team: 'catalog' }),
      ]),
      harmless('the label where nothing selects', {}, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', {}),
      ]),
      harmless('an annotation', discovery, [
        namespace('ns1', { mesh: 'yes' }),
        namespace('ns1', { mesh: 'yes' }, { note: 'a' }),
      ]),
      harmless('a namespace of one’s own leaves', discovery, [
        namespace('catalog', { mesh: 'yes' }),
        namespace('catalog', {}),
      ]),
      harmless('a new namespace of one’s own', discovery, [null, namespace('catalog-next', { mesh: 'yes' })]),
      harmless('layout', discovery, [
        namespace('ns1', { mesh: 'yes' }),
        `# ours\n${namespace('ns1', { mesh: 'yes' })}`,
      ]),
      harmless('a label of a service that no scope names', scopes, [
        service({ reach: 'far' }),
        service({ reach: 'far', team: 'catalog' }),
      ]),
      harmless('the scope of a service to which no route leads', scopes, [
        service({ reach: 'far' }, 'reviews', 'catalog'),
        service({}, 'reviews', 'catalog'),
      ]),
      harmless('the key of a scope on a namespace of one’s own', scopes, [
        namespace('catalog', { zone: 'open' }),
        namespace('catalog', {}),
      ]),
      harmless('the same label on a service, where only namespaces are chosen', discovery, [
        service({ mesh: 'yes' }),
        service({}),
      ]),
    ],
  },
)
