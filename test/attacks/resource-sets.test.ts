import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const here = 'teams/catalog'
const file = `${here}/set.yaml`
const theirs = 'login.ns1.svc.cluster.local'
const set = (inputs: readonly object[], more: object) =>
  `${JSON.stringify({
    apiVersion: 'fluxcd.controlplane.io/v1',
    kind: 'ResourceSet',
    metadata: { name: 'apps', namespace: 'ns2' },
    spec: { inputs, ...more },
  })}\n`
const routes = (host: string) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'own', namespace: 'ns2' },
  spec: { hosts: [host], http: [{ route: [{ destination: { host: 'own' } }] }] },
})
const policy = (namespace: string) => ({
  apiVersion: 'networking.istio.io/v1alpha3',
  kind: 'EnvoyFilter',
  metadata: { name: 'own', namespace },
  spec: { configPatches: [{ applyTo: 'CLUSTER' }] },
})
const flux = (path: string, namespace: string) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'own', namespace: 'flux-system' },
  spec: { path, targetNamespace: namespace, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
})
const template = (host: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: own\n  namespace: ns2\nspec:\n  hosts:\n    - ${host}\n  http:\n    - route:\n        - destination:\n            host: own\n`
const base = {
  'teams/login/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n',
  [`${here}/app/own.yaml`]: `${JSON.stringify({ ...policy(''), metadata: { name: 'filter', namespace: 'ns2' } })}\n`,
}
const stopped = (way: string, text: string, before?: string, waitsFor = ['login']): Attempt => ({
  way,
  setting: { files: before === undefined ? base : { ...base, [file]: before } },
  files: { [file]: text },
  conclusion: 'action_required',
  waitsFor,
})
const harmless = (way: string, text: string | null, before?: string) => ({
  way,
  setting: {
    files: (before === undefined ? base : { ...base, [file]: before }) as Readonly<Record<string, string>>,
  },
  files: { [file]: text } as Files,
})
const byInput = { resources: [routes('<< inputs.host >>')] }
const elsewhere = { inputsFrom: [{ kind: 'ResourceSetInputProvider', name: 'p' }] }

testAttackClass('what a ResourceSet makes of its inputs counts', {
  attack: stopped('a host by an input', set([{ host: theirs }], byInput)),
  variants: [
    stopped('another input', set([{ host: theirs }], byInput), set([{ host: 'own' }], byInput)),
    stopped(
      'one more set of inputs',
      set([{ host: 'own' }, { host: theirs }], byInput),
      set([{ host: 'own' }], byInput),
    ),
    stopped(
      'an input within an input',
      set([{ a: { host: theirs } }], { resources: [routes('<< inputs.a.host >>')] }),
    ),
    stopped(
      'a function that leaves it as it is',
      set([{ host: theirs }], { resources: [routes('<< inputs.host | quote >>')] }),
    ),
    stopped('without spaces', set([{ host: theirs }], { resources: [routes('<<inputs.host>>')] })),
    stopped(
      'a part of a host',
      set([{ space: 'ns1' }], { resources: [routes('login.<< inputs.space >>.svc.cluster.local')] }),
    ),
    stopped(
      'a template of text',
      set([{ host: theirs }], { resourcesTemplate: template('<< inputs.host >>') }),
    ),
    stopped(
      'another input of such a template',
      set([{ host: theirs }], { resourcesTemplate: template('<< inputs.host >>') }),
      set([{ host: 'own' }], { resourcesTemplate: template('<< inputs.host >>') }),
    ),
    stopped(
      'a namespace by an input',
      set([{ space: 'ns1' }], { resources: [policy('<< inputs.space >>')] }),
    ),
    stopped(
      'a Kustomization of Flux into the namespace of another team',
      set([], { resources: [flux(`./${here}/app`, 'ns1')] }),
    ),
    stopped(
      'a path and a namespace of one by inputs',
      set([{ team: 'catalog', space: 'ns1' }], {
        resources: [flux('./teams/<< inputs.team >>/app', '<< inputs.space >>')],
      }),
    ),
    stopped(
      'a host that inputs from elsewhere fill in',
      set([], { ...elsewhere, ...byInput }),
      set([], { ...elsewhere, resources: [routes('own')] }),
      ['mesh-admins'],
    ),
    stopped(
      'a host by a function that is not followed',
      set([{ host: theirs }], { resources: [routes('<< inputs.host | lower >>')] }),
      undefined,
      ['mesh-admins'],
    ),
  ],
  neighbours: [
    harmless('a host of one’s own by an input', set([{ host: 'own' }], byInput)),
    harmless(
      'another host of one’s own',
      set([{ host: 'own.ns2.svc.cluster.local' }], byInput),
      set([{ host: 'own' }], byInput),
    ),
    harmless(
      'a ConfigMap by an input',
      set([{ a: 'b' }], {
        resources: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '<< inputs.a >>' } }],
      }),
    ),
    harmless(
      'a ConfigMap by inputs from elsewhere',
      set([], {
        ...elsewhere,
        resources: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '<< inputs.a >>' } }],
      }),
    ),
    harmless(
      'a ConfigMap by a function',
      set([{ a: 'b' }], {
        resources: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '<< inputs.a | upper >>' } }],
      }),
    ),
    harmless(
      'an input that nothing reads',
      set([{ host: 'own', other: theirs }], byInput),
      set([{ host: 'own' }], byInput),
    ),
    harmless(
      'a Kustomization of Flux into one’s own namespace',
      set([], { resources: [flux(`./${here}/app`, 'ns2')] }),
    ),
    harmless(
      'one that inputs lead there',
      set([{ team: 'catalog' }], { resources: [flux('./teams/<< inputs.team >>/app', 'ns2')] }),
    ),
    harmless(
      'a label of all',
      set([{ host: 'own' }], { ...byInput, commonMetadata: { labels: { a: 'b' } } }),
      set([{ host: 'own' }], byInput),
    ),
    harmless(
      'a template of one’s own',
      set([{ host: 'own' }], { resourcesTemplate: template('<< inputs.host >>') }),
    ),
    harmless(
      'a label beside what is filled in elsewhere',
      set([], { ...elsewhere, ...byInput, commonMetadata: { labels: { a: 'b' } } }),
      set([], { ...elsewhere, ...byInput }),
    ),
    harmless('it goes', null, set([{ host: 'own' }], byInput)),
  ],
})
