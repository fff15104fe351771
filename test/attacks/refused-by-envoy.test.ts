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
  says: /Envoy refuses all routes of the port, those of others included/,
})
const harmless = (way: string, text: string) => ({ way, files: { [path]: text } })

testAttackClass('what Envoy refuses although Istio lets it pass keeps back everybody’s changes', {
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
