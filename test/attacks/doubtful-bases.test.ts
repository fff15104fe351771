import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const catalog = bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? ''
const path = 'teams/catalog/vs-2.yaml'
const own = 'teams/catalog/own.yaml'
const broken = 'kind: ConfigMap\ndata: [\n'

/** A VirtualService of catalog at the gateway; what it takes is nobody's but for the path. */
const claim = (match: string, extra = '') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: own, namespace: ns1}
spec:
  hosts: ["*"]
  gateways: [default/bookinfo-gateway]
  http:
    - match: [{uri: ${match}}]
      route: [{destination: {host: own}}]${extra}
`
const taking = claim('{exact: /login}')
const refused = claim('{exact: /login}', '\n      timeout: 0s')
const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: deny, namespace: ns1}
spec: {action: DENY, selector: {matchLabels: {istio: ingressgateway}}, rules: [{}]}
`
const ownPolicy = policy
  .replace('istio: ingressgateway', 'app: catalog')
  .replace('namespace: ns1', 'namespace: catalog')
/** The primary is catalog's, too, so that a second VirtualService on its host asks nobody for the host. */
const codeowners =
  '/mesh/ @bookinfo/catalog\n/teams/login/ @bookinfo/login\n/teams/catalog/ @bookinfo/catalog\n/.github/ @bookinfo/mesh-admins\n'
const standing = (text: string, at = own) => ({ codeowners, files: { [at]: text } })
const asked = {
  conclusion: 'action_required',
  waitsFor: ['login'],
  says: /could|may/,
  silentOn: /no request changes/i,
} as const

testAttackClass('what was refused or unreadable before appears in the cluster', {
  attack: {
    way: 'a broken sibling is removed, and the VirtualService behind it takes /login',
    setting: standing(`${broken}---\n${taking}`),
    files: { [own]: taking },
    ...asked,
  },
  variants: [
    {
      way: 'a broken sibling behind it',
      setting: standing(`${taking}---\n${broken}`),
      files: { [own]: taking },
      ...asked,
    },
    {
      way: 'a sibling without kind',
      setting: standing(`a: 1\n---\n${taking}`),
      files: { [own]: taking },
      ...asked,
    },
    {
      way: 'the sibling gets its kind',
      setting: standing(`a: 1\n---\n${taking}`),
      files: { [own]: `kind: ConfigMap\nmetadata: {name: a}\n---\n${taking}` },
      ...asked,
    },
    {
      way: 'a separator with a text',
      setting: standing(`---x\n${taking}`),
      files: { [own]: taking },
      ...asked,
    },
    { way: 'a refused timeout goes', setting: standing(refused), files: { [own]: taking }, ...asked },
    {
      way: 'a field beside spec goes',
      setting: standing(`${taking}extra: 1\n`),
      files: { [own]: taking },
      ...asked,
    },
    {
      way: 'a version that no cluster serves becomes one',
      setting: standing(taking.replace('io/v1', 'io/v9')),
      files: { [own]: taking },
      ...asked,
    },
    {
      way: 'it moves into a file of its own',
      setting: standing(`${broken}---\n${taking}`),
      files: { [own]: null, 'teams/catalog/moved.yaml': taking },
      ...asked,
    },
    {
      way: 'two at once, of which one is harmless',
      setting: standing(
        `${broken}---\n${taking}---\n${claim('{exact: /shop}').replace('name: own', 'name: shop')}`,
      ),
      files: { [own]: `${taking}---\n${claim('{exact: /shop}').replace('name: own', 'name: shop')}` },
      ...asked,
    },
    {
      way: 'a policy for the pods of the gateway',
      setting: { files: { [own]: `${broken}---\n${policy}` } },
      files: { [own]: policy },
      conclusion: 'action_required',
      waitsFor: ['login'],
      says: /perhaps did not have it/,
    },
    {
      way: 'a prefix in front of all',
      setting: standing(`${broken}---\n${claim('{prefix: /log}')}`),
      files: { [own]: claim('{prefix: /log}') },
      ...asked,
    },
    {
      way: 'the repair of a secondary that takes what the primary promised to another',
      setting: {
        files: {
          [path]: `${broken}---\n${catalog.replace('exact: /productpage', 'prefix: /log')}`,
        },
      },
      files: { [path]: catalog.replace('exact: /productpage', 'prefix: /log') },
      ...asked,
    },
  ],
  neighbours: [
    {
      way: 'one’s own policy for one’s own pods',
      setting: { files: { [own]: `${broken}---\n${ownPolicy}` } },
      files: { [own]: ownPolicy },
    },
    {
      way: 'a policy for the gateway stays where it cannot be read',
      setting: { files: { [own]: `${broken}---\n${policy}` } },
      files: { [own]: `${broken}# more\n---\n${policy}` },
    },
    {
      way: 'a sibling of one’s own is repaired',
      setting: { files: { [path]: `${catalog}---\n${broken}` } },
      files: { [path]: catalog },
    },
    {
      way: 'a sibling in front of it',
      setting: { files: { [path]: `${broken}---\n${catalog}` } },
      files: { [path]: catalog },
    },
    {
      way: 'one’s own refused timeout',
      setting: { files: { [path]: catalog.replace('      route:\n', '      timeout: 0s\n      route:\n') } },
      files: { [path]: catalog },
    },
    {
      way: 'one’s own field beside spec',
      setting: { files: { [path]: `${catalog}extra: 1\n` } },
      files: { [path]: catalog },
    },
    {
      way: 'login repairs its own',
      by: 'lina',
      setting: { files: { 'teams/login/vs-1.yaml': `${broken}---\n${login}` } },
      files: { 'teams/login/vs-1.yaml': login },
    },
    {
      way: 'a path of nobody',
      setting: standing(`${broken}---\n${claim('{exact: /shop}')}`),
      files: { [own]: claim('{exact: /shop}') },
    },
    {
      way: 'it stays broken',
      setting: standing(`${broken}---\n${taking}`),
      files: { [own]: `${broken}# more\n---\n${taking}` },
    },
    { way: 'it stays refused', setting: standing(refused), files: { [own]: `# more\n${refused}` } },
    {
      way: 'another file',
      setting: standing(`${broken}---\n${taking}`),
      files: { [path]: `# more\n${catalog}` },
    },
    {
      way: 'a file without the mesh is repaired',
      setting: { files: { 'teams/catalog/cm.yaml': broken } },
      files: { 'teams/catalog/cm.yaml': 'kind: ConfigMap\nmetadata: {name: a}\n' },
    },
    { way: 'nothing was wrong', setting: standing(taking), files: { [own]: `# more\n${taking}` } },
    {
      way: 'where refusals do not block, what is written counts',
      setting: { ...standing(refused), configuration: 'rules: {invalid-manifest: report}\n' },
      files: { [own]: `# more\n${refused}` },
    },
  ],
})
