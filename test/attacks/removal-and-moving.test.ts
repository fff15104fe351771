import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const files = bookinfoFiles()

const object = (
  kind: string,
  name: string,
  spec: string,
  namespace = 'ns1',
) => `apiVersion: networking.istio.io/v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${namespace}
spec: ${spec}
`
const rule = object('DestinationRule', 'login', '{ host: login, subsets: [{ name: v1 }] }')
const entry = object('ServiceEntry', 'idp', '{ hosts: [idp.example], resolution: DNS }')
const filter = object('EnvoyFilter', 'limits', '{ configPatches: [] }')
const sidecar = object('Sidecar', 'default', '{ egress: [{ hosts: ["./*"] }] }')
const ownRule = object('DestinationRule', 'catalog', '{ host: catalog }')
const template = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: {{ .Values.name }}
spec: {{ toYaml .Values.spec | nindent 2 }}
`
const undecodable = object(
  'VirtualService',
  'broken',
  '{ hosts: 7, http: [{ route: [{ destination: { host: x } }] }] }',
)
const broken = `${object('VirtualService', 'torn', '{ hosts: [x.example] }')}  : - [\n`

const at = {
  rule: 'teams/login/rule.yaml',
  entry: 'teams/login/entry.yaml',
  filter: 'teams/login/filter.yaml',
  sidecar: 'teams/login/sidecar.yaml',
  template: 'teams/login/chart/templates/route.yaml',
  undecodable: 'teams/login/undecodable.yaml',
  broken: 'teams/login/broken.yaml',
  own: 'teams/catalog/rule.yaml',
}
const setting = {
  files: {
    [at.rule]: rule,
    [at.entry]: entry,
    [at.filter]: filter,
    [at.sidecar]: sidecar,
    [at.template]: template,
    [at.undecodable]: undecodable,
    [at.broken]: broken,
    [at.own]: ownRule,
  },
}

const stopped = (way: string, changed: Attempt['files'], part: Partial<Attempt> = {}): Attempt => ({
  way,
  setting,
  files: changed,
  conclusion: 'action_required',
  waitsFor: ['login'],
  ...part,
})

const moved = (from: string, text: string, to: string) => ({ [from]: null, [to]: text })

testAttackClass('what belongs to others is taken away, or carried into one`s own file', {
  onGitHub: {},
  attack: stopped(
    'catalog deletes a template of login',
    { [at.template]: null },
    {
      says: /a template is removed from teams\/login\/chart\/templates\/route.yaml/,
      title: /Waiting for .*login/,
    },
  ),
  variants: [
    stopped('an object that cannot be decoded is deleted', { [at.undecodable]: null }),
    stopped('a document that does not parse is deleted', { [at.broken]: null }),
    stopped('a DestinationRule moves unchanged', moved(at.rule, rule, 'teams/catalog/login.yaml')),
    stopped('a ServiceEntry moves unchanged', moved(at.entry, entry, 'teams/catalog/idp.yaml')),
    stopped('an EnvoyFilter moves unchanged', moved(at.filter, filter, 'teams/catalog/limits.yaml')),
    stopped('a Sidecar moves behind one`s own secondary', {
      [at.sidecar]: null,
      'teams/catalog/vs-2.yaml': `${files['teams/catalog/vs-2.yaml']}---\n${sidecar}`,
    }),
    stopped('a template moves unchanged', moved(at.template, template, 'teams/catalog/route.yaml')),
    stopped('an undecodable object moves', moved(at.undecodable, undecodable, 'teams/catalog/x.yaml')),
    stopped('two DestinationRules change places', { [at.rule]: ownRule, [at.own]: rule }),
    stopped('a template is emptied', { [at.template]: '# nothing\n' }),
    stopped('a template is rewritten', { [at.template]: template.replace('nindent 2', 'nindent 4') }),
    stopped('what could not be decoded is repaired for others', {
      [at.undecodable]: undecodable.replace('hosts: 7', 'hosts: [x.example]'),
    }),
    stopped('a DestinationRule is deleted', { [at.rule]: null }),
    stopped('a second DestinationRule of the same name stands in one`s own folder', {
      'teams/catalog/more.yaml': rule.replace('v1 }', 'v2 }'),
    }),
    stopped('the host of a ServiceEntry is another', { [at.entry]: entry.replace('idp.', 'other.') }),
    stopped('a template goes, and one of one`s own comes', {
      [at.template]: null,
      'teams/catalog/chart/templates/route.yaml': template.replace('nindent 2', 'nindent 4'),
    }),
    stopped(
      'a template of the administrators is deleted',
      { 'mesh/templates/gateway.yaml': null },
      { setting: { files: { 'mesh/templates/gateway.yaml': template } }, waitsFor: ['mesh-admins'] },
    ),
    stopped(
      'a template that nobody owns is deleted',
      { 'free/route.yaml': null },
      { setting: { files: { 'free/route.yaml': template } }, waitsFor: ['mesh-admins'] },
    ),
  ],
  neighbours: [
    { way: 'one`s own DestinationRule is deleted', setting, files: { [at.own]: null } },
    {
      way: 'one`s own DestinationRule moves',
      setting,
      files: moved(at.own, ownRule, 'teams/catalog/rules/own.yaml'),
    },
    {
      way: 'one`s own DestinationRule changes',
      setting,
      files: { [at.own]: ownRule.replace('host: catalog', 'host: catalog2') },
    },
    { way: 'a DestinationRule of one`s own is new', files: { [at.own]: ownRule } },
    {
      way: 'a template of one`s own is new',
      files: { 'teams/catalog/chart/templates/route.yaml': template },
    },
    { way: 'login deletes its template', by: 'lina', setting, files: { [at.template]: null } },
    { way: 'login deletes what cannot be decoded', by: 'leo', setting, files: { [at.undecodable]: null } },
    { way: 'login deletes what does not parse', by: 'lina', setting, files: { [at.broken]: null } },
    {
      way: 'login moves its template',
      by: 'lina',
      setting,
      files: moved(at.template, template, 'teams/login/route.yaml'),
    },
    {
      way: 'login splits its files otherwise',
      by: 'lina',
      setting,
      files: { [at.rule]: null, [at.entry]: `${entry}---\n${rule}` },
    },
    {
      way: 'comments in a DestinationRule of others',
      setting,
      files: { [at.rule]: `# see the handbook\n${rule}` },
    },
    {
      way: 'the order of documents in a file of others',
      setting: { files: { [at.rule]: `${rule}---\n${entry}` } },
      files: { [at.rule]: `${entry}---\n${rule}` },
    },
    {
      way: 'a template of no mesh object is deleted',
      setting: { files: { 'teams/login/chart/templates/app.yaml': 'kind: {{ .x }}\n' } },
      files: { 'teams/login/chart/templates/app.yaml': null },
    },
    {
      way: 'the values of a chart of others',
      setting: { files: { 'teams/login/chart/values.yaml': 'name: x\n' } },
      files: { 'teams/login/chart/values.yaml': 'name: y\n' },
    },
    {
      way: 'a Deployment of others',
      setting: {
        files: { 'teams/login/app.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\n' },
      },
      files: { 'teams/login/app.yaml': null },
    },
  ],
})
