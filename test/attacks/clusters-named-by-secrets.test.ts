import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const application = (name: string, path: string, destination: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec: { destination: { ${destination}, namespace: ns1 }, source: { repoURL: "https://git/mesh", path: ${path}${more} } }
`
const only = ', directory: { include: "vs-*.yaml" }'
const routes = (host: string, name = 'own') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ns2 }
spec: { hosts: ["${host}"], gateways: [${host === '*' ? 'default/bookinfo-gateway' : 'ns2/own'}], http: [{ match: [{ uri: { prefix: /login } }], route: [{ destination: { host: own } }] }] }
`
const secret = (name: string, server: string) => `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: argocd, labels: { argocd.argoproj.io/secret-type: cluster } }
stringData: { name: ${name}, server: "${server}" }
`
const [address, other] = ['https://10.0.0.1', 'https://10.0.0.2']
const place = 'teams/catalog/own'
const own = `${place}/own.yaml`
const deliverer = 'teams/catalog/own-app.yaml'
const said = 'teams/catalog/secret.yaml'
/** The mesh is delivered to a cluster by its name; catalog has something in another one, and something by an address. */
const base = {
  'mesh/app.yaml': application('mesh', 'mesh', 'name: prod'),
  'teams/login/app.yaml': application('login', 'teams/login', 'name: prod', only),
  'teams/catalog/app.yaml': application('catalog', 'teams/catalog', 'name: prod', only),
  'teams/catalog/third/t.yaml': routes('third.example.com', 'third'),
  'teams/catalog/third-app.yaml': application('third', 'teams/catalog/third', 'name: third'),
  [own]: routes('own.example.com'),
  [deliverer]: application('own', place, `server: "${address}"`),
}
const setting = (before: Files = {}) => ({
  files: { ...base, ...before } as Readonly<Record<string, string>>,
})
const stopped = (way: string, files: Files, before: Files = {}): Attempt => ({
  way,
  setting: setting(before),
  files,
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  says: /counts as in another cluster/,
})
const harmless = (way: string, files: Files, before: Files = {}) => ({ way, setting: setting(before), files })
const steal = { [own]: routes('*') }
const third = { [said]: secret('third', address) }
const encoded = `apiVersion: v1
kind: Secret
metadata: { name: third, namespace: argocd, labels: { argocd.argoproj.io/secret-type: cluster } }
data: { name: ${btoa('third')}, server: ${btoa(address)} }
`

testAttackClass('a Secret that names a cluster says with what its objects are compared', {
  attack: stopped('an address becomes another cluster while its objects take what is not theirs', {
    ...third,
    ...steal,
  }),
  variants: [
    stopped('it alone, before they do', third),
    stopped('with a slash at the end', { [said]: secret('third', `${address}/`), ...steal }),
    stopped('in base64', { [said]: encoded, ...steal }),
    stopped('in test data', { 'teams/catalog/testdata/secret.yaml': secret('third', address), ...steal }),
    {
      ...stopped(
        'that of somebody else is edited',
        { 'teams/login/s.yaml': secret('third', address), ...steal },
        { 'teams/login/s.yaml': secret('prod', address) },
      ),
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      ...stopped('one’s own is edited', { ...third, ...steal }, { [said]: secret('prod', address) }),
      waitsFor: ['login', 'mesh-admins'],
    },
    stopped('its address is edited', { ...third, ...steal }, { [said]: secret('third', other) }),
    stopped(
      'an Application newly goes there by the address',
      { ...third, ...steal, [deliverer]: application('own', place, `server: "${address}"`) },
      { [deliverer]: null, [own]: null },
    ),
    stopped(
      'by an ApplicationSet',
      { ...third, ...steal },
      {
        [deliverer]: `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: own, namespace: argocd }
spec:
  generators: [{ list: { elements: [{ at: "${address}" }] } }]
  template:
    metadata: { name: own }
    spec: { destination: { server: "{{at}}", namespace: ns1 }, source: { path: ${place} } }
`,
      },
    ),
    stopped('beside others in one file', {
      [said]: `${secret('more', other)}---\n${secret('third', address)}`,
      ...steal,
    }),
  ],
  neighbours: [
    harmless('of an address to which nothing goes', { [said]: secret('more', other) }),
    harmless('of a cluster that has its name already', { [said]: secret('third', other) }),
    harmless(
      'the same again',
      { [said]: secret('third', address), [own]: routes('own-2.example.com') },
      third,
    ),
    harmless('the same in another file', { 'teams/catalog/s2.yaml': secret('third', address) }, third),
    harmless(
      'a label of it',
      { [said]: secret('third', address).replace('labels: { ', 'labels: { a: b, ') },
      third,
    ),
    harmless(
      'its options',
      { [said]: secret('third', address).replace('stringData: { ', 'stringData: { config: "{}", ') },
      third,
    ),
    harmless('another Secret', {
      [said]: secret('third', address).replace('secret-type: cluster', 'secret-type: repository'),
    }),
    harmless('without the label', {
      [said]: secret('third', address).replace(/labels: \{.*\} \}/, 'labels: {} }'),
    }),
    harmless('no Secret', { [said]: secret('third', address).replace('kind: Secret', 'kind: ConfigMap') }),
    harmless('one that is left to be filled in', { [said]: secret('$' + '{NAME}', address) }),
  ],
})
