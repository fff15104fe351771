import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/objects.yaml'
const json = (apiVersion: string, kind: string, name: string, namespace: string, more: object = {}) =>
  JSON.stringify({ apiVersion, kind, metadata: { name, namespace }, ...more })
const plain = json('v1', 'ConfigMap', 'a', 'ns2')
const called = 'networking.istio.io/v1'
const calls = json(called, 'VirtualService', 'calls', 'login', {
  spec: { hosts: ['accounts'], http: [{ route: [{ destination: { host: 'accounts' } }] }] },
})
const service = (selector: object, name = 'accounts', namespace = 'login') =>
  json('v1', 'Service', name, namespace, { spec: { selector, ports: [{ port: 80 }] } })
const binding = json('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'all', '', {
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', name: 'x', namespace: 'ns2' }],
})
const policy = json('security.istio.io/v1', 'AuthorizationPolicy', 'none', 'login', { spec: {} })
const files = {
  ...bookinfoFiles(),
  'teams/login/calls.yaml': `${calls}\n`,
  'teams/login/accounts.yaml': `${service({ app: 'accounts' })}\n`,
}

const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched/,
  ...rest,
})
const everybody = { waitsFor: ['mesh-admins'] }
const broken = { conclusion: 'failure', waitsFor: ['login'] } as const
const harmless = (way: string, text: string) => ({ way, setting: { files }, files: { [mine]: text } })

testAttackClass('a separator behind an object of JSON', {
  attack: stopped('a Service of another team', `${plain}\n---\n${service({ app: 'mine' })}\n`),
  variants: [
    stopped('rights for everything', `${plain}\n---\n${binding}\n`, everybody),
    stopped('a policy in another namespace', `${plain}\n---\n${policy}\n`, broken),
    stopped('over several lines', `{\n  ${plain.slice(1)}\n---\n${service({ app: 'mine' })}\n`),
    stopped('lines end with CRLF', `${plain}\r\n---\r\n${service({ app: 'mine' })}\r\n`),
    stopped('an empty line before it', `${plain}\n\n---\n${service({ app: 'mine' })}\n`),
    stopped('a comment behind it', `${plain}\n--- # more\n${service({ app: 'mine' })}\n`),
    stopped(
      'the second is YAML',
      `${plain}\n---\napiVersion: v1\nkind: Service\nmetadata: { name: accounts, namespace: login }\nspec: { selector: { app: mine } }\n`,
    ),
    stopped('the third', `${plain}\n---\n${plain}\n---\n${service({ app: 'mine' })}\n`),
    stopped('behind two objects of JSON', `${plain}\n${plain}\n---\n${service({ app: 'mine' })}\n`),
    stopped('an empty document between', `${plain}\n---\n---\n${service({ app: 'mine' })}\n`),
    stopped(
      'a list',
      `${plain}\n---\n{"apiVersion":"v1","kind":"List","items":[${service({ app: 'mine' })}]}\n`,
    ),
    stopped('a file of JSON by its name', '', {
      files: { 'teams/catalog/objects.json': `${plain}\n---\n${service({ app: 'mine' })}\n` },
    }),
    stopped('a byte order mark', `\ufeff${plain}\n---\n${service({ app: 'mine' })}\n`),
  ],
  neighbours: [
    harmless('one object', `${plain}\n`),
    harmless('two plain objects', `${plain}\n---\n${plain.replace('"a"', '"b"')}\n`),
    harmless('two objects without separator', `${plain}\n${plain.replace('"a"', '"b"')}\n`),
    harmless('a separator at the end', `${plain}\n---\n`),
    harmless('a separator and a comment', `${plain}\n---\n# nothing\n`),
    harmless('a separator first', `---\n${plain}\n---\n${plain.replace('"a"', '"b"')}\n`),
    harmless('an own Service', `${plain}\n---\n${service({ app: 'x' }, 'x', 'ns2')}\n`),
    harmless('no object', `${plain}\n---\na: 1\n`),
    harmless(
      'a text with a separator',
      `${json('v1', 'ConfigMap', 'a', 'ns2', { data: { a: '---\nb' } })}\n`,
    ),
    harmless('what is broken and no object', `${plain}\n---\n{ a: [\n`),
    {
      way: 'whoever has the Service',
      by: 'lina',
      setting: { files },
      files: { 'teams/login/accounts.yaml': `${plain}\n---\n${service({ app: 'accounts', v: '2' })}\n` },
    },
  ],
})
