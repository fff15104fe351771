import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const here = 'teams/catalog'
const file = `${here}/inputs.yaml`
const sets = `${here}/set.yaml`
const object = (kind: string, spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion: 'fluxcd.controlplane.io/v1', kind, metadata: { name: 'p', namespace: 'ns2', ...metadata }, spec })}\n`
const provider = (spec: object, metadata?: object) =>
  object('ResourceSetInputProvider', { type: 'Static', ...spec }, metadata)
const byName = [{ kind: 'ResourceSetInputProvider', name: 'p' }]
const byLabel = [{ kind: 'ResourceSetInputProvider', selector: { matchLabels: { team: 'catalog' } } }]
const set = (resource: object, inputsFrom: readonly object[] = byName) =>
  object('ResourceSet', { inputsFrom, resources: [resource] }, { name: 'apps' })
const template = (resourcesTemplate: string) =>
  object('ResourceSet', { inputsFrom: byName, resourcesTemplate }, { name: 'apps' })
const routes = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'own', namespace: 'ns2' },
  spec: { hosts: ['<< inputs.host >>'], http: [{ route: [{ destination: { host: 'own' } }] }] },
}
const flux = (spec: object) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'own', namespace: 'flux-system' },
  spec: { path: './teams/catalog/app', sourceRef: { kind: 'GitRepository', name: 'a' }, ...spec },
})
const config = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: '<< inputs.host >>', namespace: 'ns2' },
}
const own = { defaultValues: { host: 'own' } }
const theirs = { defaultValues: { host: 'login.ns1.svc.cluster.local' } }
const labelled = { labels: { team: 'catalog' } }

const setting = (resources: string, before: string | undefined) => ({
  files: { [sets]: resources, ...(before !== undefined && { [file]: before }) } as Readonly<
    Record<string, string>
  >,
})
const stopped = (way: string, now: string | null, before?: string, resources = set(routes)): Attempt => ({
  way,
  setting: setting(resources, before),
  files: { [file]: now } as Files,
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
})
const harmless = (way: string, now: string | null, before?: string, resources = set(routes)) => ({
  way,
  setting: setting(resources, before),
  files: { [file]: now } as Files,
})
const pulls = (more: object = {}) =>
  provider({ type: 'GitHubPullRequest', url: 'https://github.com/a/b', ...more })

testAttackClass('what gives a ResourceSet its inputs', {
  attack: stopped('another host', provider(theirs), provider(own)),
  variants: [
    stopped('it is new', provider(theirs)),
    stopped('it goes', null, provider(own)),
    stopped('where inputs come from', pulls({ url: 'https://github.com/a/c' }), pulls()),
    stopped('another kind of source', pulls(own), provider(own)),
    stopped('which of them count', pulls({ filter: { labels: ['a'] } }), pulls()),
    stopped('when they are taken', pulls({ schedule: [{ cron: '0 0 * * *' }] }), pulls()),
    stopped(
      'chosen by its labels',
      provider(theirs, labelled),
      provider(own, labelled),
      set(routes, byLabel),
    ),
    stopped(
      'it becomes one that is chosen',
      provider(theirs, labelled),
      provider(theirs),
      set(routes, byLabel),
    ),
    stopped('one more is chosen', provider(theirs, labelled), undefined, set(routes, byLabel)),
    stopped(
      'for a template of text',
      provider(theirs),
      provider(own),
      template(
        'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: own, namespace: ns2 }\nspec: { hosts: ["<< inputs.host >>"] }\n',
      ),
    ),
    stopped(
      'for the namespace that something is delivered to',
      provider(theirs),
      provider(own),
      set(flux({ targetNamespace: '<< inputs.host >>' })),
    ),
    stopped(
      'for the folder that is delivered',
      provider(theirs),
      provider(own),
      set(flux({ path: './<< inputs.host >>' })),
    ),
    stopped(
      'for a function of it',
      provider(theirs),
      provider(own),
      set({ ...routes, spec: { ...routes.spec, hosts: ['<< inputs.host | lower >>'] } }),
    ),
  ],
  neighbours: [
    harmless('for a ConfigMap', provider(theirs), provider(own), set(config)),
    harmless('one that nothing reads', provider(theirs, { name: 'q' }), provider(own, { name: 'q' })),
    harmless('one of another namespace', provider(theirs, { namespace: 'catalog' })),
    harmless('one that is not chosen', provider(theirs), provider(own), set(routes, byLabel)),
    harmless(
      'for routes in which nothing is filled in',
      provider(theirs),
      provider(own),
      set({ ...routes, spec: { ...routes.spec, hosts: ['own'] } }),
    ),
    harmless('a comment', `# ours\n${provider(own)}`, provider(own)),
    harmless(
      'an annotation',
      provider(own, { annotations: { 'fluxcd.controlplane.io/reconcileEvery': '10m' } }),
      provider(own),
    ),
    harmless(
      'for the version of a chart',
      provider(theirs),
      provider(own),
      set({
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: 'own', namespace: 'ns2' },
        spec: { chart: { spec: { chart: 'app', version: '<< inputs.host >>' } } },
      }),
    ),
    harmless(
      'for how often something is delivered',
      provider(theirs),
      provider(own),
      set(flux({ interval: '<< inputs.host >>' })),
    ),
    harmless('a new one for a ConfigMap', provider(own), undefined, set(config)),
    harmless('a kind of somebody else', provider(theirs).replace('fluxcd.controlplane.io', 'acme.io')),
  ],
})
