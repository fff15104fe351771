import { expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { saysTheSame } from '../../src/domain/policy/questions/contribution.ts'
import { testAttackClass } from '../support/attack-class.ts'

const path = 'teams/login/vs-1.yaml'
const login = bookinfoFiles()[path] ?? ''

/** A catch-all that takes everything for catalog, one line for each of its lines. */
const stolen = [
  'apiVersion: networking.istio.io/v1',
  'kind: VirtualService',
  'metadata: {name: bookinfo, namespace: default}',
  'spec:',
  '  gateways: [bookinfo-gateway]',
  '  hosts: ["*"]',
  '  http: [{route: [{destination: {host: catalog}}]}]',
]

/** A file that is a comment to every reader but Kubernetes. */
function hidden(lineBreak: string, comment = '# '): string {
  return `# Notes on the mesh${lineBreak}${stolen.join(lineBreak)}${lineBreak}${comment}\n`
}

const refused = { conclusion: 'failure', waitsFor: [], says: /cannot be read/ } as const

/** What decides about requests and is no object of the mesh. */
const others: Readonly<Record<string, string>> = {
  'a Service': 'apiVersion: v1\nkind: Service\nmetadata: { name: productpage, namespace: default }\n',
  'an Ingress':
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, annotations: { kubernetes.io/ingress.class: istio } }\n',
  'a WasmPlugin':
    'apiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: { name: a, namespace: istio-system }\n',
  'an Application':
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: teams/login } }\n',
  'a Canary': 'apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: { name: vs-1, namespace: ns1 }\n',
}

testAttackClass('a line break that only Kubernetes sees', {
  onGitHub: {},
  attack: {
    way: 'an object within what looks like one comment, by carriage returns',
    files: { 'teams/catalog/notes.yaml': hidden('\r') },
    ...refused,
    silentOn: /no mesh manifest touched/,
  },
  variants: [
    { way: 'by U+0085', files: { 'teams/catalog/notes.yaml': hidden('\u0085') }, ...refused },
    { way: 'by U+2028', files: { 'teams/catalog/notes.yml': hidden('\u2028') }, ...refused },
    { way: 'by U+2029', files: { 'notes.yaml': hidden('\u2029') }, ...refused },
    {
      way: 'behind two byte order marks',
      files: { 'teams/catalog/notes.yaml': `\ufeff\ufeff${stolen.map((line) => `#${line}`).join('\n')}\n` },
      ...refused,
    },
    {
      way: 'behind a mark on each line',
      files: { 'teams/catalog/notes.yaml': stolen.map((line) => `\ufeff${line}`).join('\n') },
      ...refused,
    },
    {
      way: 'at the end of an object of one’s own',
      files: {
        'teams/catalog/own.yaml': `kind: ConfigMap\nmetadata: {name: x} #\u2028---\u2028${stolen.join('\u2028')}\n`,
      },
      ...refused,
    },
    {
      way: 'within the file of somebody else',
      files: { [path]: login.replace('  http:\n', '  # the routes\u0085  gateways: [mesh]\n  http:\n') },
      ...refused,
      waitsFor: ['login'],
    },
    {
      way: 'a carriage return in front of CRLF',
      files: { [path]: `${login.replaceAll('\n', '\r\n')}# x\r\r\n` },
      ...refused,
      waitsFor: ['login'],
    },
    {
      way: 'with template marks, as if a tool would render it',
      files: { 'teams/catalog/t.yaml': `a: "{{ .x }}"\n${hidden('\u2028')}` },
      ...refused,
    },
    {
      way: 'with the group spelled by escapes',
      files: {
        'teams/catalog/notes.yaml': hidden('\r').replace(
          'networking.istio.io/v1',
          '"networking\\u002eistio.io/v1"',
        ),
      },
      ...refused,
    },
    {
      way: 'with a bell in a comment, for which Kubernetes refuses the file of somebody else',
      files: { [path]: `# \u0007\n${login}` },
      ...refused,
      waitsFor: ['login'],
    },
    ...Object.entries(others).map(([what, object]) => ({
      way: `${what} behind a carriage return`,
      files: { 'teams/catalog/notes.yaml': `# notes\r${object.replaceAll('\n', '\r')}` },
      ...refused,
    })),
    {
      way: 'a Service whose key is spelled by escapes, behind U+2028',
      files: {
        'teams/catalog/notes.yaml': `# notes\u2028${(others['a Service'] ?? '').replace('apiVersion', '"api\\x56ersion"')}`,
      },
      ...refused,
    },
    {
      way: 'a prefix that is longer by a space that does not break',
      files: {
        [path]: login.replace('exact: /login', 'exact: /login\u00a0'),
      },
      conclusion: 'action_required',
      waitsFor: ['login'],
    },
    {
      way: 'a prefix that is longer by an ideographic space',
      files: { [path]: login.replace('exact: /login', 'exact: /login\u3000') },
      conclusion: 'action_required',
      waitsFor: ['login'],
    },
  ],
  neighbours: [
    { way: 'the same comment with spaces', files: { 'teams/catalog/notes.yaml': hidden(' ') } },
    {
      way: 'one byte order mark at the start',
      files: { 'teams/catalog/vs-2.yaml': `\ufeff${bookinfoFiles()['teams/catalog/vs-2.yaml']}` },
    },
    {
      way: 'CRLF',
      files: {
        'teams/catalog/vs-2.yaml': (bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? '').replaceAll(
          '\n',
          '\r\n',
        ),
      },
    },
    {
      way: 'a carriage return where no mesh is named',
      files: { 'teams/catalog/config.yaml': 'a: 1\rb: 2\n' },
    },
    { way: 'U+2028 in a page of documentation', files: { 'README.md': 'networking.istio.io\u2028x\n' } },
    {
      way: 'U+2028 as an escape',
      files: { 'teams/catalog/config.yaml': 'kind: ConfigMap\ndata: {a: "\\u2028"}\n' },
    },
    { way: 'a bell where no mesh is named', files: { 'teams/catalog/config.yaml': 'a: 1 # \u0007\n' } },
    {
      way: 'a space that does not break, in a comment',
      files: { 'teams/catalog/vs-2.yaml': `# a\u00a0b\n${bookinfoFiles()['teams/catalog/vs-2.yaml']}` },
    },
    {
      way: 'letters of all the world',
      files: { 'teams/catalog/vs-2.yaml': `# Grüße, 世界 😀\n${bookinfoFiles()['teams/catalog/vs-2.yaml']}` },
    },
    {
      way: 'what was unreadable before, and is edited',
      setting: { files: { 'teams/catalog/old.yaml': hidden('\r') } },
      files: { 'teams/catalog/old.yaml': `${hidden('\r')}# more\n` },
    },
    {
      way: 'it is removed',
      setting: { files: { 'teams/catalog/old.yaml': hidden('\r') } },
      files: { 'teams/catalog/old.yaml': null },
    },
  ],
})

it.each(['\r', '\u0085', '\u2028', '\u2029', '\ufeff', '\u0007'])(
  'a comment that holds %j says something else than before',
  (token) => {
    const base = [{ path, text: login }]
    const before = { base, head: [{ path, text: login.replace('/login', '/log-in') }] }
    const head = [{ path, text: `${before.head[0]?.text}# ${token}${stolen[0]}\n` }]

    expect(saysTheSame({ before, after: { base, head } }, [])).toBe(false)
    expect(saysTheSame({ before, after: { base, head: before.head } }, [])).toBe(true)
  },
)

const deep = (levels: number) => `${'{ a: '.repeat(levels)}1${' }'.repeat(levels)}`
const slice = (more: string) => `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: a
  namespace: login
  labels: { kubernetes.io/service-name: login }
  managedFields:
${more}endpoints: [{ addresses: [10.0.0.1] }]
`
const settings = (text: string) => ({ 'teams/catalog/notes.yaml': text })
const given = { conclusion: 'failure', waitsFor: [], says: /notes.yaml.* cannot be read/ } as const
const many = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\n'

testAttackClass('an object that is given up for a limit of ours, and that Kubernetes reads', {
  attack: {
    way: 'addresses of one`s own for another team`s service, behind deep fields',
    files: settings(slice(`    - fieldsV1: ${deep(250)}\n`)),
    ...given,
  },
  variants: [
    {
      way: 'an Application with deep values',
      files: settings(
        `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: teams/login, helm: { valuesObject: ${deep(250)} } } }\n`,
      ),
      ...given,
    },
    {
      way: 'deep lists',
      files: settings(slice(`    - fieldsV1: ${'['.repeat(250)}${']'.repeat(250)}\n`)),
      ...given,
    },
    {
      way: 'deep by indentation',
      files: settings(
        slice(
          `    - fieldsV1:\n${Array.from({ length: 210 }, (_, at) => `${' '.repeat(7 + at)}a:\n`).join('')}`,
        ),
      ),
      ...given,
    },
    {
      way: 'deep by dashes on one line',
      files: settings(slice(`    - fieldsV1:\n        ${'- '.repeat(210)}a\n`)),
      ...given,
    },
    {
      way: 'behind ten thousand documents',
      files: settings(
        `${many.repeat(10_001)}${slice('    []\n').replace('managedFields:\n    []', 'managedFields: []')}`,
      ),
      ...given,
    },
    {
      way: 'with more aliases than anybody needs',
      files: settings(
        slice(`    - fieldsV1: &a [${'1, '.repeat(1000)}1]\n${'    - fieldsV1: *a\n'.repeat(150)}`),
      ),
      ...given,
    },
    {
      way: 'a Service',
      files: settings(
        `apiVersion: v1\nkind: Service\nmetadata: { name: productpage, namespace: default, managedFields: [{ fieldsV1: ${deep(250)} }] }\n`,
      ),
      ...given,
    },
    {
      way: 'a plugin',
      files: settings(
        `apiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: { name: a, namespace: istio-system }\nspec: { pluginConfig: ${deep(250)} }\n`,
      ),
      ...given,
    },
    {
      way: 'in JSON',
      files: settings(
        `{"apiVersion": "v1", "kind": "Service", "metadata": {"managedFields": ${'['.repeat(250)}${']'.repeat(250)}}}\n`,
      ),
      ...given,
    },
    {
      way: 'behind a document of one`s own',
      files: settings(`${many}${slice(`    - fieldsV1: ${deep(250)}\n`)}`),
      ...given,
    },
  ],
  neighbours: [
    {
      way: 'a dashboard with many brackets',
      files: settings(`{"apiVersion": 1, "panels": [${'{"a": [1]},'.repeat(500)}{}]}\n`),
    },
    {
      way: 'an object with many brackets side by side',
      files: settings(`${many.replace('---\n', '')}data: { a: "${'{}'.repeat(300)}" }\n`),
    },
    { way: 'deep things that are no object', files: settings(`a: ${deep(250)}\n`) },
    {
      way: 'brackets within a text',
      files: settings(`${many.replace('---\n', '')}data: { a: '${'['.repeat(300)}' }\n`),
    },
    {
      way: 'an object of ordinary depth',
      files: settings(slice(`    - fieldsV1: ${deep(20)}\n`).replaceAll('login', 'catalog')),
    },
    { way: 'some documents', files: settings(many.repeat(50)) },
    {
      way: 'some aliases',
      files: settings(slice(`    - fieldsV1: &a [1]\n    - fieldsV1: *a\n`).replaceAll('login', 'catalog')),
    },
    {
      way: 'a deeply indented text',
      files: settings(`${many.replace('---\n', '')}data:\n  a: |\n    ${' '.repeat(300)}x\n`),
    },
    {
      way: 'what was given up before, and is edited',
      setting: { files: settings(slice(`    - fieldsV1: ${deep(250)}\n`)) },
      files: settings(`# a\n${slice(`    - fieldsV1: ${deep(250)}\n`)}`),
    },
    {
      way: 'what was given up goes',
      setting: { files: settings(slice(`    - fieldsV1: ${deep(250)}\n`)) },
      files: { 'teams/catalog/notes.yaml': null },
    },
    { way: 'a page of documentation with brackets', files: { 'docs/a.md': '{'.repeat(500) } },
  ],
})
