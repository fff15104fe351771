import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const at = 'mesh/bookinfo.yaml'
const object = (name: string, namespace: string, spec: object) =>
  `${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name, namespace }, spec })}\n`
const prefix = (text: string) => ({ uri: { prefix: text } })
const to = (name: string, namespace: string, ...match: readonly object[]) => ({
  ...(match.length > 0 && { match }),
  delegate: { name, namespace },
})
const login = to('vs-1', 'ns1', prefix('/log'))
const catalog = to('vs-2', 'ns1', prefix('/'))
const products = to('vs-2', 'ns1', prefix('/products'))
const own = (...match: readonly object[]) => to('own', 'default', ...match)
const primary = (...http: readonly object[]) =>
  object('bookinfo', 'default', { gateways: ['bookinfo-gateway'], hosts: ['*'], http })
const route = (host: string) => [{ destination: { host: `${host}.default.svc.cluster.local` } }]

/** Login answers all of its prefix, by an entry that asks for nothing. */
const base: Files = {
  [at]: primary(login, catalog),
  'mesh/own.yaml': object('own', 'default', { http: [{ route: route('own') }] }),
  'teams/login/vs-1.yaml': object('vs-1', 'ns1', { http: [{ route: route('login') }] }),
}

const stopped = (way: string, http: readonly object[], change: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: base },
  by: 'maya',
  files: { [at]: primary(...http) },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /is told, not asked|goes to the team it was given to/,
  ...change,
})
const harmless = (way: string, http: readonly object[], before: Files = {}, change: Files = {}) => ({
  way,
  setting: { files: { ...base, ...before } },
  by: 'maya',
  files: { [at]: primary(...http), ...change },
})

testAttackClass('a promise that a primary takes away', {
  onGitHub: {},
  attack: {
    ...stopped('it goes to somebody else', [own(prefix('/log')), catalog]),
    title: /^Waiting for login: \/log\* would move from login to mesh-admins/,
  },
  variants: [
    stopped('the primary answers itself', [{ match: [prefix('/log')], route: route('own') }, catalog]),
    stopped('it goes, and what is left goes to somebody else', [own(prefix('/'))], {
      waitsFor: ['catalog', 'login'],
    }),
    stopped('it is narrowed', [to('vs-1', 'ns1', prefix('/login')), own(prefix('/log')), catalog]),
    stopped('it becomes exact', [
      to('vs-1', 'ns1', { uri: { exact: '/login' } }),
      own(prefix('/log')),
      catalog,
    ]),
    stopped('a part of it goes to somebody else', [own(prefix('/login')), login, catalog]),
    stopped('one path of it goes to somebody else', [own({ uri: { exact: '/login' } }), login, catalog]),
    stopped('requests with a header go to somebody else', [
      own({ ...prefix('/log'), headers: { beta: { exact: '1' } } }),
      login,
      catalog,
    ]),
    stopped('one method goes to somebody else', [
      own({ ...prefix('/log'), method: { exact: 'POST' } }),
      login,
      catalog,
    ]),
    stopped('requests with a parameter go to somebody else', [
      own({ ...prefix('/log'), queryParams: { a: { exact: '1' } } }),
      login,
      catalog,
    ]),
    stopped('it asks for a header by now', [
      to('vs-1', 'ns1', { ...prefix('/log'), headers: { beta: { exact: '1' } } }),
      own(prefix('/log')),
      catalog,
    ]),
    stopped('somebody else comes before it', [own(prefix('/log')), login, catalog]),
    stopped('it goes to a third team that answers none of it', [to('vs-2', 'ns1', prefix('/log')), catalog], {
      waitsFor: ['catalog', 'login'],
    }),
    stopped('its primary is renamed along with it', [], {
      files: {
        [at]: primary(own(prefix('/log')), catalog).replace('"name":"bookinfo"', '"name":"renamed"'),
      },
    }),
  ],
  neighbours: [
    harmless('a prefix that nobody was promised', [login, products, own(prefix('/new'))], {
      [at]: primary(login, products),
      'teams/catalog/vs-2.yaml': object('vs-2', 'ns1', { http: [{ route: route('catalog') }] }),
    }),
    harmless('a prefix out of what is left', [login, own(prefix('/new')), catalog], {
      'teams/catalog/vs-2.yaml': object('vs-2', 'ns1', { http: [{ route: route('catalog') }] }),
    }),
    harmless(
      'a prefix out of an entry that asks for nothing',
      [login, own(prefix('/new')), to('vs-2', 'ns1')],
      {
        [at]: primary(login, to('vs-2', 'ns1')),
        'teams/catalog/vs-2.yaml': object('vs-2', 'ns1', { http: [{ route: route('catalog') }] }),
      },
    ),
    harmless('one’s own promise is divided', [login, own(prefix('/own/a')), own(prefix('/own')), catalog], {
      [at]: primary(login, own(prefix('/own')), catalog),
    }),
    harmless('the same promise in two matches', [
      to('vs-1', 'ns1', prefix('/login'), prefix('/log')),
      catalog,
    ]),
    harmless('the same promise in two entries', [to('vs-1', 'ns1', prefix('/login')), login, catalog]),
    harmless('a name of the entry', [{ ...login, name: 'login' }, catalog]),
    harmless('a name of the match', [to('vs-1', 'ns1', { ...prefix('/log'), name: 'login' }), catalog]),
    harmless('prefixes that do not meet change places', [own(prefix('/own')), login, catalog], {
      [at]: primary(login, own(prefix('/own')), catalog),
    }),
    harmless('one more prefix of its own', [login, own(prefix('/own')), own(prefix('/more')), catalog], {
      [at]: primary(login, own(prefix('/own')), catalog),
    }),
    harmless(
      'its own secondary leads elsewhere',
      [login, own(prefix('/own')), catalog],
      {
        [at]: primary(login, own(prefix('/own')), catalog),
      },
      { 'mesh/own.yaml': object('own', 'default', { http: [{ route: route('other') }] }) },
    ),
  ],
})
