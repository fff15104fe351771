import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const flux = (path = './teams') =>
  `${JSON.stringify({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'all', namespace: 'flux-system' },
    spec: { path, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
  })}\n`
const argo = (recurse: boolean) =>
  `${JSON.stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'all', namespace: 'argocd' },
    spec: { source: { path: 'teams', directory: { recurse } } },
  })}\n`
const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x, namespace: catalog }\n'

const byFlux = { 'clusters/all.yaml': flux() }
const byArgo = { 'clusters/all.yaml': argo(true) }
const byKustomize = {
  'kustomization.yaml':
    'resources: [mesh/bookinfo.yaml, mesh/gateway.yaml, teams/login/vs-1.yaml, teams/catalog]\n',
  'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml, x.yaml]\n',
  'teams/catalog/x.yaml': deployment,
}
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'
const mine = 'teams/catalog/x.yaml'

type Base = Readonly<Record<string, string>>
const stopped = (
  way: string,
  base: Base,
  files: Attempt['files'],
  waitsFor: readonly string[] = [],
): Attempt => ({ way, setting: { files: base }, files, conclusion: 'failure', waitsFor })
const everybody = ['login', 'mesh-admins']
const harmless = (way: string, base: Base, files: Attempt['files']) => ({
  way,
  setting: { files: base },
  files,
})

testAttackClass('a file of one`s own for which nothing of the others arrives any more', {
  attack: {
    ...stopped('values in a folder that Flux delivers whole', byFlux, {
      'teams/catalog/values.yaml': 'a: 1\n',
    }),
    says: /does not build[\s\S]* It delivers teams\/catalog\/vs-2.yaml, teams\/login\/vs-1.yaml: a cluster keeps/,
    silentOn: /no mesh manifest touched|no request changes/,
  },
  variants: [
    stopped('a broken file there', byFlux, { [mine]: 'a: [\n' }),
    stopped('an object without a name', byFlux, { [mine]: 'apiVersion: v1\nkind: ConfigMap\n' }),
    stopped('a template', byFlux, { [mine]: '{{ if .x }}\na: {{ .y }}\n{{ end }}\n' }),
    stopped('a list of things', byFlux, { [mine]: '- a\n- b\n' }),
    stopped('a kustomization there that names nothing', byFlux, {
      'teams/catalog/more/kustomization.yaml': '',
    }),
    stopped('one that names what is not there', byFlux, {
      'teams/catalog/more/kustomization.yaml': 'resources: [gone.yaml]\n',
    }),
    stopped('a broken object in a folder that Argo CD delivers whole', byArgo, {
      [mine]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {\n',
    }),
    stopped('a broken resource of a kustomization', byKustomize, { [mine]: 'a: [\n' }),
    stopped('a resource with a key written twice', byKustomize, {
      [mine]: `${deployment}kind: Deployment\n`,
    }),
    stopped('a resource without a kind', byKustomize, { [mine]: 'a: 1\n' }),
    stopped(
      'a second kustomization in the folder',
      byKustomize,
      { 'teams/catalog/kustomization.yml': 'resources: [vs-2.yaml]\n' },
      everybody,
    ),
    stopped(
      'a component from elsewhere, which works on all that is built',
      byKustomize,
      {
        'teams/catalog/kustomization.yaml':
          'resources: [vs-2.yaml, x.yaml]\ncomponents: ["https://git.example/c?ref=main"]\n',
      },
      [],
    ),
    {
      ...stopped(
        'a transformer of images that works on hosts',
        {
          ...byKustomize,
          'kustomization.yaml': `${byKustomize['kustomization.yaml']}components: [teams/catalog/images]\n`,
          'teams/catalog/images/kustomization.yaml': `${component}labels: [{ pairs: { team: catalog } }]\n`,
        },
        {
          'teams/catalog/images/kustomization.yaml': `${component}transformers:\n  - |-\n    apiVersion: builtin\n    kind: ImageTagTransformer\n    metadata: { name: x }\n    imageTag: { name: productpage.default.svc.cluster.local, newName: evil }\n    fieldSpecs: [{ path: spec/http/route/destination/host, kind: VirtualService }]\n`,
        },
      ),
      conclusion: 'action_required',
      waitsFor: ['login'],
    },
  ],
  neighbours: [
    harmless('an object in a folder that Flux delivers whole', byFlux, { [mine]: deployment }),
    harmless('a page of documentation there', byFlux, { 'teams/catalog/README.md': '# x\n' }),
    harmless('values beside the folder', byFlux, { 'charts/values.yaml': 'a: 1\n' }),
    harmless(
      'values that Flux is told to ignore',
      { ...byFlux, '.sourceignore': 'values.yaml\n' },
      {
        'teams/catalog/values.yaml': 'a: 1\n',
      },
    ),
    harmless(
      'one more where something failed before',
      { ...byFlux, 'teams/catalog/values.yaml': 'a: 1\n' },
      {
        'teams/catalog/more.yaml': 'b: 1\n',
      },
    ),
    harmless('what failed before is edited', { ...byFlux, [mine]: 'a: 1\n' }, { [mine]: 'a: 2\n' }),
    harmless('what failed is repaired', { ...byFlux, [mine]: 'a: 1\n' }, { [mine]: deployment }),
    harmless('values in a folder that Argo CD delivers', byArgo, { 'teams/catalog/values.yaml': 'a: 1\n' }),
    harmless(
      'a broken object where Argo CD does not look',
      { 'clusters/all.yaml': argo(false) },
      {
        [mine]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {\n',
      },
    ),
    harmless('a resource of a kustomization', byKustomize, {
      [mine]: `${deployment}spec: { replicas: 2 }\n`,
    }),
    harmless('a list of objects', byFlux, {
      [mine]: `apiVersion: v1\nkind: List\nitems: [${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })}]\n`,
    }),
    harmless('a kustomization of one’s own objects', byFlux, {
      'teams/catalog/more/kustomization.yaml': 'resources: [x.yaml]\n',
      'teams/catalog/more/x.yaml': deployment,
    }),
  ],
})
