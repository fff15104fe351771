import { testAttackClass } from '../support/attack-class.ts'

const policy = (namespace = '') =>
  `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: all${namespace} }\nspec: { action: DENY, rules: [{ to: [{ operation: { paths: [/login] } }] }] }\n`
const operator = {
  'mesh/install.yaml':
    'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: i, namespace: istio-system }\nspec: { meshConfig: { rootNamespace: mesh-root } }\n',
}
const configMap = (text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: istio, namespace: istio-system }\ndata:\n  mesh: ${text}\n`
const own = 'teams/catalog/app/kustomization.yaml'
/** Where the pods of gateways run is said, so that no other namespace may be theirs. */
const base = (files: Record<string, string> = operator) => ({
  configuration: 'istio: { gatewayNamespaces: [istio-system] }\n',
  files: {
    'teams/catalog/app/policy.yaml': policy(),
    [own]: 'namespace: shop\nresources: [policy.yaml]\n',
    ...files,
  },
})
const entered = { [own]: 'namespace: mesh-root\nresources: [policy.yaml]\n' }
const asked = { conclusion: 'action_required', waitsFor: ['login', 'mesh-admins'] } as const
const flux = (namespace: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: c, namespace: flux-system }\nspec: { path: teams/catalog/app, targetNamespace: ${namespace} }\n`
const argo = (namespace: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: c, namespace: argocd }\nspec: { source: { repoURL: "https://example.com/x", path: teams/catalog/app${more} }, destination: { namespace: ${namespace} } }\n`
const plain = { ...operator, [own]: 'resources: [policy.yaml]\n' }
const mine = 'teams/catalog/deliver.yaml'

testAttackClass('a layer that brings one’s own policy into the root namespace of the mesh', {
  attack: {
    way: 'by a namespace, where an operator says which it is',
    setting: base(),
    files: entered,
    ...asked,
  },
  variants: [
    {
      way: 'where a text of the ConfigMap says so',
      setting: base({ 'mesh/istio.yaml': configMap('"rootNamespace: mesh-root"') }),
      files: entered,
      ...asked,
    },
    {
      way: 'where a block of the ConfigMap says so',
      setting: base({ 'mesh/istio.yaml': configMap('|-\n    rootNamespace: mesh-root') }),
      files: entered,
      ...asked,
    },
    {
      way: 'where values of the chart of istiod say so',
      setting: base({ 'mesh/values.yaml': 'meshConfig: { rootNamespace: mesh-root }\n' }),
      files: entered,
      ...asked,
    },
    {
      way: 'where it is JSON',
      setting: base({ 'mesh/values.json': '{ "meshConfig": { "rootNamespace": "mesh-root" } }\n' }),
      files: entered,
      ...asked,
    },
    {
      way: 'the usual one, whatever is said',
      setting: base(),
      files: { [own]: entered[own].replace('mesh-root', 'istio-system') },
      ...asked,
    },
    { way: 'by Flux', setting: base(plain), files: { [mine]: flux('mesh-root') }, ...asked },
    {
      way: 'by Flux, from another namespace',
      setting: base({ ...plain, [mine]: flux('shop') }),
      files: { [mine]: flux('mesh-root') },
      ...asked,
    },
    { way: 'by Argo CD', setting: base(plain), files: { [mine]: argo('mesh-root') }, ...asked },
    {
      way: 'by the settings of Kustomize in Argo CD',
      setting: base({ ...plain, [mine]: argo('shop') }),
      files: { [mine]: argo('shop', ', kustomize: { namespace: mesh-root }') },
      ...asked,
    },
    {
      way: 'by a patch of the namespace',
      setting: base(),
      files: {
        [own]:
          'resources: [policy.yaml]\npatches: [{ target: { kind: AuthorizationPolicy }, patch: \'[{"op":"add","path":"/metadata/namespace","value":"mesh-root"}]\' }]\n',
      },
      ...asked,
    },
  ],
  neighbours: [
    {
      way: 'into another namespace',
      setting: base(),
      files: { [own]: entered[own].replace('mesh-root', 'web') },
    },
    { way: 'nothing is said of any root', setting: base({}), files: entered },
    { way: 'by Flux into one’s own', setting: base(plain), files: { [mine]: flux('shop') } },
    { way: 'by Argo CD into one’s own', setting: base(plain), files: { [mine]: argo('shop') } },
    {
      way: 'a Deployment there',
      setting: base({
        ...operator,
        'teams/catalog/app/policy.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: {}\n',
      }),
      files: entered,
    },
    {
      way: 'a ConfigMap there',
      setting: base({
        ...operator,
        'teams/catalog/app/policy.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
      }),
      files: entered,
    },
    { way: 'a prefix', setting: base(), files: { [own]: `${base().files[own]}namePrefix: x-\n` } },
    {
      way: 'a comment that names it',
      setting: base(),
      files: { [own]: `# mesh-root\n${base().files[own]}` },
    },
    {
      way: 'an image',
      setting: base(),
      files: { [own]: `${base().files[own]}images: [{ name: a, newTag: "1" }]\n` },
    },
    {
      way: 'a name that begins like it',
      setting: base(),
      files: { [own]: entered[own].replace('mesh-root', 'mesh-root-2') },
    },
  ],
})
