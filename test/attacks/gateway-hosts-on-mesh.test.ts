import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

interface Spec {
  readonly name?: string
  readonly namespace?: string
  readonly gateways?: readonly string[]
  readonly exportTo?: readonly string[]
  readonly http?: readonly object[]
}

function serving(
  hosts: readonly string[],
  { name = 'calls', namespace = 'catalog', ...spec }: Spec = {},
): string {
  const http = [{ route: [{ destination: { host: 'stub.catalog.svc.cluster.local' } }] }]
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${JSON.stringify({ hosts, http, ...spec })}
`
}

const gateway = ['default/bookinfo-gateway']
const path = 'teams/catalog/calls.yaml'
const shop = (hosts: readonly string[], spec: Spec = {}) =>
  serving(hosts, { name: 'shop', namespace: 'login', gateways: gateway, ...spec })

const files: Files = {
  'teams/catalog/stub.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: stub, namespace: catalog }\nspec: { ports: [{ port: 80 }] }\n',
  'teams/login/shop.yaml': shop(['shop.example']),
}

function stopped(
  way: string,
  hosts: readonly string[],
  { more = {}, spec = {}, ...rest }: { more?: Files; spec?: Spec } & Partial<Attempt> = {},
): Attempt {
  return {
    way,
    setting: { files: { ...files, ...more } },
    files: { [path]: serving(hosts, spec) },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: /takes the calls inside the mesh/,
    silentOn: /no other team is affected/,
    ...rest,
  }
}

function harmless(
  way: string,
  hosts: readonly string[],
  { more = {}, spec = {}, ...rest }: { more?: Files; spec?: Spec } & Partial<Attempt> = {},
): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  return {
    way,
    setting: { files: { ...files, ...more } },
    files: { [path]: serving(hosts, spec) },
    silentOn: /takes the calls/,
    says: '',
    title: '',
    ...rest,
  }
}

const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: api, namespace: login }
spec: { parentRefs: [{ name: own }], hostnames: [api.example], rules: [{ backendRefs: [{ name: login, port: 80 }] }] }
`

testAttackClass('a host that another team serves at a gateway, taken inside the mesh', {
  attack: stopped('by its name', ['shop.example'], {
    title: /^Waiting for login: a Gateway claims a host of theirs/,
  }),
  variants: [
    stopped('by a wildcard over it', ['*.example']),
    stopped('by a longer wildcard over it', ['*op.example']),
    stopped('in capitals', ['Shop.EXAMPLE']),
    stopped('with the dot of the root', ['shop.example.']),
    stopped('among hosts of its own', ['stub.catalog.svc.cluster.local', 'shop.example']),
    stopped('with the mesh named beside a gateway of its own', ['shop.example'], {
      spec: { gateways: ['catalog/own', 'mesh'] },
    }),
    stopped('for one namespace of others', ['shop.example'], { spec: { exportTo: ['login'] } }),
    stopped('by a name within a wildcard of login', ['a.shop.example'], {
      more: { 'teams/login/shop.yaml': shop(['*.shop.example']) },
    }),
    stopped('by widening a wildcard that was there', ['*.example'], {
      more: { [path]: serving(['*.own.example']) },
    }),
    stopped('by exporting to everybody what was private', ['shop.example'], {
      more: { [path]: serving(['shop.example'], { exportTo: ['.'] }) },
    }),
    stopped('by a primary', ['shop.example'], {
      spec: { http: [{ delegate: { name: 'vs-2', namespace: 'ns1' } }] },
    }),
    stopped('by leaving the gateways out that were there', ['shop.example'], {
      more: { [path]: serving(['shop.example'], { gateways: ['catalog/own'] }) },
    }),
    stopped('where login serves it at a gateway that is not here', ['shop.example'], {
      more: { 'teams/login/shop.yaml': shop(['shop.example'], { gateways: ['elsewhere/edge'] }) },
    }),
    stopped('where login serves it by a primary', ['shop.example'], {
      more: {
        'teams/login/shop.yaml': shop(['shop.example'], {
          http: [{ match: [{ uri: { prefix: '/' } }], delegate: { name: 'vs-1', namespace: 'ns1' } }],
        }),
      },
    }),
    stopped('where login has a route of the Gateway API for it', ['api.example'], {
      more: { 'teams/login/route.yaml': route },
    }),
    stopped('where the mesh administrators serve it', ['www.example'], {
      more: {
        'mesh/www.yaml': serving(['www.example'], { name: 'www', namespace: 'default', gateways: gateway }),
      },
      waitsFor: ['mesh-admins'],
    }),
    stopped('where both serve it at the gateway', ['shop.example'], {
      more: { 'teams/catalog/beside.yaml': serving(['shop.example'], { name: 'beside', gateways: gateway }) },
    }),
    stopped('where its own wildcard covers it at the gateway', ['shop.example'], {
      more: { 'teams/catalog/beside.yaml': serving(['*.example'], { name: 'beside', gateways: gateway }) },
    }),
  ],
  neighbours: [
    harmless('for clients of its own alone', ['shop.example'], { spec: { exportTo: ['.'] } }),
    harmless('the same with its namespace spelled out', ['shop.example'], {
      spec: { exportTo: ['catalog'] },
    }),
    harmless('a wildcard for clients of its own', ['*.example'], { spec: { exportTo: ['.'] } }),
    harmless('a host that nobody serves', ['other.example']),
    harmless('a wildcard that covers nothing of others', ['*.other.example']),
    harmless('a host of its own at the gateway', ['catalog.example'], {
      more: { 'teams/catalog/own.yaml': serving(['catalog.example'], { name: 'own', gateways: gateway }) },
    }),
    harmless('a host of its own within a wildcard of others', ['catalog.shop.example'], {
      more: {
        'teams/login/shop.yaml': shop(['*.shop.example']),
        'teams/catalog/own.yaml': serving(['catalog.shop.example'], { name: 'own', gateways: gateway }),
      },
    }),
    harmless('the name above a wildcard of login', ['shop.example'], {
      more: { 'teams/login/shop.yaml': shop(['*.shop.example']) },
    }),
    harmless('another route of what it has', ['shop.example'], {
      more: { [path]: serving(['shop.example']).replace('stub.', 'stab.') },
    }),
    harmless('where only a gateway for every host is there', ['shop.example'], {
      more: { 'teams/login/shop.yaml': null },
    }),
    harmless('a host that login serves inside the mesh for its own alone', ['inner.example'], {
      more: { 'teams/login/shop.yaml': shop(['inner.example'], { gateways: ['mesh'], exportTo: ['.'] }) },
      spec: { exportTo: ['.'] },
    }),
    harmless('by login itself', ['shop.example'], {
      by: 'lina',
      files: { 'teams/login/calls.yaml': serving(['shop.example'], { name: 'inner', namespace: 'login' }) },
    }),
  ],
})
