import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const path = 'teams/catalog/vs-2.yaml'
const catalog = bookinfoFiles()[path] ?? ''

/** An entry of catalog's own: JSON is YAML, escapes included, but for keys of more than 1024 characters. */
function entry(fields: object, match: object = { uri: { prefix: '/reviews' } }): string {
  const written = JSON.stringify({ match: [match], ...fields })
  return `${catalog}    - ${written.replace(/("\w{1000,}"):/g, '? $1 :')}\n`
}
const target = { destination: { host: 'productpage.default.svc.cluster.local', port: { number: 9080 } } }
const route = [target]
const headers = (operation: string, values: unknown, side = 'request') =>
  entry({ route, headers: { [side]: { [operation]: values } } })
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, 'a']))
const weighted = (...weights: readonly number[]) =>
  entry({
    route: weights.map((weight, at) => ({
      destination: { host: `v${at}.catalog.svc.cluster.local` },
      weight,
    })),
  })
const most = 2 ** 31 - 1

const stopped = (way: string, text: string): Attempt => ({
  way,
  files: { [path]: text },
  conclusion: 'failure',
  waitsFor: [],
  says: /Envoy refuses all routes of the port, and every host and team of it stops updating/,
})
const harmless = (way: string, text: string) => ({ way, files: { [path]: text } })

testAttackClass('what Envoy refuses although Istio lets it pass keeps back everybody’s changes', {
  onGitHub: {},
  attack: stopped('a line break in a rewrite', entry({ route, rewrite: { uri: '/a\n' } })),
  variants: [
    stopped('NUL in a rewrite', entry({ route, rewrite: { uri: '/a\0' } })),
    stopped('a rewritten authority', entry({ route, rewrite: { authority: 'shop.example\r' } })),
    stopped(
      'a rewrite by a pattern',
      entry({ route, rewrite: { uriRegexRewrite: { match: '/a', rewrite: '/b\r\n' } } }),
    ),
    stopped('where a redirect leads', entry({ redirect: { uri: '/a\n' } })),
    stopped('whom a redirect leads to', entry({ redirect: { authority: 'a\0b' } })),
    stopped('what a redirect puts before', entry({ redirect: { prefixRewrite: '/\r' } })),
    stopped('a name that is set', headers('set', { 'x-a\n': 'b' })),
    stopped('a name that is added to the response', headers('add', { 'x\0a': 'b' }, 'response')),
    stopped('a name that is removed', headers('remove', ['x-a\r'])),
    stopped(
      'a name for one target',
      entry({ route: [{ ...target, headers: { response: { remove: ['x-\n'] } } }] }),
    ),
    stopped('a value too long', headers('set', { 'x-a': 'b'.repeat(16385) })),
    stopped('a value too long in bytes', headers('add', { 'x-a': 'é'.repeat(8193) }, 'response')),
    stopped('a name too long', headers('add', { ['x'.repeat(16385)]: 'b' })),
    stopped('too many headers', headers('set', many(1001))),
    stopped(
      'too many headers together',
      entry({
        route,
        headers: {
          request: {
            set: many(600),
            add: Object.fromEntries(Object.entries(many(401)).map(([name]) => [`y${name}`, 'a'])),
          },
        },
      }),
    ),
    stopped('weights beyond what can be counted', weighted(most, most, 2)),
    stopped(
      'a parameter’s name too long',
      entry({ route }, { uri: { prefix: '/reviews' }, queryParams: { ['a'.repeat(1025)]: { exact: 'b' } } }),
    ),
  ],
  neighbours: [
    harmless('a rewrite', entry({ route, rewrite: { uri: '/a', authority: 'shop.example' } })),
    harmless('a tab in a rewrite', entry({ route, rewrite: { uri: '/a\tb' } })),
    harmless('an escape in a redirect', entry({ redirect: { uri: '/a%0A' } })),
    harmless(
      'a group of a pattern',
      entry({ route, rewrite: { uriRegexRewrite: { match: '/a(.*)', rewrite: '/b\\1' } } }),
    ),
    harmless('a header', headers('set', { 'x-a': 'b' })),
    harmless('a header that is removed', headers('remove', ['x-a'], 'response')),
    harmless('a value as long as can be', headers('set', { 'x-a': 'b'.repeat(16384) })),
    harmless('a value as long as can be, in bytes', headers('set', { 'x-a': 'é'.repeat(8192) })),
    harmless('as many headers as can be', headers('set', many(1000))),
    harmless(
      'as many headers on either side',
      entry({ route, headers: { request: { set: many(1000) }, response: { set: many(1000) } } }),
    ),
    harmless('weights as great as can be', weighted(most, most, 1)),
    harmless('one weight', weighted(most)),
    harmless(
      'a parameter’s name as long as can be',
      entry({ route }, { uri: { prefix: '/reviews' }, queryParams: { ['a'.repeat(1024)]: { exact: 'b' } } }),
    ),
  ],
})

const primary = bookinfoFiles()['mesh/bookinfo.yaml'] ?? ''
/** The primary's entry for catalog, with so many headers. */
const given = (headers: object) => ({
  'mesh/bookinfo.yaml': primary.replace(
    /\n {4}- delegate:\n {8}name: vs-2/,
    `\n    - headers: ${JSON.stringify(headers)}\n      delegate:\n        name: vs-2`,
  ),
})
const inherited = (way: string, headers: object, text: string): Attempt => ({
  ...stopped(way, text),
  setting: { files: given(headers) },
})
const allowed = (way: string, headers: object, text: string) => ({
  ...harmless(way, text),
  setting: { files: given(headers) },
})
const sending = (count: number, side = 'request', operation = 'set') => ({
  [side]: {
    [operation]: Object.fromEntries(Object.entries(many(count)).map(([name]) => [`z${name}`, 'a'])),
  },
})
const to = (headers?: object, more: object = {}) => ({
  ...target,
  ...(headers === undefined ? {} : { headers }),
  ...more,
})

testAttackClass('headers that are too many only where they come together', {
  attack: inherited(
    'those of the primary and those of the target',
    { request: { set: many(600) } },
    entry({ route: [to(sending(401))] }),
  ),
  variants: [
    inherited('one too many', { request: { set: many(1000) } }, entry({ route: [to(sending(1))] })),
    inherited(
      'of the response',
      { response: { add: many(999) } },
      entry({ route: [to(sending(2, 'response', 'add'))] }),
    ),
    inherited(
      'some set, some added',
      { request: { set: many(600) } },
      entry({ route: [to(sending(600, 'request', 'add'))] }),
    ),
    inherited(
      'the target has a weight',
      { request: { set: many(600) } },
      entry({ route: [to(sending(600), { weight: 100 })] }),
    ),
    inherited(
      'the only target that is sent anything',
      { request: { set: many(600) } },
      entry({
        route: [
          to(sending(600), { weight: 100 }),
          { destination: { host: 'other.catalog.svc.cluster.local' }, weight: 0 },
        ],
      }),
    ),
    inherited(
      'in the second entry that inherits',
      { request: { set: many(600) } },
      `${entry({ route: [to(sending(10))] })}${entry({ route: [to(sending(600))] }, { uri: { prefix: '/more' } }).slice(catalog.length)}`,
    ),
    stopped(
      'an entry and its target',
      entry({ route: [to(sending(600))], headers: { request: { set: many(600) } } }),
    ),
    stopped(
      'an entry and its target, of the response',
      entry({ route: [to(sending(1, 'response'))], headers: { response: { add: many(1000) } } }),
    ),
    stopped(
      'an entry and the only target that is sent anything',
      entry({
        route: [to(sending(600), { weight: 1 }), to(undefined, { weight: 0 })],
        headers: { request: { set: many(600) } },
      }),
    ),
    stopped('a target alone', entry({ route: [to(sending(1001))] })),
    stopped(
      'one of several targets',
      entry({ route: [to(sending(1001), { weight: 50 }), to(undefined, { weight: 50 })] }),
    ),
    {
      way: 'the primary gives more, by the administrators',
      by: 'maya',
      setting: { files: { [path]: entry({ route: [to(sending(600))] }) } },
      files: given({ request: { set: many(600) } }),
      conclusion: 'failure',
      waitsFor: ['catalog'],
      says: /Envoy refuses all routes of the port, and every host and team of it stops updating/,
    },
  ],
  neighbours: [
    allowed('as many as can be', { request: { set: many(600) } }, entry({ route: [to(sending(400))] })),
    allowed(
      'requests and responses apart',
      { request: { set: many(600) } },
      entry({ route: [to(sending(600, 'response'))] }),
    ),
    allowed(
      'several targets have lists of their own',
      { request: { set: many(600) } },
      entry({ route: [to(sending(600), { weight: 50 }), to(undefined, { weight: 50 })] }),
    ),
    allowed(
      'headers of its own replace those of the primary',
      { request: { set: many(600) } },
      entry({ route: [to(sending(600))], headers: { request: { set: { 'x-a': 'b' } } } }),
    ),
    allowed('none at the target', { request: { set: many(1000) } }, entry({ route: [to()] })),
    allowed(
      'names that are removed',
      { request: { remove: Object.keys(many(1000)) } },
      entry({ route: [to(sending(600))] }),
    ),
    allowed('a redirect', { response: { set: many(1000) } }, entry({ redirect: { uri: '/x' } })),
    harmless(
      'an entry and its target, as many as can be',
      entry({ route: [to(sending(400))], headers: { request: { set: many(600) } } }),
    ),
    harmless(
      'an entry and several targets',
      entry({
        route: [to(sending(600), { weight: 50 }), to(sending(600), { weight: 50 })],
        headers: { request: { set: many(600) } },
      }),
    ),
    harmless('a target alone, as many as can be', entry({ route: [to(sending(1000))] })),
  ],
})

const matching = (match: object) => entry({ route }, { uri: { prefix: '/reviews' }, ...match })
const header = (regex: string) => matching({ headers: { x: { regex } } })

testAttackClass('a regex that Envoy refuses although Istio lets it pass', {
  attack: stopped('an escape for a character that is no byte', header('\\x{100}')),
  variants: [
    stopped('far beyond', header('a|[\\x{1f600}]')),
    stopped('at the end of a class', header('[a-\\x{17f}]')),
    stopped('behind what is quoted', header('\\Qa\\E\\x{100}')),
    stopped('in a path', matching({ uri: { regex: '/reviews/\\x{100}' } })),
    stopped('in a query parameter', matching({ queryParams: { q: { regex: '\\x{0100}' } } })),
    stopped('in what has to be missing', matching({ withoutHeaders: { x: { regex: '\\x{100}' } } })),
    stopped('in a method', matching({ method: { regex: 'GET|\\x{100}' } })),
    stopped('in an authority', matching({ authority: { regex: '\\x{100}' } })),
    stopped(
      'in a rewrite',
      entry({ route, rewrite: { uriRegexRewrite: { match: '/\\x{100}', rewrite: '/b' } } }),
    ),
    stopped('in an origin', entry({ route, corsPolicy: { allowOrigins: [{ regex: '\\x{100}' }] } })),
    stopped('a program too long', header('a{1000}'.repeat(33))),
    stopped('a program too long by its classes', header('\\pL{1000}'.repeat(5))),
    stopped(
      'a program too long by its points',
      matching({ uri: { regex: `/reviews${'.{1000}'.repeat(17)}` } }),
    ),
    stopped(
      'a program too long in a rewrite',
      entry({ route, rewrite: { uriRegexRewrite: { match: 'a{1000}'.repeat(33), rewrite: '/b' } } }),
    ),
  ],
  neighbours: [
    harmless('a byte', header('\\x{ff}')),
    harmless('two digits', header('\\x41')),
    harmless('what is quoted', header('\\Q\\x{100}\\E')),
    harmless('a backslash before it', header('\\\\x{100}'.replace('{100}', '{10}'))),
    harmless('letters beyond bytes', header('ä|Ω')),
    harmless('a class of letters', header('\\pL+')),
    harmless('a script', header('\\p{Greek}')),
    harmless('a program that is long', header('a{1000}'.repeat(32))),
    harmless('a program of points', header('.{200}')),
    harmless('any header', header('.*')),
    harmless('an identifier', header('[0-9a-f]{8}-[0-9a-f]{4}')),
    harmless(
      'a rewrite that ends in a backslash',
      entry({ route, rewrite: { uriRegexRewrite: { match: '/a', rewrite: '/b\\' } } }),
    ),
    harmless(
      'a group that is not there',
      entry({ route, rewrite: { uriRegexRewrite: { match: '/(a)', rewrite: '/\\9' } } }),
    ),
    harmless('a header name with a space', headers('set', { 'x y': 'b' })),
  ],
})

const rule = (trafficPolicy: object, more: object = {}) =>
  `${JSON.stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'own', namespace: 'ns2' },
    spec: { host: 'own.ns2.svc.cluster.local', trafficPolicy, ...more },
  })}\n`
const hashed = (consistentHash: object) => ({ loadBalancer: { consistentHash } })
const cookie = (httpCookie: object) => hashed({ httpCookie: { name: 'a', ttl: '0s', ...httpCookie } })
const mine = 'teams/catalog/rule.yaml'
const asked = (way: string, text: string, before?: string): Attempt => ({
  way,
  ...(before !== undefined && { setting: { files: { [mine]: before } } }),
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
})
const silent = (way: string, text: string) => ({ way, files: { [mine]: text } })

testAttackClass('a hash policy that Envoy refuses is in the routes of everybody who shares the port', {
  attack: asked('a header without a name', rule(hashed({ httpHeaderName: '' }))),
  variants: [
    asked('a line break in a header', rule(hashed({ httpHeaderName: 'x\ny' }))),
    asked('NUL in a header', rule(hashed({ httpHeaderName: 'x\0' }))),
    asked('a header that is too long', rule(hashed({ httpHeaderName: 'x'.repeat(16385) }))),
    asked('a query parameter without a name', rule(hashed({ httpQueryParameterName: '' }))),
    asked('an attribute without a name', rule(cookie({ attributes: [{ name: '' }] }))),
    asked('a line break in an attribute', rule(cookie({ attributes: [{ name: 'a\nb' }] }))),
    asked('a line break in the value of one', rule(cookie({ attributes: [{ name: 'a', value: 'b\r' }] }))),
    asked('an attribute that is too long', rule(cookie({ attributes: [{ name: 'x'.repeat(16385) }] }))),
    asked('a time before now', rule(cookie({ ttl: '-1s' }))),
    asked(
      'for one port',
      rule({ portLevelSettings: [{ port: { number: 80 }, ...hashed({ httpHeaderName: '' }) }] }),
    ),
    asked(
      'for a subset',
      rule({}, { subsets: [{ name: 'a', trafficPolicy: hashed({ httpHeaderName: '' }) }] }),
    ),
    asked('by now', rule(hashed({ httpHeaderName: '' })), rule(hashed({ httpHeaderName: 'x' }))),
  ],
  neighbours: [
    silent('a header', rule(hashed({ httpHeaderName: 'x-user' }))),
    silent('a header with a space', rule(hashed({ httpHeaderName: 'x user' }))),
    silent('a long header', rule(hashed({ httpHeaderName: 'x'.repeat(16384) }))),
    silent('a query parameter', rule(hashed({ httpQueryParameterName: 'user' }))),
    silent('a line break in a query parameter', rule(hashed({ httpQueryParameterName: 'a\nb' }))),
    silent('a cookie', rule(cookie({ path: '/', ttl: '10s' }))),
    silent('attributes', rule(cookie({ attributes: [{ name: 'SameSite', value: 'Lax' }] }))),
    silent('an attribute without a value', rule(cookie({ attributes: [{ name: 'HttpOnly' }] }))),
    silent('the address of the client', rule(hashed({ useSourceIp: true }))),
    silent('another way to share', rule({ loadBalancer: { simple: 'LEAST_REQUEST' } })),
    silent(
      'a header for one port',
      rule({ portLevelSettings: [{ port: { number: 80 }, ...hashed({ httpHeaderName: 'x' }) }] }),
    ),
  ],
})
