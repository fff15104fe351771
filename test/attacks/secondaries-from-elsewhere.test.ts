import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const primary = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bookinfo, namespace: default }
spec:
  gateways: [bookinfo-gateway]
  hosts: ["*"]
  http:
    - match: [{ uri: { prefix: /log } }]
      delegate: { name: vs-1, namespace: ns1 }
    - match: [{ uri: { prefix: /canary } }]
      delegate: { name: reviews, namespace: ns1 }
    - match: [{ uri: { prefix: / } }]
      delegate: { name: vs-2, namespace: ns1 }
`

interface Canary {
  readonly name?: string
  readonly namespace?: string
  readonly spec?: string
  readonly service?: string
}

function canary({ name = 'reviews', namespace = 'ns1', spec = '', service = '' }: Canary = {}): string {
  return `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: ${name}, namespace: ${namespace} }
spec:
${spec || `  targetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }\n`}  service:
    port: 80
${service || '    delegation: true\n'}`
}

const own = 'teams/catalog/canary.yaml'
const withCanary: Files = { 'mesh/bookinfo.yaml': primary, [own]: canary() }
const external = 'external: ["ns1/reviews"]\n'

const missing = 'missing-secondary'

function stopped(way: string, files: Files, more: Partial<Attempt> = {}): Attempt {
  return {
    way,
    setting: { files: withCanary },
    files,
    conclusion: 'failure',
    waitsFor: ['login', 'mesh-admins'],
    says: missing,
    ...more,
  }
}

function harmless(
  way: string,
  files: Files,
  base: Files = withCanary,
  configuration?: string,
): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  const setting = { files: base, ...(configuration !== undefined && { configuration }) }
  return { way, setting, files, silentOn: /missing-secondary/ }
}

const target = '  targetRef: { apiVersion: apps/v1, kind: Deployment, name: reviews }\n'
const web = '  targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }\n'
const named = '    delegation: true\n    name: reviews\n'
const own2 = 'teams/catalog/vs-2.yaml'

function secondary(prefix: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs-2, namespace: ns1 }
spec:
  http:
    - match: [{ uri: { exact: /productpage } }, { uri: { prefix: /static } }, { uri: { prefix: ${prefix}/products } }]
      route: [{ destination: { host: productpage.default.svc.cluster.local, port: { number: 9080 } } }]
`
}

const admins = { waitsFor: ['mesh-admins'] }

testAttackClass('a secondary that something else makes, taken away', {
  attack: stopped(
    'the Canary that makes it is deleted',
    { [own]: null },
    { title: /\(reviews is not there\)/ },
  ),
  variants: [
    stopped('the Canary no longer delegates', { [own]: canary({ service: '    delegation: false\n' }) }),
    stopped('nor says so', { [own]: canary({ service: '    name: reviews\n' }) }),
    stopped('as a text, which no API server takes', {
      [own]: canary({ service: '    delegation: "true"\n' }),
    }),
    stopped('its service has another name', {
      [own]: canary({ service: '    delegation: true\n    name: other\n' }),
    }),
    stopped('its target has', {
      [own]: canary({ spec: '  targetRef: { apiVersion: apps/v1, kind: Deployment, name: other }\n' }),
    }),
    stopped('it stands in another namespace', { [own]: canary({ namespace: 'ns2' }) }),
    stopped('by a provider that makes no VirtualServices', {
      [own]: canary({
        spec: '  provider: gatewayapi:v1\n  targetRef: { apiVersion: apps/v1, kind: Deployment, name: reviews }\n',
      }),
    }),
    stopped('a Canary of another group', {
      [own]: canary().replace('flagger.app/v1beta1', 'example.org/v1beta1'),
    }),
    stopped('another kind of Flagger', { [own]: canary().replace('kind: Canary', 'kind: MetricTemplate') }),
    stopped('it becomes a comment', { [own]: canary().replace(/^/gm, '# ') }),
    stopped(
      'the primary names another',
      {
        'mesh/bookinfo.yaml': primary.replace('name: reviews', 'name: ratings'),
      },
      admins,
    ),
    stopped(
      'the configuration names another',
      { 'mesh/bookinfo.yaml': primary.replace('name: reviews', 'name: ratings') },
      { ...admins, setting: { files: { 'mesh/bookinfo.yaml': primary }, configuration: external } },
    ),
  ],
  neighbours: [
    harmless('nothing happens to it', { [own]: `# reviewed\n${canary()}` }),
    harmless('an annotation of its own', {
      [own]: canary().replace('namespace: ns1 }', 'namespace: ns1, annotations: { a: b } }'),
    }),
    harmless('it is moved to another file of the same team', {
      [own]: null,
      'teams/catalog/reviews/canary.yaml': canary(),
    }),
    harmless('its target is written in another order', {
      [own]: canary({
        spec: '  targetRef: { name: reviews, kind: Deployment, apiVersion: apps/v1 }\n',
      }),
    }),
    harmless('its analysis goes faster', {
      [own]: canary({ spec: `${target}  analysis: { interval: 1m, threshold: 5 }\n` }),
    }),
    harmless(
      'beside one whose provider is said',
      {
        [own]: canary({ spec: `${target}  analysis: { interval: 2m }\n  provider: istio\n` }),
      },
      {
        'mesh/bookinfo.yaml': primary,
        [own]: canary({ spec: `${target}  provider: istio\n` }),
      },
    ),
    harmless(
      'beside one whose service has a name',
      {
        [own]: canary({ name: 'web', service: named, spec: `${web}  analysis: { interval: 2m }\n` }),
      },
      {
        'mesh/bookinfo.yaml': primary,
        [own]: canary({ name: 'web', service: named, spec: web }),
      },
    ),
    harmless(
      'the configuration names it',
      { [own2]: secondary('/api/v1') },
      { 'mesh/bookinfo.yaml': primary },
      'external: ["ns1/reviews"]\n',
    ),
    harmless(
      'by its namespace',
      { [own2]: secondary('/api/v1') },
      { 'mesh/bookinfo.yaml': primary },
      'external: ["ns1/*"]\n',
    ),
    harmless(
      'by a few names',
      { [own2]: secondary('/api/v1') },
      { 'mesh/bookinfo.yaml': primary },
      'external: ["ns?/re{views,ports}"]\n',
    ),
  ],
})
