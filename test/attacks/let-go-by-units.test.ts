import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const folder = 'teams/catalog'
const object = (apiVersion: string, kind: string, name: string, namespace: string, spec: object) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name, namespace }, spec })}\n`
const istio = 'networking.istio.io/v1'
const host = 'reviews.catalog.svc.cluster.local'
const leads = object(istio, 'VirtualService', 'leads', 'login', {
  hosts: ['accounts.login.svc.cluster.local'],
  http: [{ route: [{ destination: { host, subset: 'v1', port: { number: 80 } } }] }],
})
const service = (app = 'reviews') =>
  object('v1', 'Service', 'reviews', 'catalog', { selector: { app }, ports: [{ port: 80, name: 'http' }] })
const subsets = (version = '1') =>
  object(istio, 'DestinationRule', 'reviews', 'catalog', {
    host,
    subsets: [{ name: 'v1', labels: { version } }],
  })
const other = object(istio, 'DestinationRule', 'other', 'catalog', {
  host: 'other.catalog.svc.cluster.local',
  subsets: [{ name: 'v1', labels: { version: '1' } }],
})
const configMap = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"catalog"}}\n'
const part = String(bookinfoFiles()['teams/catalog/vs-2.yaml'])
const primary = String(bookinfoFiles()['mesh/bookinfo.yaml'])
const rules = `${folder}/rules.yaml`
const services = `${folder}/service.yaml`
const base: Files = {
  'teams/login/leads.yaml': leads,
  [rules]: subsets(),
  [services]: service(),
  [`${folder}/other.yaml`]: other,
  [`${folder}/map.yaml`]: configMap,
}
const sub = `${folder}/sub`
const argo = (more = '') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: catalog, namespace: argocd }
spec: { destination: { namespace: catalog, server: "https://kubernetes.default.svc" }, source: { repoURL: "https://git/mesh", path: ${folder}${more} } }
`
const flux = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: catalog, namespace: flux-system }
spec: { path: ./${path}, sourceRef: { kind: GitRepository, name: flux-system } }
`
const listing = (...resources: readonly string[]) => `resources: [${resources.join(', ')}]\n`
const all = ['vs-2.yaml', 'rules.yaml', 'service.yaml', 'other.yaml', 'map.yaml']
const stated = { configuration: `units: [{ path: ${folder}, kind: directory }]\n` }
const root = `${folder}/kustomization.yaml`
const settings = {
  stated: { ...stated, files: base },
  recursive: { configuration: `units: [{ path: ${folder}, kind: recursive-directory }]\n`, files: base },
  none: { files: base },
  argo: { files: { ...base, 'mesh/catalog.yaml': argo() } },
  flux: {
    files: { ...base, [root]: listing(...all), 'mesh/catalog.yaml': flux(folder) },
  },
  listed: { files: { ...base, [root]: listing(...all) } },
  two: {
    configuration: `units: [{ path: ${folder}, kind: directory }, { path: ${sub}, kind: directory }]\n`,
    files: base,
  },
}
const moved = (from: string, to: string, text: string): Files => ({ [from]: null, [to]: text })

const stopped = (way: string, files: Files, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: settings.stated,
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
  says: /No unit delivers/,
  silentOn: /no mesh manifest touched|no request changes|no other team is affected/,
  ...rest,
})
/** Who moves what is one's own and serves nobody else is told. */
const told = { silentOn: /no request changes/, says: /No unit delivers/ }
const harmless = (way: string, files: Files, rest: Partial<Attempt> = {}) => ({
  way,
  setting: settings.stated,
  files,
  silentOn: /No unit delivers/,
  ...rest,
})

/** What stays where a unit took it, and is taken no more, is surely not delivered. */
const gone = { conclusion: 'failure', says: /no subset v1 any more/ } as const

testAttackClass('what a unit delivers no more although it stands in a file', {
  attack: stopped('subsets moved below a folder', moved(rules, `${sub}/rules.yaml`, subsets())),
  variants: [
    stopped('a Service', moved(services, `${sub}/service.yaml`, service())),
    stopped('a primary', moved('mesh/bookinfo.yaml', 'mesh/sub/bookinfo.yaml', primary), {
      setting: { configuration: 'units: [{ path: mesh, kind: directory }]\n' },
      by: 'maya',
      waitsFor: ['catalog', 'login'],
    }),
    stopped('both', {
      ...moved(rules, `${sub}/rules.yaml`, subsets()),
      ...moved(services, `${sub}/service.yaml`, service()),
    }),
    stopped('into a folder beside', moved(rules, 'teams/catalog-by-hand/rules.yaml', subsets())),
    stopped(
      'in a list',
      moved(rules, `${sub}/rules.yaml`, `{"apiVersion":"v1","kind":"List","items":[${subsets()}]}\n`),
    ),
    stopped(
      'without its namespace',
      moved(rules, `${sub}/rules.yaml`, subsets().replace(',"namespace":"catalog"', '')),
    ),
    stopped(
      'in another version',
      moved(rules, `${sub}/rules.yaml`, subsets().replace('io/v1', 'io/v1beta1')),
    ),
    stopped('a directory of Argo CD', moved(rules, `${sub}/rules.yaml`, subsets()), {
      setting: settings.argo,
    }),
    stopped(
      'Argo CD is told to pass over it',
      { [rules]: `# +argocd:skip-file-rendering\n${subsets()}` },
      { setting: settings.argo, ...gone },
    ),
    stopped(
      'a kustomization of Flux lists it no more',
      { [root]: listing(...all.filter((each) => each !== 'rules.yaml')) },
      { setting: settings.flux, ...gone },
    ),
    stopped(
      'a kustomization that nobody is known to apply',
      { [root]: listing(...all.filter((each) => each !== 'service.yaml')) },
      { setting: settings.listed, says: /is removed/ },
    ),
    stopped(
      'Argo CD is told to leave it out',
      { 'mesh/catalog.yaml': argo(', directory: { exclude: rules.yaml }') },
      {
        setting: settings.argo,
        by: 'maya',
        ...gone,
        waitsFor: ['catalog', 'login'],
      },
    ),
  ],
  neighbours: [
    harmless('what no unit ever took', moved(`${sub}/rules.yaml`, `${sub}/in/rules.yaml`, subsets()), {
      setting: { ...stated, files: { ...base, [rules]: null, [`${sub}/rules.yaml`]: subsets() } as never },
    }),
    harmless('between two units', moved(rules, `${sub}/rules.yaml`, subsets()), { setting: settings.two }),
    harmless('a repository without units', moved(rules, `${sub}/rules.yaml`, subsets()), {
      setting: settings.none,
    }),
    harmless('a unit that takes what is below', moved(rules, `${sub}/rules.yaml`, subsets()), {
      setting: settings.recursive,
    }),
    harmless('within the folder', moved(rules, `${folder}/renamed.yaml`, subsets())),
    harmless(
      'subsets that nobody else leads to',
      moved(`${folder}/other.yaml`, `${sub}/other.yaml`, other),
      told,
    ),
    harmless('a route of one’s own', moved(`${folder}/vs-2.yaml`, `${sub}/vs-2.yaml`, part), told),
    harmless('a plain file', moved(`${folder}/map.yaml`, `${sub}/map.yaml`, configMap)),
    harmless('a copy below, beside what is delivered', { [`${sub}/rules.yaml`]: subsets() }),
    harmless('what is new below', {
      [`${sub}/new.yaml`]: other.replaceAll('other', 'new'),
    }),
    harmless('a unit newly takes it', moved(`${sub}/other.yaml`, `${folder}/other.yaml`, other), {
      setting: {
        ...stated,
        files: { ...base, [`${folder}/other.yaml`]: configMap, [`${sub}/other.yaml`]: other },
      },
    }),
    harmless('a note below', { [`${sub}/README.md`]: 'Ours.\n' }),
    harmless(
      'whoever leads there lets go of the route',
      moved('teams/login/leads.yaml', 'teams/login/in/leads.yaml', leads),
      {
        by: 'lina',
        setting: { configuration: 'units: [{ path: teams/login, kind: directory }]\n', files: base },
      },
    ),
  ],
})
