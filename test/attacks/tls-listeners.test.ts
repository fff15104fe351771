import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Setting } from '../support/stage.ts'
import { type GatewayNames, gatewaysBy, routes, type TlsServer } from '../support/tls-manifests.ts'

const simple = { mode: 'SIMPLE', credentialName: 'own' }

const gateway = gatewaysBy(simple, 'own')
const routesOf = (host: string, gateways: readonly string[], team = 'login', name = 'shop') =>
  routes([host], gateways, team, name)

const path = 'teams/catalog/gateway.yaml'
const own = 'teams/catalog/vs.yaml'
const kept = gateway([{ hosts: ['cat.example'] }], { name: 'cat' })

/** Login has every name of its domain over TLS, by one Gateway; catalog has a host of its own on the same pods. */
const setting: Setting = {
  files: {
    'teams/login/gateway.yaml': gateway([{ hosts: ['*.shop.example'] }], { name: 'shop', team: 'login' }),
    'teams/login/vs.yaml': routesOf('*.shop.example', ['login/shop']),
    [path]: kept,
    [own]: routesOf('cat.example', ['catalog/cat'], 'catalog', 'cat'),
  },
}

function stopped(way: string, files: Attempt['files']): Attempt {
  return { way, setting, files, conclusion: 'action_required', waitsFor: ['login'] }
}

const more = (server: TlsServer, written: GatewayNames = {}) => ({
  'teams/catalog/more.yaml': gateway([server], written),
})
const cart = ['cart.shop.example']

testAttackClass('a server whose name is more special than that of others takes their requests under TLS', {
  onGitHub: {},
  attack: stopped('a new Gateway for one name of others', more({ hosts: cart })),
  variants: [
    stopped('for all names under one of theirs', more({ hosts: ['*.cart.shop.example'] })),
    stopped('for names of one`s own namespace alone', more({ hosts: ['catalog/cart.shop.example'] })),
    stopped('for names of its own namespace, by the dot', more({ hosts: ['./cart.shop.example'] })),
    stopped('passed through', more({ hosts: cart, tls: { mode: 'PASSTHROUGH' } })),
    stopped('with certificates of clients', more({ hosts: cart, tls: { ...simple, mode: 'MUTUAL' } })),
    stopped('beside a host of one`s own', more({ hosts: ['own.example', ...cart] })),
    stopped('in upper case', more({ hosts: ['CART.shop.example'] })),
    stopped('with routes of one`s own', {
      ...more({ hosts: cart }),
      'teams/catalog/taking.yaml': routesOf('cart.shop.example', ['catalog/own'], 'catalog', 'taking'),
    }),
    stopped('by a server more of a Gateway that one has', {
      [path]: gateway([{ hosts: ['cat.example'] }, { hosts: cart }], { name: 'cat' }),
    }),
    stopped('by a host more of a server that one has', {
      [path]: gateway([{ hosts: ['cat.example', ...cart] }], { name: 'cat' }),
    }),
    stopped('by a selector that names other labels of perhaps the same pods', {
      ...more({ hosts: cart }, { selector: { app: 'edge' } }),
    }),
    stopped('by a selector of some of the pods', {
      ...more({ hosts: cart }, { selector: { istio: 'edge', zone: 'a' } }),
    }),
    stopped('by the very name of theirs', more({ hosts: ['*.shop.example'] })),
  ],
  neighbours: [
    { way: 'for a host of one`s own', files: more({ hosts: ['own.example'] }) },
    { way: 'for all names under a domain of one`s own', files: more({ hosts: ['*.own.example'] }) },
    { way: 'for a name that only looks like one of theirs', files: more({ hosts: ['cartshop.example'] }) },
    {
      way: 'for what is above theirs, which a wildcard does not cover',
      files: more({ hosts: ['shop.example'] }),
    },
    { way: 'a name under one`s own', files: more({ hosts: ['a.cat.example'] }) },
    {
      way: 'a server of one`s own goes',
      files: { [path]: gateway([{ hosts: ['cat.example'] }], { name: 'cat' }) },
    },
    {
      way: 'on a selector that cannot meet',
      files: more({ hosts: ['own.example'] }, { selector: { istio: 'internal' } }),
    },
    {
      way: 'on a selector that may meet, for a host of one`s own',
      files: more({ hosts: ['own.example'] }, { selector: { app: 'edge' } }),
    },
    { way: 'on another port, for a host of one`s own', files: more({ port: 8443, hosts: ['own.example'] }) },
    {
      way: 'a host more of one`s own',
      files: { [path]: gateway([{ hosts: ['cat.example', 'own.example'] }], { name: 'cat' }) },
    },
    {
      way: 'a server more of one`s own host',
      files: { [path]: gateway([{ hosts: ['cat.example'] }, { hosts: ['own.example'] }], { name: 'cat' }) },
    },
    {
      way: 'with routes for a host of one`s own',
      files: {
        ...more({ hosts: ['own.example'] }),
        'teams/catalog/taking.yaml': routesOf('own.example', ['catalog/own'], 'catalog', 'taking'),
      },
    },
  ].map((each) => ({ setting, ...each })),
})
