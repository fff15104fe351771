import type { Attempt } from '../support/attack-class.ts'
import { testAttackClass } from '../support/attack-class.ts'
import { virtualService } from '../support/manifests.ts'
import type { Files, Setting } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'
const mesh = 'mesh/bookinfo.yaml'

const to = (version: string) => `route: [{ destination: { host: ${version}.default.svc.cluster.local } }]`
const when = (match: string, version: string) => `match: [{ ${match} }], ${to(version)}`

const secondary = (name: string, http: readonly string[]) => virtualService({ name, namespace: 'ns1', http })
const vs1 = (...http: readonly string[]): Files => ({ [login]: secondary('vs-1', http) })
const vs2 = (...http: readonly string[]): Files => ({ [catalog]: secondary('vs-2', http) })

/** Both teams are given everything, login first. */
const bothGivenAll = virtualService({
  name: 'bookinfo',
  namespace: 'default',
  hosts: ['*'],
  gateways: ['bookinfo-gateway'],
  http: ['delegate: { name: vs-1, namespace: ns1 }', 'delegate: { name: vs-2, namespace: ns1 }'],
})

/** Login has what it asks for, catalog all the rest. */
const loginHas = (match: string, configuration?: string): Setting => ({
  files: { [mesh]: bothGivenAll, ...vs1(when(match, 'login')), ...vs2(to('catalog')) },
  ...(configuration !== undefined && { configuration }),
})

const oldIstio = 'istio: { version: "1.20" }\n'

/** Login gives up its condition: what came without it moves from catalog. */
const takesTheRest = (way: string, match: string, configuration?: string): Attempt => ({
  way,
  by: 'lina',
  setting: loginHas(match, configuration),
  files: vs1(to('login')),
  conclusion: 'action_required',
  waitsFor: ['catalog'],
  silentOn: /no request changes/,
})

/** Catalog divides its own traffic by whether something is there: neither half is in the way of the other. */
const divides = (way: string, first: string, second?: string, configuration?: string) => ({
  way,
  setting: {
    files: { ...vs1(to('login')), ...vs2(to('catalog')) },
    ...(configuration !== undefined && { configuration }),
  },
  files: vs2(when(first, 'canary'), second === undefined ? to('stable') : when(second, 'stable')),
  silentOn: /shadowed-route/,
})

testAttackClass('an expression that accepts anything does not accept a header that is not there', {
  onGitHub: {},
  attack: takesTheRest('a header that is anything', 'headers: { x-beta: { regex: ".*" } }'),
  variants: [
    takesTheRest('anything, line breaks included', 'headers: { x-beta: { regex: "(?s).*" } }'),
    takesTheRest('something', 'headers: { x-beta: { regex: ".+" } }'),
    takesTheRest('one character', 'headers: { x-beta: { regex: "." } }'),
    takesTheRest('one character that is no word', 'headers: { x-beta: { regex: "\\\\W" } }'),
    takesTheRest('anything without an x', 'headers: { x-beta: { regex: "[^x]*" } }'),
    takesTheRest('the character NUL itself', 'headers: { x-beta: { regex: "\\\\x00|1" } }'),
    takesTheRest(
      'no character that can be printed, or 1',
      'headers: { x-beta: { regex: "[^[:print:]]|1" } }',
    ),
    takesTheRest('a name in capitals', 'headers: { X-BETA: { regex: ".*" } }'),
    takesTheRest('a query parameter that is anything', 'queryParams: { beta: { regex: ".*" } }'),
    takesTheRest('a query parameter that is one character', 'queryParams: { beta: { regex: "[^a]" } }'),
    takesTheRest(
      'a header and a query parameter',
      'headers: { x-beta: { regex: ".*" } }, queryParams: { beta: { regex: "(?s:.)*" } }',
    ),
    takesTheRest('without anything that has a letter', 'withoutHeaders: { x-beta: { regex: ".*" } }'),
    takesTheRest(
      'without anything in an Istio that wants the header there',
      'withoutHeaders: { x-beta: { regex: "[^x]+" } }',
      oldIstio,
    ),
    {
      way: 'shadowing another team: login asks for a present header no more',
      by: 'lina',
      setting: {
        files: {
          [mesh]: bothGivenAll,
          ...vs1(when('headers: { x-beta: { regex: ".*" } }', 'login')),
          ...vs2(when('uri: { prefix: /shop }', 'catalog')),
        },
      },
      files: vs1(to('login')),
      conclusion: 'action_required',
      waitsFor: ['catalog'],
      says: /shadowed-route|No request can reach/,
    },
    {
      way: 'the other way round: login takes what has any value at all from catalog',
      by: 'lina',
      setting: {
        files: {
          [mesh]: bothGivenAll,
          ...vs1(when('withoutHeaders: { x-beta: { regex: ".*" } }, uri: { prefix: /a }', 'login')),
          ...vs2(to('catalog')),
        },
      },
      files: vs1(when('headers: { x-beta: { regex: ".*" } }', 'login')),
      conclusion: 'action_required',
      waitsFor: ['catalog'],
    },
  ],
  neighbours: [
    divides('a header that is anything to canary, else stable', 'headers: { x: { regex: ".*" } }'),
    divides('a header that is something', 'headers: { x: { regex: ".+" } }'),
    divides('a header that is there', 'headers: { x: {} }'),
    divides(
      "a header that is not there to canary, in Istio's own spelling",
      'withoutHeaders: { x: { regex: "*" } }',
    ),
    divides('anything, line breaks included, to canary', 'headers: { x: { regex: "(?s).*" } }'),
    divides('anything but a', 'headers: { x: { regex: "[^a]*" } }'),
    divides('what is no word', 'headers: { X-Canary: { regex: "\\\\W*" } }'),
    divides('a query parameter that is anything to canary', 'queryParams: { canary: { regex: ".*" } }'),
    divides('a query parameter that is there', 'queryParams: { canary: {} }'),
    divides(
      'there to canary, not there to stable',
      'headers: { x: { regex: ".*" } }',
      'withoutHeaders: { x: {} }',
    ),
    divides('a cookie by its name', 'headers: { cookie: { regex: "^(.*;)?\\\\s*canary=.*" } }'),
    divides(
      'without any value first, in an Istio that wants the header there',
      'withoutHeaders: { x: { regex: "a.*" } }',
      undefined,
      oldIstio,
    ),
    {
      way: 'anything and present are one and the same',
      by: 'lina',
      setting: loginHas('headers: { x-beta: { regex: ".*" } }'),
      files: vs1(when('headers: { x-beta: {} }', 'login')),
    },
  ],
})
