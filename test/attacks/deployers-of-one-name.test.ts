import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const argo = (path: string, { name = 'login', namespace = 'argocd', more = '' } = {}) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { source: { repoURL: "https://git/mesh", path: "${path}"${more} }, destination: { namespace: ns1 } }\n`
const flux = (path: string, { name = 'login', namespace = 'flux-system' } = {}) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { path: "./${path}", sourceRef: { kind: GitRepository, name: flux-system } }\n`
const release = (name: string, more = '') =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: ${name}, namespace: ns1 }\nspec: { chart: { spec: { chart: ./charts/login, sourceRef: { kind: GitRepository, name: flux-system } } }${more} }\n`
const chart = {
  'charts/login/Chart.yaml': 'apiVersion: v2\nname: login\nversion: 1.0.0\n',
  'charts/login/templates/vs.yaml':
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: chart, namespace: ns1 }\nspec: { hosts: [{{ .Values.host }}] }\n',
}
const theirs = 'teams/login/deliver.yaml'
const mine = 'teams/catalog/deliver.yaml'
const byArgo = { [theirs]: argo('teams/login') }
const byFlux = { [theirs]: flux('teams/login') }

const stopped = (
  way: string,
  base: Files,
  text: string,
  waitsFor: readonly string[] = ['login'],
): Attempt => ({
  way,
  setting: { files: base as Readonly<Record<string, string>> },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor,
})
const harmless = (way: string, base: Files, files: Files) => ({
  way,
  setting: { files: base as Readonly<Record<string, string>> },
  files,
})

testAttackClass('what delivers under the name of another takes its place, wherever it leads', {
  attack: stopped('an Application of the name that leads to no folder', byArgo, argo('gone')),
  variants: [
    stopped('to a folder with nothing of the mesh', byArgo, argo('teams/catalog/empty')),
    stopped('to a chart from elsewhere', byArgo, argo('', { more: ', chart: web, targetRevision: 1.0.0' })),
    stopped('to a path that is still to be filled in', byArgo, argo('{{ path }}'), ['login', 'mesh-admins']),
    stopped('to a file in the place of a folder', byArgo, argo('teams/login/vs-1.yaml')),
    stopped(
      'with options that no folder has',
      byArgo,
      argo('docs', { more: ', kustomize: { namePrefix: x- }' }),
    ),
    stopped('beside an object of one’s own', byArgo, `${argo('own', { name: 'own' })}---\n${argo('gone')}`),
    stopped(
      'in a list',
      byArgo,
      `apiVersion: v1\nkind: List\nitems: [${JSON.stringify({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'login', namespace: 'argocd' }, spec: { source: { repoURL: 'https://git/mesh', path: 'gone' }, destination: {} } })}]\n`,
    ),
    stopped('a Kustomization of Flux', byFlux, flux('gone')),
    stopped('one of Flux with an empty folder', byFlux, flux('teams/catalog/empty')),
    stopped(
      'a HelmRelease',
      { ...chart, [theirs]: release('login') },
      release('login').replace('./charts/login', './charts/gone'),
      ['login', 'mesh-admins'],
    ),
  ],
  neighbours: [
    harmless('another name', byArgo, { [mine]: argo('gone', { name: 'catalog' }) }),
    harmless('the name in another namespace', byArgo, { [mine]: argo('gone', { namespace: 'catalog' }) }),
    harmless('another name for Flux', byFlux, { [mine]: flux('gone', { name: 'catalog' }) }),
    harmless('the name in another namespace for Flux', byFlux, {
      [mine]: flux('gone', { namespace: 'catalog' }),
    }),
    harmless(
      'the name of one’s own',
      { [mine]: argo('gone') },
      { 'teams/catalog/second.yaml': argo('gone') },
    ),
    harmless('another kind of that name', byFlux, { [mine]: argo('gone') }),
    harmless(
      'an edit beside one that was there',
      { ...byArgo, [mine]: argo('gone') },
      { [mine]: argo('missing') },
    ),
    harmless('it goes again', { ...byArgo, [mine]: argo('gone') }, { [mine]: `# gone\n${argo('gone')}` }),
    harmless('one’s own in one’s own folder', byArgo, {
      [mine]: argo('teams/catalog/empty', { name: 'own' }),
    }),
    harmless(
      'a label of one’s own',
      { ...byArgo, [mine]: argo('gone', { name: 'own' }) },
      {
        [mine]: argo('gone', { name: 'own' }).replace('name: own,', 'name: own, labels: { team: catalog },'),
      },
    ),
  ],
})
