import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/calls.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }
const host = 'accounts.login.svc.cluster.local'

const service = (name: string, namespace: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ports: [{ port: 80 }] }\n`
const files = {
  'teams/login/accounts.yaml': service('accounts', 'login'),
  'teams/catalog/stub.yaml': service('stub', 'catalog'),
}
const to = (name: string, more: object = {}) => ({ route: [{ destination: { host: name, ...more } }] })
const calls = (http: readonly object[], more: object = {}) =>
  `${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'calls', namespace: 'catalog' }, spec: { hosts: [host], http, ...more } })}\n`

const before = [to(host)]
const stopped = (
  way: string,
  http: readonly object[],
  [old = before, more = {}]: readonly (readonly object[] | object)[] = [],
): Attempt => ({
  way,
  setting: { files: { ...files, [mine]: calls(old as readonly object[], more) } },
  files: { [mine]: calls(http, more) },
  ...asked,
  says: /takes the calls inside the mesh to accounts/,
})
const harmless = (
  way: string,
  http: readonly object[],
  old: readonly object[] = before,
  more: readonly [object, object] = [{}, {}],
) => ({
  way,
  setting: { files: { ...files, [mine]: calls(old, more[0]) } },
  files: { [mine]: calls(http, more[1]) },
})

testAttackClass('who agreed that calls are taken agreed to where they go', {
  attack: stopped('calls that were taken and led back go to one’s own service', [to('stub')]),
  variants: [
    stopped('a route in front', [{ match: [{ uri: { prefix: '/admin' } }], ...to('stub') }, to(host)]),
    stopped('a share of them', [
      {
        route: [
          { destination: { host }, weight: 90 },
          { destination: { host: 'stub' }, weight: 10 },
        ],
      },
    ]),
    stopped('a copy of them', [{ ...to(host), mirror: { host: 'stub' } }]),
    stopped('a redirect', [{ redirect: { uri: '/x' } }]),
    stopped('an answer', [{ directResponse: { status: 200 } }]),
    stopped('a fault', [{ ...to(host), fault: { abort: { httpStatus: 500, percentage: { value: 100 } } } }]),
    stopped('another path', [{ ...to(host), rewrite: { uri: '/x' } }]),
    stopped('a header more', [{ ...to(host), headers: { request: { set: { admin: 'yes' } } } }]),
    stopped('another subset', [to(host, { subset: 'evil' })]),
    stopped('another port', [to(host, { port: { number: 81 } })]),
    stopped(
      'a route is taken away',
      [to(host)],
      [[{ match: [{ uri: { prefix: '/a' } }], ...to(host) }, to(host)]],
    ),
    stopped(
      'calls on a gateway and inside the mesh',
      [to('stub')],
      [before, { gateways: ['mesh', 'catalog/own'] }],
    ),
  ],
  neighbours: [
    harmless('how long they may take', [{ ...to(host), timeout: '3s' }]),
    harmless('how often they are tried', [{ ...to(host), retries: { attempts: 2 } }]),
    harmless('what the route is called', [{ ...to(host), name: 'back' }]),
    harmless('for one’s own clients', [to('stub')], before, [{ exportTo: ['.'] }, { exportTo: ['.'] }]),
    harmless('on a gateway of one’s own', [to('stub')], before, [
      { gateways: ['own'], hosts: ['own.example'] },
      { gateways: ['own'], hosts: ['own.example'] },
    ]),
    harmless(
      'of one’s own service',
      [to('stub', { subset: 'b' })],
      [to('stub', { subset: 'a' })],
      [{ hosts: ['stub'] }, { hosts: ['stub'] }],
    ),
    harmless('of a host that nobody has', [to('stub')], before, [
      { hosts: ['nobody.example'] },
      { hosts: ['nobody.example'] },
    ]),
    harmless('only one’s own service, of two', [to('stub')], before, [
      { hosts: ['stub'] },
      { hosts: ['stub'] },
    ]),
    {
      way: 'a label of one’s own',
      setting: { files: { ...files, [mine]: calls(before) } },
      files: {
        [mine]: calls(before).replace('"name":"calls"', '"name":"calls","labels":{"team":"catalog"}'),
      },
    },
    {
      way: 'layout',
      setting: { files: { ...files, [mine]: calls(before) } },
      files: { [mine]: `# ours\n${calls(before)}` },
    },
    {
      way: 'the claim is given up',
      setting: { files: { ...files, [mine]: calls(before) } },
      files: { [mine]: null },
    },
  ],
})
