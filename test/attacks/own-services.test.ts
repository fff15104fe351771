import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const service = (name: string, namespace?: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }\nspec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }\n`

const deployment = (name: string, namespace: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: ${namespace} }\n`

const serving = (host: string, namespace = 'ns1') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: calls, namespace: ${namespace} }\nspec: { hosts: ["${host}"], http: [{ route: [{ destination: { host: ${host.startsWith('*') ? 'reviews' : host} } }] }] }\n`

const rule = (host: string, { namespace, more = '' }: { namespace?: string; more?: string } = {}) =>
  `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: { name: own${namespace === undefined ? '' : `, namespace: ${namespace}`} }\nspec: { host: ${host}${more} }\n`

const both = (name: string, namespace?: string) => `${service(name, namespace)}---\n${serving(name)}`

const calls = 'teams/catalog/calls.yaml'
const own = 'teams/catalog/rule.yaml'

/** Login lives in a namespace of which catalog says nothing, and in one with catalog. */
const files: Files = {
  'teams/login/accounts.yaml': deployment('accounts', 'kubeflow'),
  'teams/login/sessions.yaml': deployment('sessions', 'ns1'),
}

function stopped(way: string, change: Files, more: Files = {}, rest: Partial<Attempt> = {}): Attempt {
  return {
    way,
    setting: { files: { ...files, ...more } },
    files: change,
    conclusion: 'action_required',
    waitsFor: ['login'],
    ...rest,
  }
}

function harmless(way: string, change: Files, more: Files = {}): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  return { way, setting: { files: { ...files, ...more } }, files: change }
}

const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ml, namespace: login }
spec: { hosts: [ml.example], gateways: [default/bookinfo-gateway], http: [{ route: [{ destination: { host: ml.kubeflow.svc.cluster.local } }] }] }
`

testAttackClass("a service said to be one's own", {
  attack: stopped('a Service under the name of what login runs there comes with the routes for it', {
    [calls]: both('sessions', 'ns1'),
  }),
  variants: [
    stopped('one that says no namespace', { [calls]: both('sessions') }),
    stopped('under the name that login`s routes lead to', { [calls]: both('login', 'ns1') }),
    stopped('one of another name comes with them', {
      [calls]: `${service('other', 'ns1')}---\n${serving('reviews')}`,
    }),
    stopped('one of another namespace comes with them', { [calls]: both('reviews', 'catalog') }),
    stopped('no Service comes with them', { [calls]: serving('reviews') }),
    stopped('something that is no Service comes with them', {
      [calls]: `${deployment('reviews', 'ns1')}---\n${serving('reviews')}`,
    }),
    stopped('in a namespace where catalog has nothing', {
      [calls]: `${service('reviews', 'kubeflow')}---\n${serving('reviews', 'kubeflow')}`,
    }),
    stopped('for all services of that namespace', {
      [calls]: `${service('reviews', 'ns1')}---\n${serving('*.ns1.svc.cluster.local')}`,
    }),
    stopped('from a namespace of its own', {
      [calls]: `${service('reviews', 'ns1')}---\n${serving('reviews.ns1.svc.cluster.local', 'catalog')}`,
    }),
    stopped('a DestinationRule enters the namespace', { [own]: rule('ml', { namespace: 'kubeflow' }) }),
    stopped(
      'a DestinationRule without namespace is for what login`s routes lead to',
      { [own]: rule('ml.kubeflow.svc.cluster.local') },
      { 'teams/login/ml.yaml': route },
    ),
    stopped(
      'a DestinationRule without namespace is for a Service of login',
      { [own]: rule('ml.kubeflow.svc.cluster.local') },
      { 'teams/login/ml.yaml': service('ml', 'kubeflow') },
    ),
    stopped(
      'a DestinationRule of its own is now for a host of login',
      { [own]: rule('ml.kubeflow.svc.cluster.local') },
      { [own]: rule('own.kubeflow.svc.cluster.local'), 'teams/login/ml.yaml': service('ml', 'kubeflow') },
    ),
  ],
  neighbours: [
    harmless('a new Service and its routes in the namespace that both share', {
      [calls]: both('reviews', 'ns1'),
    }),
    harmless('in two files', {
      'teams/catalog/service.yaml': service('reviews', 'ns1'),
      [calls]: serving('reviews'),
    }),
    harmless('by its full name', {
      [calls]: `${service('reviews', 'ns1')}---\n${serving('reviews.ns1.svc.cluster.local')}`,
    }),
    harmless('a new Service that says no namespace', { [calls]: both('reviews') }),
    harmless(
      'routes for a Service that was there',
      { [calls]: serving('reviews') },
      { 'teams/catalog/service.yaml': service('reviews', 'ns1') },
    ),
    harmless('a new Service alone', { [calls]: service('reviews', 'ns1') }),
    harmless('with its pods', { [calls]: `${both('reviews', 'ns1')}---\n${deployment('reviews', 'ns1')}` }),
    harmless('a DestinationRule without namespace, for a service that is not in Git', {
      [own]: rule('ml.kubeflow.svc.cluster.local'),
    }),
    harmless(
      'another policy of one',
      {
        [own]: rule('ml.kubeflow.svc.cluster.local', {
          more: ', trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }',
        }),
      },
      { [own]: rule('ml.kubeflow.svc.cluster.local') },
    ),
    harmless(
      'another policy of one in the namespace of others',
      {
        [own]: rule('ml', {
          namespace: 'kubeflow',
          more: ', trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }',
        }),
      },
      { [own]: rule('ml', { namespace: 'kubeflow' }) },
    ),
    harmless('one of those goes', { [own]: null }, { [own]: rule('ml.kubeflow.svc.cluster.local') }),
    harmless(
      'a comment in one',
      { [own]: `# a\n${rule('ml.kubeflow.svc.cluster.local')}` },
      { [own]: rule('ml.kubeflow.svc.cluster.local') },
    ),
  ],
})
