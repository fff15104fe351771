import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing', namespace: 'catalog' })
const encoded = (text: string) => Buffer.from(text).toString('base64')
const manifest = (name: string, namespace: string, spec = 'http: []') =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { ${spec} }\n`
const theirs = manifest('vs-1', 'ns1')
const own = manifest(
  'own',
  'catalog',
  'hosts: [own.catalog.svc.cluster.local], http: [{ route: [{ destination: { host: own } }] }]',
)
const secret = (text: string) => object('v1', 'Secret', { data: { 'vs.yaml': encoded(text) } })
const configMap = (text: string) => object('v1', 'ConfigMap', { binaryData: { 'vs.yaml': encoded(text) } })
const broken = (text: string, width: number) =>
  encoded(text).replace(new RegExp(`.{${width}}`, 'g'), '$&\n    ')

const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string) => ({ way, files: { [mine]: text } })

testAttackClass('an object of the mesh in base64, where something applies what it holds', {
  attack: stopped('in a Secret', secret(theirs), {
    title: /VirtualService vs-1 is new for the routes in ns1\/vs-1/,
  }),
  variants: [
    stopped('in the binary data of a ConfigMap', configMap(theirs)),
    stopped('one byte behind a comment', secret(`#\n${theirs}`)),
    stopped('two bytes', secret(`# \n${theirs}`)),
    stopped('three', secret(`# a\n${theirs}`)),
    stopped(
      'beside bytes of no text',
      object('v1', 'Secret', {
        data: { a: Buffer.concat([Buffer.from(`${theirs}# `), Buffer.from([255, 254])]).toString('base64') },
      }),
    ),
    stopped(
      'of a list',
      secret(
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'List',
          items: [
            JSON.parse(
              JSON.stringify({
                apiVersion: 'networking.istio.io/v1',
                kind: 'VirtualService',
                metadata: { name: 'vs-1', namespace: 'ns1' },
                spec: {},
              }),
            ),
          ],
        }),
      ),
    ),
    stopped('the second document of a text', secret(`kind: ConfigMap\napiVersion: v1\n---\n${theirs}`)),
    stopped(
      'over many short lines',
      `apiVersion: v1\nkind: Secret\nmetadata: { name: thing, namespace: catalog }\ndata:\n  vs.yaml: |\n    ${broken(theirs, 12)}\n`,
    ),
    stopped(
      'the type of what a cluster set reads',
      object('v1', 'Secret', { type: 'addons.cluster.x-k8s.io/resource-set', data: { a: encoded(theirs) } }),
    ),
    stopped(
      'in a Secret among the values of a chart',
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', {
        spec: {
          chart: { spec: { chart: 'raw' } },
          values: {
            extra: [
              { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: encoded(theirs) } },
            ],
          },
        },
      }),
    ),
    stopped(
      'in a file that says that it is base64',
      object('bootstrap.cluster.x-k8s.io/v1beta1', 'KubeadmConfig', {
        spec: { files: [{ path: '/etc/a.yaml', encoding: 'base64', content: encoded(theirs) }] },
      }),
    ),
    stopped(
      'a policy for the whole mesh',
      secret(
        'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: a, namespace: istio-system }\nspec: {}\n',
      ),
      { waitsFor: ['mesh-admins'] },
    ),
    stopped(
      'a Service of theirs',
      secret(
        'apiVersion: v1\nkind: Service\nmetadata: { name: productpage, namespace: default }\nspec: { selector: { app: evil }, ports: [{ port: 9080 }] }\n',
      ),
      {
        setting: {
          files: {
            'teams/login/svc.yaml':
              'apiVersion: v1\nkind: Service\nmetadata: { name: productpage, namespace: default }\nspec: { selector: { app: productpage }, ports: [{ port: 9080 }] }\n',
          },
        },
      },
    ),
    stopped(
      'a script that deletes',
      object('v1', 'Secret', { data: { run: encoded('#!/bin/sh\nkubectl delete vs vs-1 -n ns1\n') } }),
    ),
  ],
  neighbours: [
    harmless('one’s own in a Secret', secret(own)),
    harmless('one’s own in the binary data of a ConfigMap', configMap(own)),
    harmless(
      'a certificate',
      object('v1', 'Secret', { data: { 'tls.crt': encoded('-----BEGIN CERTIFICATE-----\nMIIB\n') } }),
    ),
    harmless('a password', object('v1', 'Secret', { data: { password: encoded('networking') } })),
    harmless(
      'a binary',
      object('v1', 'ConfigMap', {
        binaryData: { a: Buffer.from(Array.from({ length: 90 }, (_, at) => 255 - at)).toString('base64') },
      }),
    ),
    harmless('what people read of it', secret('A VirtualService is of networking.istio.io.\n')),
    harmless('no base64 at all', object('v1', 'Secret', { data: { a: `${encoded(theirs)}?` } })),
    harmless('a part of one', object('v1', 'Secret', { data: { a: encoded(theirs).slice(0, 24) } })),
    harmless(
      'a copy in an annotation',
      object('v1', 'Secret', { data: {} }, { annotations: { copy: encoded(theirs) } }),
    ),
    harmless(
      'a manifest of Kubernetes',
      secret('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: b }\n'),
    ),
    harmless(
      'a page',
      object('v1', 'ConfigMap', { binaryData: { 'README.md': encoded(`Like this:\n\n${theirs}`) } }),
    ),
  ],
})
