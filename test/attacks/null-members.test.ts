import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { virtualService } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const to = (version: string) => `route: [{ destination: { host: ${version}.default.svc.cluster.local } }]`
const when = (match: string, more = '') => `match: [{ ${match} }]${more}, ${to('login')}`
const secondary = (name: string, http: readonly string[]) => virtualService({ name, namespace: 'ns1', http })
const vs1 = (...http: readonly string[]): Files => ({ [login]: secondary('vs-1', http) })
const base = (match: string, more = ''): Readonly<Record<string, string>> => ({
  'mesh/bookinfo.yaml': virtualService({
    name: 'bookinfo',
    namespace: 'default',
    hosts: ['*'],
    gateways: ['bookinfo-gateway'],
    http: ['delegate: { name: vs-1, namespace: ns1 }', 'delegate: { name: vs-2, namespace: ns1 }'],
  }),
  [login]: secondary('vs-1', [when(match, more)]),
  'teams/catalog/vs-2.yaml': secondary('vs-2', [to('catalog')]),
})

/** Login has what it asks for, catalog all the rest. */
const takes = (way: string, before: string, after: string): Attempt => ({
  way,
  by: 'lina',
  setting: { files: base(before) },
  files: vs1(when(after)),
  conclusion: 'action_required',
  waitsFor: ['catalog'],
  silentOn: /no request changes/,
})
const harmless = (
  way: string,
  before: string,
  after: string,
  more: readonly [string, string] = ['', ''],
) => ({
  way,
  by: 'lina',
  setting: { files: base(before, more[0]) },
  files: vs1(when(after, more[1])),
})

testAttackClass('a condition that is null is none: the API server drops it', {
  onGitHub: {},
  attack: takes('a header that had to be there', 'headers: { x: {} }', 'headers: { x: null }'),
  variants: [
    takes('a header of a value', 'headers: { x: { exact: a } }', 'headers: { x: null }'),
    takes('as a tilde', 'headers: { x: {} }', 'headers: { x: ~ }'),
    takes('as nothing', 'headers: { x: {} }', 'headers: { x: }'),
    takes('in capitals', 'headers: { x: {} }', 'headers: { x: NULL }'),
    takes('with its tag', 'headers: { x: {} }', 'headers: { x: !!null null }'),
    takes('a query parameter', 'queryParams: { q: {} }', 'queryParams: { q: null }'),
    takes('a query parameter of a value', 'queryParams: { q: { exact: a } }', 'queryParams: { q: null }'),
    takes('one of two headers', 'headers: { x: {}, y: {} }', 'headers: { x: null, y: {} }'),
    takes('one of two query parameters', 'queryParams: { p: {}, q: {} }', 'queryParams: { p: null, q: {} }'),
    takes('a header that had to be missing', 'withoutHeaders: { x: {} }', 'withoutHeaders: { x: null }'),
    takes(
      'a header beside a path',
      'uri: { prefix: /a }, headers: { x: {} }',
      'uri: { prefix: /a }, headers: { x: null }',
    ),
    takes(
      'a header and a query parameter',
      'headers: { x: {} }, queryParams: { q: {} }',
      'headers: { x: null }, queryParams: { q: null }',
    ),
  ],
  neighbours: [
    harmless('a null beside a header', 'headers: { x: {} }', 'headers: { x: {}, y: null }'),
    harmless('a null beside a query parameter', 'queryParams: { q: {} }', 'queryParams: { p: null, q: {} }'),
    harmless('a null less', 'headers: { x: {}, y: null }', 'headers: { x: {} }'),
    harmless('a null of another name', 'headers: { x: {}, y: null }', 'headers: { x: {}, z: null }'),
    harmless('headers that are null', 'queryParams: { q: {} }', 'queryParams: { q: {} }, headers: null'),
    harmless(
      'a map of nothing but nulls',
      'uri: { prefix: /a }',
      'uri: { prefix: /a }, headers: { x: null }',
    ),
    harmless(
      'a missing header that is null',
      'headers: { x: {} }',
      'headers: { x: {} }, withoutHeaders: { y: null }',
    ),
    harmless(
      'a label of clients that is null',
      'headers: { x: {} }',
      'headers: { x: {} }, sourceLabels: { app: null }',
    ),
    harmless('a path beside a null', 'uri: { prefix: /a }', 'uri: { prefix: /a, exact: null }'),
    harmless('a header of one’s answers that is null', 'headers: { x: {} }', 'headers: { x: {} }', [
      '',
      ', headers: { response: { set: { y: null } } }',
    ]),
    harmless('a time that is null', 'headers: { x: {} }', 'headers: { x: {} }', ['', ', timeout: null']),
  ],
})
