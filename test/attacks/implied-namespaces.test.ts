import { testAttackClass } from '../support/attack-class.ts'

/** Catalog's folder, where nothing says a namespace, and who has what in which one. */
const secondary = (
  name: string,
  namespace: string | undefined,
  path = '/own',
) => `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }
spec: { http: [{ match: [{ uri: { exact: ${path} } }], route: [{ destination: { host: own.ns1.svc.cluster.local } }] }] }
`
const served = (
  name: string,
  namespace: string | undefined,
  hosts: string,
  gateways = 'default/bookinfo-gateway',
) =>
  `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }
spec: { hosts: [${hosts}], gateways: [${gateways}], http: [{ route: [{ destination: { host: own.ns1.svc.cluster.local } }] }] }
`
const primary = (
  name: string,
  namespace: string | undefined,
  delegate: string,
) => `apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} }
spec: { hosts: [own.example], gateways: [default/bookinfo-gateway], http: [{ delegate: { ${delegate} } }] }
`
const gateway = (namespace: string | undefined) => `apiVersion: networking.istio.io/v1beta1
kind: Gateway
metadata: { name: own${namespace === undefined ? '' : `, namespace: ${namespace}`} }
spec: { selector: { istio: own }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
`
const service = (name: string, namespace: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ports: [{ port: 80 }] }\n`
const at = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`teams/catalog/${name}`, text]))
const theirs = { 'teams/login/vs-x.yaml': served('vs-x', 'pay', 'pay.example') }
const silentOn = /no request changes/

const asked = { conclusion: 'action_required', waitsFor: ['login'] } as const
const blocked = { conclusion: 'failure', waitsFor: ['login'] } as const

testAttackClass('a namespace that is written where nothing said one', {
  onGitHub: {},
  attack: {
    way: 'enters that of others, who alone have something there',
    setting: { files: { ...theirs, ...at({ 'a.yaml': served('own', undefined, 'own.example') }) } },
    files: at({ 'a.yaml': served('own', 'pay', 'own.example') }),
    ...asked,
    silentOn: /no other team/,
  },
  variants: [
    {
      way: 'enters that of others with a secondary',
      setting: { files: { ...theirs, ...at({ 'a.yaml': secondary('own', undefined) }) } },
      files: at({ 'a.yaml': secondary('own', 'pay') }),
      ...asked,
    },
    {
      way: 'enters that of others with a Gateway',
      setting: { files: { ...theirs, ...at({ 'a.yaml': gateway(undefined) }) } },
      files: at({ 'a.yaml': gateway('pay') }),
      ...asked,
    },
    {
      way: 'enters that of others by a kustomization',
      setting: {
        files: {
          ...theirs,
          ...at({
            'o/a.yaml': served('own', undefined, 'own.example'),
            'o/kustomization.yaml': 'resources: [a.yaml]\n',
          }),
        },
      },
      files: at({ 'o/kustomization.yaml': 'namespace: pay\nresources: [a.yaml]\n' }),
      ...asked,
    },
    {
      way: 'makes it the object of others that has the name there',
      setting: { files: { ...theirs, ...at({ 'a.yaml': served('vs-x', undefined, 'own.example') }) } },
      files: at({ 'a.yaml': served('vs-x', 'pay', 'own.example') }),
      conclusion: 'action_required',
      waitsFor: ['login', 'mesh-admins'],
      silentOn,
    },
    {
      way: 'is not the one that the delegate names',
      setting: {
        files: at({
          'r.yaml': primary('root', 'own', 'name: part, namespace: own'),
          'p.yaml': secondary('part', undefined),
        }),
      },
      files: at({ 'p.yaml': secondary('part', 'other') }),
      ...blocked,
      silentOn,
    },
    {
      way: 'parts a primary from the secondary that it names without one',
      setting: {
        files: at({
          'r.yaml': primary('root', undefined, 'name: part'),
          'p.yaml': secondary('part', undefined),
        }),
      },
      files: at({ 'r.yaml': primary('root', 'own', 'name: part'), 'p.yaml': secondary('part', 'other') }),
      ...blocked,
      waitsFor: ['login', 'mesh-admins'],
      silentOn,
    },
    {
      way: 'parts a primary from a secondary that has another one',
      setting: {
        files: at({ 'r.yaml': primary('root', undefined, 'name: part'), 'p.yaml': secondary('part', 'own') }),
      },
      files: at({ 'r.yaml': primary('root', 'other', 'name: part') }),
      ...blocked,
      waitsFor: ['login', 'mesh-admins'],
      silentOn,
    },
    {
      way: 'is taken away from a primary of which the secondary keeps another one',
      setting: {
        files: at({
          'r.yaml': primary('root', 'own', 'name: part, namespace: own'),
          'p.yaml': secondary('part', 'own'),
        }),
      },
      files: at({
        'r.yaml': primary('root', 'own', 'name: part, namespace: other'),
        'p.yaml': secondary('part', 'own'),
      }),
      ...blocked,
      silentOn,
    },
    {
      way: 'takes the calls to a service of others that has the short name there',
      setting: {
        files: {
          'teams/login/svc.yaml': service('pay', 'shop'),
          ...at({ 'a.yaml': served('own', undefined, 'spare', 'mesh'), 'b.yaml': secondary('b', 'shop') }),
        },
      },
      files: at({ 'a.yaml': served('own', 'shop', 'pay', 'mesh') }),
      ...asked,
    },
    {
      way: 'and a second object of the name comes with it',
      setting: { files: { ...theirs, ...at({ 'a.yaml': served('own', undefined, 'own.example') }) } },
      files: at({
        'a.yaml': served('own', 'one', 'own.example'),
        'b.yaml': served('own', 'pay', 'pay.example'),
      }),
      ...asked,
      waitsFor: ['login', 'mesh-admins'],
      silentOn,
    },
  ],
  neighbours: [
    {
      way: 'in a file of one’s own',
      setting: { files: at({ 'a.yaml': served('own', undefined, 'own.example') }) },
      files: at({ 'a.yaml': served('own', 'own', 'own.example') }),
      says: /The namespace of own stands on one side only; it is taken to be own on both/,
      title: /no request changes/,
    },
    {
      way: 'and is taken away',
      setting: { files: at({ 'a.yaml': served('own', 'own', 'own.example') }) },
      files: at({ 'a.yaml': served('own', undefined, 'own.example') }),
      title: /no request changes/,
    },
    {
      way: 'where one has something already',
      setting: { files: at({ 'a.yaml': served('own', undefined, 'own.example') }) },
      files: at({ 'a.yaml': served('own', 'ns1', 'own.example') }),
      title: /no request changes/,
    },
    {
      way: 'into a primary and its secondary',
      setting: {
        files: at({
          'r.yaml': primary('root', undefined, 'name: part'),
          'p.yaml': secondary('part', undefined),
        }),
      },
      files: at({ 'r.yaml': primary('root', 'own', 'name: part'), 'p.yaml': secondary('part', 'own') }),
      title: /no request changes/,
    },
    {
      way: 'into a delegate and its secondary',
      setting: {
        files: at({
          'r.yaml': primary('root', undefined, 'name: part'),
          'p.yaml': secondary('part', undefined),
        }),
      },
      files: at({
        'r.yaml': primary('root', undefined, 'name: part, namespace: own'),
        'p.yaml': secondary('part', 'own'),
      }),
      title: /no request changes/,
    },
    {
      way: 'into the secondary that a delegate names with it',
      setting: {
        files: at({
          'r.yaml': primary('root', 'own', 'name: part, namespace: own'),
          'p.yaml': secondary('part', undefined),
        }),
      },
      files: at({ 'p.yaml': secondary('part', 'own') }),
      title: /no request changes/,
    },
    {
      way: 'into a Gateway and those who are bound to it by its short name',
      setting: {
        files: at({ 'a.yaml': served('own', undefined, 'own.example', 'own'), 'g.yaml': gateway(undefined) }),
      },
      files: at({ 'a.yaml': served('own', 'own', 'own.example', 'own'), 'g.yaml': gateway('own') }),
      title: /no request changes/,
    },
    {
      way: 'by a kustomization',
      setting: {
        files: at({
          'a.yaml': served('own', undefined, 'own.example', 'own'),
          'g.yaml': gateway(undefined),
          'kustomization.yaml': 'resources: [a.yaml, g.yaml]\n',
        }),
      },
      files: at({ 'kustomization.yaml': 'namespace: own\nresources: [a.yaml, g.yaml]\n' }),
      title: /no request changes/,
    },
    {
      way: 'by a kustomization that is new',
      setting: { files: at({ 'o/a.yaml': served('own', undefined, 'own.example') }) },
      files: at({ 'o/kustomization.yaml': 'namespace: own\nresources: [a.yaml]\n' }),
      title: /no request changes|not judged/,
    },
    {
      way: 'moves from the kustomization into the file',
      setting: {
        files: at({
          'o/a.yaml': served('own', undefined, 'own.example'),
          'o/kustomization.yaml': 'namespace: own\nresources: [a.yaml]\n',
        }),
      },
      files: at({
        'o/a.yaml': served('own', 'own', 'own.example'),
        'o/kustomization.yaml': 'resources: [a.yaml]\n',
      }),
      title: /no request changes/,
    },
    {
      way: 'with a change of the route beside it',
      setting: { files: at({ 'a.yaml': served('own', undefined, 'own.example') }) },
      files: at({ 'a.yaml': served('own', 'own', 'own.example').replace('own.ns1', 'new.ns1') }),
      silentOn: /404/,
    },
  ],
})
