import { testAttackClass } from '../support/attack-class.ts'

const root = 'kustomization.yaml'
const overAll = `resources:
  - mesh/bookinfo.yaml
  - mesh/gateway.yaml
  - teams/login/vs-1.yaml
  - teams/catalog/vs-2.yaml
`
const configMap = (name: string, namespace = 'ns1') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: ${namespace} }\ndata: { a: b }\n`
const mine = 'teams/catalog/settings.yaml'
const binary = Uint8Array.from([0xff, 0xfe, 0x00, 0xd8, 0x41])
const marred = Uint8Array.from([...Buffer.from(configMap('a')), 0x23, 0x20, 0xff, 0x0a])
const blocked = { conclusion: 'failure', waitsFor: [] } as const
/** Nothing says what it delivers. */
const notKnown = { conclusion: 'action_required', waitsFor: ['login', 'mesh-admins'] } as const
const says = /does not build, so that nothing of it is applied/
const over = (more = '', files = {}) => ({ files: { [root]: overAll + more, ...files } })
const generated = 'configMapGenerator: [{ name: web, files: [teams/catalog/web.properties] }]\n'
const input = { 'teams/catalog/web.properties': 'a=b\n' }

/** A Service, and the route that leads to it. */
const services = {
  'teams/login/s/kustomization.yaml': 'resources: [service.yaml]\n',
  'teams/login/s/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n',
  'teams/login/mesh.yaml':
    'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: login, namespace: ns1 }\nspec: { hosts: [login], http: [{ route: [{ destination: { host: login } }] }] }\n',
}

testAttackClass('a build that ends delivers nothing of others any more', {
  attack: {
    way: 'a ConfigMap of one’s own under the name of another that is built',
    setting: over('  - teams/catalog/a.yaml\n', { 'teams/catalog/a.yaml': configMap('settings') }),
    files: {
      [root]: `${overAll}  - teams/catalog/a.yaml\n  - ${mine}\n`,
      [mine]: configMap('settings'),
    },
    ...blocked,
    says,
  },
  variants: [
    {
      way: 'a label that is no text, where nothing but a Service is built to which routes lead',
      setting: {
        files: { ...services, 'teams/catalog/all/kustomization.yaml': 'resources: [../../login/s]\n' },
      },
      files: {
        'teams/catalog/all/kustomization.yaml': 'resources: [../../login/s]\ncommonLabels: { x: true }\n',
      },
      conclusion: 'action_required',
      waitsFor: ['login'],
    },
    {
      way: 'the second one comes into a file that is built already',
      setting: over(`  - ${mine}\n`, { [mine]: configMap('a') }),
      files: { [mine]: `${configMap('a')}---\n${configMap('a')}` },
      ...blocked,
      says,
    },
    {
      way: 'a namespace that makes two into one',
      setting: over('  - teams/catalog\n', {
        'teams/catalog/kustomization.yaml': 'resources: [one.yaml, two.yaml]\n',
        'teams/catalog/one.yaml': configMap('a', 'one'),
        'teams/catalog/two.yaml': configMap('b', 'two'),
      }),
      files: { 'teams/catalog/two.yaml': configMap('a', 'one') },
      ...blocked,
      says,
    },
    {
      way: 'a ConfigMap that is generated twice',
      setting: over(generated, input),
      files: { [root]: overAll + generated.replace('}]', '}, { name: web, literals: [a=b] }]') },
      ...blocked,
      says,
    },
    {
      way: 'the input of a generator is removed',
      setting: over(generated, input),
      files: { 'teams/catalog/web.properties': null },
      ...blocked,
      says,
    },
    {
      way: 'the input of a generator is renamed',
      setting: over(generated.replace('files:', 'envs:'), input),
      files: { 'teams/catalog/web.properties': null, 'teams/catalog/web.env': 'a=b\n' },
      ...blocked,
      says,
    },
    {
      way: 'a resource that is no UTF-8',
      setting: over(`  - ${mine}\n`, { [mine]: configMap('a') }),
      files: { [mine]: marred },
      ...blocked,
      says,
    },
    {
      way: 'a resource of one’s own is removed that stays listed',
      setting: over(`  - ${mine}\n`, { [mine]: configMap('a') }),
      files: { [mine]: null },
      ...blocked,
      says,
    },
    {
      way: 'a resource from elsewhere',
      setting: over(),
      files: { [root]: `${overAll}  - https://github.com/catalog/base?ref=v1\n` },
      ...notKnown,
    },
    {
      way: 'a base of one’s own that builds upon what builds it',
      setting: over('  - teams/catalog\n', { 'teams/catalog/kustomization.yaml': 'resources: []\n' }),
      files: { 'teams/catalog/kustomization.yaml': 'resources: [../..]\n' },
      ...blocked,
      says,
    },
    {
      way: 'a circle of three',
      setting: over('  - teams/catalog\n', {
        'teams/catalog/kustomization.yaml': 'resources: [../../a]\n',
        'a/kustomization.yaml': 'resources: [../b]\n',
        'b/kustomization.yaml': 'namespace: x\n',
      }),
      files: { 'b/kustomization.yaml': 'namespace: x\nresources: [../teams/catalog]\n' },
      ...blocked,
      says,
    },
    {
      way: 'a field that Kustomize does not know, in a base of one’s own',
      setting: over('  - teams/catalog\n', {
        'teams/catalog/kustomization.yaml': 'namespace: x\n',
      }),
      files: { 'teams/catalog/kustomization.yaml': 'namespace: x\nressources: []\n' },
      ...blocked,
      says,
    },
    {
      way: 'a base of one’s own becomes a component',
      setting: over('  - teams/catalog\n', { 'teams/catalog/kustomization.yaml': 'namespace: x\n' }),
      files: {
        'teams/catalog/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: x\n',
      },
      conclusion: 'failure',
      waitsFor: ['login', 'mesh-admins'],
      says,
    },
    {
      way: 'a patch of one’s own Deployment whose file goes',
      setting: over('patches: [{ path: teams/catalog/patch.txt, target: { kind: Deployment } }]\n', {
        'teams/catalog/patch.txt': '[{"op":"remove","path":"/spec/replicas"}]',
      }),
      files: { 'teams/catalog/patch.txt': null },
      ...blocked,
      says,
    },
    {
      way: 'an empty entry',
      setting: over(),
      files: { [root]: `${overAll}  - \n` },
      ...blocked,
      says,
    },
  ],
  neighbours: [
    {
      way: 'a ConfigMap of a name of its own',
      setting: over(),
      files: { [root]: `${overAll}  - ${mine}\n`, [mine]: configMap('a') },
    },
    {
      way: 'the same name in another namespace',
      setting: over(`  - teams/catalog/a.yaml\n`, { 'teams/catalog/a.yaml': configMap('a') }),
      files: {
        [root]: `${overAll}  - teams/catalog/a.yaml\n  - ${mine}\n`,
        [mine]: configMap('a', 'other'),
      },
    },
    {
      way: 'a picture as the input of a generator',
      setting: over(),
      files: {
        [root]: `${overAll}configMapGenerator: [{ name: logo, files: [teams/catalog/logo.png] }]\n`,
        'teams/catalog/logo.png': binary,
      },
    },
    {
      way: 'the input of a generator is edited',
      setting: over(generated, input),
      files: { 'teams/catalog/web.properties': 'a=c\n' },
    },
    {
      way: 'a generator and its input go together',
      setting: over(generated, input),
      files: { [root]: overAll, 'teams/catalog/web.properties': null },
    },
    {
      way: 'another version of what comes from elsewhere',
      setting: over('  - https://github.com/catalog/base?ref=v1\n'),
      files: { [root]: `${overAll}  - https://github.com/catalog/base?ref=v2\n` },
    },
    {
      way: 'a build that was broken is repaired',
      setting: over(`  - ${mine}\n`),
      files: { [mine]: configMap('a') },
    },
    {
      way: 'a build that was broken breaks in the same way still',
      setting: over(`  - nowhere.yaml\n  - ${mine}\n`, { [mine]: configMap('a') }),
      files: { [mine]: configMap('b') },
    },
    {
      way: 'one base in two overlays under two prefixes',
      setting: over('  - teams/catalog/one\n', {
        'teams/catalog/base/kustomization.yaml': 'resources: [a.yaml]\n',
        'teams/catalog/base/a.yaml': configMap('a'),
        'teams/catalog/one/kustomization.yaml': 'namePrefix: one-\nresources: [../base]\n',
      }),
      files: {
        [root]: `${overAll}  - teams/catalog/one\n  - teams/catalog/two\n`,
        'teams/catalog/two/kustomization.yaml': 'namePrefix: two-\nresources: [../base]\n',
      },
    },
    {
      way: 'a build of one’s own that makes one more object',
      setting: { files: { 'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml]\n' } },
      files: {
        'teams/catalog/kustomization.yaml': 'resources: [vs-2.yaml, settings.yaml]\n',
        [mine]: configMap('a'),
      },
    },
    {
      way: 'a generator that adds to what a base generates',
      setting: over('  - teams/catalog\n', {
        'teams/catalog/kustomization.yaml': 'configMapGenerator: [{ name: a, literals: [b=c] }]\n',
      }),
      files: {
        [root]: `${overAll}  - teams/catalog\nconfigMapGenerator: [{ name: a, behavior: merge, literals: [d=e] }]\n`,
      },
    },
    {
      way: 'fields that everybody knows',
      setting: over(),
      files: {
        [root]: `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${overAll}generatorOptions: { disableNameSuffixHash: true }\nsortOptions: { order: fifo }\n`,
      },
    },
  ],
})
