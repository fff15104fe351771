import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const login = bookinfoFiles()['teams/login/vs-1.yaml'] ?? ''
const catalog = bookinfoFiles()['teams/catalog/vs-2.yaml'] ?? ''
const gateway = bookinfoFiles()['mesh/gateway.yaml'] ?? ''
const primary = bookinfoFiles()['mesh/bookinfo.yaml'] ?? ''
const path = 'teams/catalog/vs-2.yaml'

const kept = {
  conclusion: 'failure',
  waitsFor: [],
  says: /The cluster keeps what it has/,
  silentOn: /would return 404|would go|now goes/,
} as const

testAttackClass('what is refused, or cannot be read, takes nothing away', {
  attack: {
    way: 'a timeout that the webhook refuses, with other routes',
    files: {
      [path]: catalog
        .replace('/static', '/files')
        .replace('      route:\n', '      timeout: 0s\n      route:\n'),
    },
    ...kept,
  },
  variants: [
    {
      way: 'a negative weight',
      files: {
        [path]: catalog
          .replace('    - destination:', '    - weight: -1\n          destination:')
          .replace('/static', '/x'),
      },
      ...kept,
    },
    {
      way: 'a port out of range',
      files: { [path]: catalog.replace('9080', '99999').replace('/static', '/x') },
      ...kept,
    },
    {
      way: 'a field beside spec',
      files: { [path]: `${catalog.replace('/static', '/x')}extra: 1\n` },
      ...kept,
    },
    {
      way: 'a version that no cluster serves',
      files: { [path]: catalog.replace('v1beta1', 'v2').replace('/static', '/x') },
      ...kept,
    },
    {
      way: 'a value of another kind',
      files: { [path]: catalog.replace('prefix: /static', 'prefix: [a]') },
      ...kept,
    },
    { way: 'YAML that does not parse', files: { [path]: `${catalog}  }\n` }, ...kept },
    { way: 'a character that Kubernetes refuses', files: { [path]: `# \u0001\n${catalog}` }, ...kept },
    {
      way: 'the file of somebody else',
      files: {
        'teams/login/vs-1.yaml': login
          .replace('      route:\n', '      timeout: 0s\n      route:\n')
          .replace('exact: /login', 'exact: /x'),
      },
      ...kept,
      waitsFor: ['login'],
    },
    {
      way: 'the Gateway',
      by: 'maya',
      files: { 'mesh/gateway.yaml': gateway.replace('number: 80', 'number: 99999') },
      ...kept,
    },
    {
      way: 'the primary',
      by: 'maya',
      files: {
        'mesh/bookinfo.yaml': primary.replace('    - delegate:', '    - timeout: 0s\n      delegate:'),
      },
      ...kept,
    },
    { way: 'a template in its stead', files: { [path]: `{{ if .x }}\n${catalog}{{ end }}\n` }, ...kept },
    {
      way: 'a new object that is refused is in no table',
      files: {
        'teams/catalog/new.yaml': primary
          .replace('name: bookinfo', 'name: other')
          .replace('number: 80', 'number: 99999')
          .replace(
            '    - delegate:\n        name: vs-1\n',
            '    - timeout: 0s\n      delegate:\n        name: vs-1\n',
          ),
      },
      conclusion: 'failure',
      waitsFor: ['mesh-admins'],
      silentOn: /would return 404|would go|no request changes/,
    },
  ],
  neighbours: [
    {
      way: 'a timeout that is accepted',
      files: { [path]: catalog.replace('      route:\n', '      timeout: 1s\n      route:\n') },
      silentOn: /keeps what it has/,
    },
    {
      way: 'a weight',
      files: { [path]: catalog.replace('    - destination:', '    - weight: 100\n          destination:') },
    },
    { way: 'a comment', files: { [path]: `# routes\n${catalog}` } },
    {
      way: 'a label',
      files: { [path]: catalog.replace('  namespace: ns1\n', '  namespace: ns1\n  labels: {a: b}\n') },
    },
    { way: 'another version', files: { [path]: catalog.replace('v1beta1', 'v1') } },
    {
      way: 'one’s own path more',
      files: {
        [path]: catalog.replace(
          '        - uri:\n            prefix: /static\n',
          '        - uri:\n            prefix: /static\n        - uri:\n            prefix: /static/more\n',
        ),
      },
    },
    {
      way: 'what was refused before, and is edited in a comment',
      setting: { files: { [path]: catalog.replace('      route:\n', '      timeout: 0s\n      route:\n') } },
      files: { [path]: `# x\n${catalog.replace('      route:\n', '      timeout: 0s\n      route:\n')}` },
    },
    {
      way: 'what was refused before is repaired',
      setting: { files: { [path]: catalog.replace('      route:\n', '      timeout: 0s\n      route:\n') } },
      files: { [path]: catalog },
    },
    {
      way: 'an object of another kind',
      files: { 'teams/catalog/cm.yaml': 'kind: ConfigMap\nmetadata: {name: x}\ndata: {timeout: 0s}\n' },
    },
    { way: 'quotes', files: { [path]: catalog.replace('prefix: /static', 'prefix: "/static"') } },
    {
      way: 'a document of one’s own beside it',
      files: { [path]: `${catalog}---\nkind: ConfigMap\nmetadata: {name: x}\n` },
    },
  ],
})
