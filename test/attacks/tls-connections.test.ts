import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Setting } from '../support/stage.ts'
import { gatewaysBy, routes, type TlsServer } from '../support/tls-manifests.ts'

const simple = { mode: 'SIMPLE', credentialName: 'wildcard' }

const gateway = gatewaysBy(simple, 'cat')

const path = 'teams/catalog/gateway.yaml'
const taking = 'teams/catalog/taking.yaml'
const cart = ['cart.shop.example']
const own = ['cat.example']

/** Login has a host, at a Gateway of the administrators; catalog has routes for it that nobody comes to. */
const setting: Setting = {
  files: {
    'gateways/shop.yaml': gateway([{ hosts: cart }], { name: 'shop', team: 'login' }),
    'teams/login/vs.yaml': routes(cart, ['login/shop'], 'login', 'shop'),
    [path]: gateway([{ hosts: own }]),
    'teams/catalog/vs.yaml': routes(own, ['catalog/cat'], 'catalog', 'cat'),
    [taking]: routes(cart, ['catalog/cat'], 'catalog', 'taking'),
  },
}

function stopped(way: string, files: Attempt['files']): Attempt {
  return { way, setting, files, conclusion: 'action_required', waitsFor: ['an admin', 'login'] }
}

const servers = (...all: readonly TlsServer[]) => ({ [path]: gateway(all) })
const names = ['*.shop.example']

testAttackClass('routes that take a host of others on connections that are opened for other names', {
  attack: stopped('by a host more of a server of one`s own', servers({ hosts: [...own, ...names] })),
  variants: [
    stopped('by a server more of a Gateway of one`s own', servers({ hosts: own }, { hosts: names })),
    stopped('for nearly every name', servers({ hosts: [...own, '*.example'] })),
    stopped('for every name', servers({ hosts: ['*'] })),
    stopped('for one`s own namespace', servers({ hosts: [...own, 'catalog/*.shop.example'] })),
    stopped('for one`s own namespace, by the dot', servers({ hosts: [...own, './*.shop.example'] })),
    stopped('for all namespaces', servers({ hosts: [...own, '*/*.shop.example'] })),
    stopped(
      'with certificates that clients may have',
      servers({ hosts: own }, { hosts: names, tls: { ...simple, mode: 'OPTIONAL_MUTUAL' } }),
    ),
    stopped(
      'with a certificate of one`s own',
      servers({ hosts: own }, { hosts: names, tls: { ...simple, credentialName: 'mine' } }),
    ),
    stopped(
      'with certificates of clients',
      servers({ hosts: own }, { hosts: names, tls: { ...simple, mode: 'MUTUAL' } }),
    ),
    stopped('instead of a host of one`s own', servers({ hosts: names })),
    stopped('on a selector of perhaps the same pods', {
      [path]: gateway([{ hosts: [...own, ...names] }], { selector: { app: 'edge' } }),
    }),
    stopped('by a new Gateway, and routes bound to it', {
      'teams/catalog/more.yaml': gateway([{ hosts: names }], { name: 'more' }),
      [taking]: routes(cart, ['catalog/cat', 'catalog/more'], 'catalog', 'taking'),
    }),
  ],
  neighbours: [
    { way: 'a host more of one`s own', files: servers({ hosts: [...own, 'own.example'] }) },
    {
      way: 'a server more for a host of one`s own',
      files: servers({ hosts: own }, { hosts: ['own.example'] }),
    },
    { way: 'all names under one`s own', files: servers({ hosts: [...own, '*.cat.example'] }) },
    {
      way: 'a name that only looks like one of theirs',
      files: servers({ hosts: [...own, 'cartshop.example'] }),
    },
    { way: 'what is above theirs', files: servers({ hosts: [...own, 'shop.example'] }) },
    { way: 'a name beside theirs', files: servers({ hosts: [...own, 'blog.shop.example'] }) },
    { way: 'names under one beside theirs', files: servers({ hosts: [...own, '*.blog.shop.example'] }) },
    {
      way: 'a certificate of one`s own',
      files: servers({ hosts: own, tls: { ...simple, credentialName: 'mine' } }),
    },
    {
      way: 'a host of one`s own on another port',
      files: servers({ hosts: own }, { port: 8443, hosts: own }),
    },
    { way: 'the routes that nobody comes to go', files: { [taking]: null } },
    {
      way: 'a new Gateway for a host of one`s own',
      files: {
        'teams/catalog/more.yaml': gateway([{ hosts: ['own.example'] }], { name: 'more' }),
        'teams/catalog/own.yaml': routes(['own.example'], ['catalog/more'], 'catalog', 'own'),
      },
    },
  ].map((each) => ({ setting, ...each })),
})
