import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const files = bookinfoFiles()

/** A VirtualService on a host of its own. */
const web = (port: number, more = '', namespace = '  namespace: web\n') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: web
${namespace}spec:
  hosts: [web.example]
  gateways: [default/bookinfo-gateway]
  http:
    - ${more}route: [{ destination: { host: web.web.svc.cluster.local, port: { number: ${port} } } }]
`
const gateway = (port: number) => (files['mesh/gateway.yaml'] ?? '').replace('number: 80', `number: ${port}`)
const vs1 = files['teams/login/vs-1.yaml'] ?? ''
const bookinfo = files['mesh/bookinfo.yaml'] ?? ''

const [a, b] = ['teams/login/a.yaml', 'teams/login/b.yaml']
const setting = { files: { [a]: web(80), [b]: web(80) } }
const meshes = 'meshes: [{ name: default, paths: ["**"] }]\n'

const stopped = (way: string, changed: Attempt['files'], part: Partial<Attempt> = {}): Attempt => ({
  way,
  setting,
  files: changed,
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no request changes/,
  ...part,
})

/** Nobody else need agree; but it is no green check that says nothing. */
const told = (way: string, changed: Attempt['files'], part: Partial<Attempt> = {}): Attempt =>
  stopped(way, changed, {
    by: 'lina',
    conclusion: 'success',
    waitsFor: [],
    title: /\bmay\b/,
    says: /not certain/,
    ...part,
  })

testAttackClass('one of several copies of an object is edited, and the other one is compared', {
  onGitHub: {},
  attack: stopped(
    'a.yaml and b.yaml hold web/web, and the port changes in a.yaml',
    { [a]: web(81) },
    { says: /perhaps web:81/, title: /Waiting for .*login/ },
  ),
  variants: [
    stopped(
      'the one that differs is removed',
      { [a]: null },
      { setting: { files: { [a]: web(81), [b]: web(80) } } },
    ),
    stopped(
      'the copies differ already, and the first changes',
      { [a]: web(82) },
      {
        setting: { files: { [a]: web(81), [b]: web(80) } },
      },
    ),
    stopped(
      'three copies, and the one in the middle changes',
      { [b]: web(81) },
      {
        setting: { files: { [a]: web(80), [b]: web(80), 'teams/login/c.yaml': web(80) } },
      },
    ),
    stopped(
      'the first document of a file that holds both',
      { [a]: `${web(81)}---\n${web(80)}` },
      {
        setting: { files: { [a]: `${web(80)}---\n${web(80)}` } },
      },
    ),
    stopped(
      'a copy of the secondary',
      { 'teams/login/old.yaml': vs1.replace('exact: /logout', 'exact: /logoff') },
      {
        setting: { files: { 'teams/login/old.yaml': vs1 } },
      },
    ),
    stopped(
      'a copy of the primary',
      { 'mesh/a.yaml': bookinfo.replace('prefix: /log', 'prefix: /login') },
      {
        setting: { files: { 'mesh/a.yaml': bookinfo } },
        conclusion: 'failure',
        waitsFor: ['login', 'mesh-admins'],
      },
    ),
    stopped(
      'a copy of the Gateway',
      { 'mesh/a.yaml': gateway(8080) },
      {
        setting: { files: { 'mesh/a.yaml': gateway(80) } },
        waitsFor: ['login', 'mesh-admins'],
      },
    ),
    stopped(
      'copies without a namespace, and the first changes',
      { [a]: web(81, '', '') },
      {
        setting: { files: { [a]: web(80, '', ''), [b]: web(80, '', '') } },
      },
    ),
    stopped(
      'copies without a namespace, and the last changes',
      { [b]: web(81, '', '') },
      {
        setting: { files: { [a]: web(80, '', ''), [b]: web(80, '', '') } },
      },
    ),
    stopped(
      'a copy without a namespace behind one that has it',
      { [b]: web(81, '', '') },
      {
        setting: { files: { [a]: web(80), [b]: web(80, '', '') } },
      },
    ),
    stopped(
      'the copies are in folders of one mesh',
      { 'teams/login/base/web.yaml': web(81) },
      {
        setting: {
          configuration: meshes,
          files: { 'teams/login/base/web.yaml': web(80), 'teams/login/overlay/web.yaml': web(80) },
        },
      },
    ),
    stopped('a header is asked for in one copy', {
      [a]: web(80, 'match: [{ headers: { x: { exact: "1" } } }]\n      '),
    }),
    stopped('the copy changes and moves', { [a]: null, 'teams/login/0.yaml': web(81) }),
    told('the owner does the same, and is told what may happen', { [a]: web(81) }),
    told(
      'the owner removes the copy that differs',
      { [a]: null },
      { setting: { files: { [a]: web(81), [b]: web(80) } } },
    ),
    told(
      'the owner adds a host to a copy, and takes it out of the catch-all',
      { [a]: web(80).replace('[web.example]', '[web.example, www.example]') },
      { conclusion: 'action_required', waitsFor: ['catalog', 'mesh-admins'] },
    ),
    told(
      'the owner changes a copy that names no namespace',
      { [b]: web(81, '', '') },
      { setting: { files: { [a]: web(80, '', ''), [b]: web(80, '', '') } } },
    ),
    told(
      'the administrators change a copy of the primary, and both secondaries may be cut off',
      { 'mesh/a.yaml': bookinfo.replaceAll(/prefix: .*/g, 'prefix: /shop') },
      {
        by: 'maya',
        setting: { files: { 'mesh/a.yaml': bookinfo } },
        conclusion: 'failure',
        waitsFor: ['catalog', 'login'],
      },
    ),
    stopped(
      'the copy of another team, while one`s own stays as it is',
      { [a]: web(81) },
      {
        setting: {
          files: { [a]: web(80), 'teams/login/more/b.yaml': web(80) },
          codeowners: `${files['.github/CODEOWNERS']}/teams/login/more/ @bookinfo/catalog\n`,
          configuration: meshes,
        },
      },
    ),
  ],
  neighbours: [
    { way: 'the owner changes a copy', by: 'lina', setting, files: { [a]: web(81) } },
    {
      way: 'the owner changes both',
      by: 'lina',
      setting,
      files: { [a]: web(81), [b]: web(81) },
      title: /web/,
    },
    { way: 'the owner removes a copy', by: 'lina', setting, files: { [a]: null } },
    {
      way: 'the owner removes the other copy, which differs',
      by: 'lina',
      setting: { files: { [a]: web(81), [b]: web(80) } },
      files: { [a]: null },
    },
    { way: 'comments in a copy of others', setting, files: { [a]: `# old\n${web(80)}` } },
    {
      way: 'the layout of a copy of others',
      setting,
      files: { [a]: web(80).replace('hosts: [web.example]', 'hosts:\n    - web.example') },
    },
    {
      way: 'one`s own secondary, beside copies of others that differ',
      setting: { files: { [a]: web(81), [b]: web(80) } },
      files: {
        'teams/catalog/vs-2.yaml': (files['teams/catalog/vs-2.yaml'] ?? '').replace('/static', '/assets'),
      },
    },
    {
      way: 'the owner changes the base of an overlay',
      by: 'lina',
      setting: {
        files: { 'teams/login/base/web.yaml': web(80), 'teams/login/overlays/prod/web.yaml': web(81) },
      },
      files: { 'teams/login/base/web.yaml': web(82) },
    },
    {
      way: 'the owner changes the overlay',
      by: 'lina',
      setting: {
        files: {
          'teams/login/base/web.yaml': web(80, '', ''),
          'teams/login/overlays/prod/web.yaml': web(81, '', ''),
        },
      },
      files: { 'teams/login/overlays/prod/web.yaml': web(82, '', '') },
    },
    {
      way: 'the same name in the folders of two teams, without a namespace',
      setting: {
        files: {
          'teams/login/web.yaml': web(80, '', ''),
          'teams/catalog/web.yaml': web(80, '', '').replace('web.example', 'shop.example'),
        },
      },
      files: { 'teams/catalog/web.yaml': web(81, '', '').replace('web.example', 'shop.example') },
    },
    {
      way: 'equal copies of two meshes, and one`s own changes',
      setting: {
        files: { 'clusters/a/login/web.yaml': web(80), 'clusters/b/catalog/web.yaml': web(80) },
        codeowners: `${files['.github/CODEOWNERS']}/clusters/*/login/ @bookinfo/login\n/clusters/*/catalog/ @bookinfo/catalog\n`,
      },
      files: { 'clusters/b/catalog/web.yaml': web(81) },
    },
    {
      way: 'labels of one`s own copy',
      by: 'lina',
      setting,
      files: { [a]: web(80).replace('name: web\n', 'name: web\n  labels: { team: login }\n') },
      title: /no request changes/,
    },
    { way: 'docs beside copies', setting, files: { 'docs/web.md': '# web\n' } },
  ],
})
