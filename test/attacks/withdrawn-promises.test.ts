import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mesh = 'mesh/bookinfo.yaml'
const virtualService = (name: string, namespace: string, spec: object) =>
  `${JSON.stringify({ apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name, namespace }, spec })}\n`
const primary = (...http: readonly object[]) =>
  virtualService('bookinfo', 'default', { hosts: ['*'], gateways: ['bookinfo-gateway'], http })
const entry = (name: string, ...match: readonly object[]) => ({ match, delegate: { name, namespace: 'ns1' } })
const prefix = (text: string) => ({ uri: { prefix: text } })
const answer = (host: string) => ({ route: [{ destination: { host: `${host}.ns1.svc.cluster.local` } }] })
const all = (name: string, ...http: readonly object[]) => virtualService(name, 'ns1', { http })
const login = entry('vs-1', prefix('/log'))
const catalog = entry('vs-2', prefix('/'))

const base: Files = {
  [mesh]: primary(login, catalog),
  'teams/login/vs-1.yaml': all('vs-1', answer('login')),
  'teams/catalog/vs-2.yaml': all('vs-2', answer('catalog')),
}
const stopped = (
  way: string,
  files: Files | string,
  before: Files = {},
  waitsFor = ['catalog', 'login'],
): Attempt => ({
  way,
  by: 'maya',
  setting: { files: { ...base, ...before } },
  files: typeof files === 'string' ? { [mesh]: files } : files,
  conclusion: 'action_required',
  waitsFor,
  says: /move/,
})
const harmless = (way: string, files: Files | string, before: Files = {}, by = 'maya') => ({
  way,
  by,
  setting: { files: { ...base, ...before } },
  files: typeof files === 'string' ? { [mesh]: files } : files,
})
const narrowed = (match: object) => primary(entry('vs-1', { ...prefix('/log'), ...match }), catalog)
const narrowLogin: Files = {
  'teams/login/vs-1.yaml': all('vs-1', { match: [{ uri: { exact: '/login' } }], ...answer('login') }),
}

testAttackClass('what a primary takes from whom it had been promised to', {
  onGitHub: {},
  attack: stopped('a narrower prefix', primary(entry('vs-1', prefix('/login')), catalog)),
  variants: [
    stopped('the entry is gone', primary(catalog)),
    stopped('one path is left', primary(entry('vs-1', { uri: { exact: '/login' } }), catalog)),
    stopped('with a header only', narrowed({ headers: { 'x-user': { exact: 'a' } } })),
    stopped('without a header only', narrowed({ withoutHeaders: { 'x-user': { exact: 'a' } } })),
    stopped('by one method only', narrowed({ method: { exact: 'POST' } })),
    stopped('with a parameter only', narrowed({ queryParams: { v: { exact: '2' } } })),
    stopped('of one host only', narrowed({ authority: { exact: 'a.example' } })),
    stopped('the entry leads to somebody else', primary(entry('vs-2', prefix('/log')), catalog)),
    stopped('one match of several is gone', primary(login, catalog), {
      [mesh]: primary(entry('vs-1', prefix('/log'), prefix('/sign')), catalog),
    }),
    stopped('all the rest goes to somebody else', primary(login, entry('vs-1', prefix('/')))),
    stopped('everything goes to somebody else', primary(entry('vs-1', prefix('/')))),
    stopped(
      'the primary answers itself',
      primary({ match: [prefix('/log')], ...answer('front') }, catalog),
      {},
      ['login'],
    ),
    stopped('whoever gets it answers a part only', primary(catalog), {
      'teams/catalog/vs-2.yaml': all('vs-2', { match: [prefix('/log')], ...answer('catalog') }),
    }),
  ],
  neighbours: [
    harmless(
      'what is taken had been answered by the other already',
      primary(entry('vs-1', prefix('/login')), catalog),
      narrowLogin,
    ),
    harmless('whoever it is promised to answers it', base, narrowLogin, 'lina'),
    harmless(
      'a prefix of its own below a catch-all, that is still given',
      primary(login, { match: [prefix('/health')], ...answer('front') }, catalog),
    ),
    harmless('a secondary of its own below a catch-all', {
      [mesh]: primary(login, entry('vs-3', prefix('/help')), catalog),
      'mesh/vs-3.yaml': virtualService('vs-3', 'ns1', { http: [answer('help')] }),
    }),
    harmless('one more match within', primary(entry('vs-1', prefix('/log'), prefix('/login')), catalog)),
    harmless('two entries of the same', primary(login, login, catalog)),
    harmless('a name of the entry', primary({ ...login, name: 'login' }, catalog)),
    harmless('matches in another order', primary(entry('vs-1', prefix('/sign'), prefix('/log')), catalog), {
      [mesh]: primary(entry('vs-1', prefix('/log'), prefix('/sign')), catalog),
    }),
    harmless('all of it twice', primary(login, catalog, catalog)),
    harmless('a comment', { [mesh]: `# ours\n${primary(login, catalog)}` }),
    harmless('an entry that leads nowhere is gone', primary(login, catalog), {
      [mesh]: primary(login, catalog, entry('vs-9', prefix('/'))),
    }),
  ],
})
