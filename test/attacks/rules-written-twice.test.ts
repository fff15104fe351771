import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { manifest } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const istio = 'networking.istio.io/v1'
const host = 'reviews.catalog.svc.cluster.local'
const leads = (subset = 'v1') =>
  manifest(istio, 'VirtualService', ['login', 'leads'], {
    hosts: ['accounts.login.svc.cluster.local'],
    http: [{ route: [{ destination: { host, subset } }] }],
  })
const rules = (versions: readonly string[], more: object = {}, name = 'reviews', namespace = 'catalog') =>
  manifest(istio, 'DestinationRule', [namespace, name], {
    host,
    subsets: versions.map((version) => ({ name: version, labels: { version } })),
    ...more,
  })
const folder = 'teams/catalog/web'
const beside = 'teams/catalog/more'
const deliverer = 'teams/catalog/deliver.yaml'
const repoURL = 'https://github.com/bookinfo/mesh'
const application = (paths: readonly string[], name = 'catalog', server = 'https://kubernetes.default.svc') =>
  manifest('argoproj.io/v1alpha1', 'Application', ['argocd', name], {
    destination: { namespace: 'catalog', server },
    sources: paths.map((path) => ({ repoURL, path })),
  })
const flux = (path: string, name = 'catalog', more: object = {}) =>
  manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', ['flux-system', name], {
    path: `./${path}`,
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    ...more,
  })
const files = {
  'teams/login/leads.yaml': leads(),
  'teams/catalog/service.yaml': manifest('v1', 'Service', ['catalog', 'reviews'], {
    selector: { app: 'reviews' },
    ports: [{ name: 'http', port: 80 }],
  }),
  [`${folder}/rules.yaml`]: rules(['v1', 'v2']),
}
const delivered = { ...files, [deliverer]: application([folder]) }
const both = application([folder, beside])

const asks = (way: string, change: Files, before: Files = files): Attempt => ({
  way,
  setting: { files: before },
  files: change,
  conclusion: 'action_required',
  waitsFor: ['login'],
  says: /for the subset v1/,
})
const silent = (way: string, change: Files, before: Files = files) => ({
  way,
  setting: { files: before },
  files: change,
})

testAttackClass('a second copy of one’s own rule lacks a subset that others lead to', {
  attack: asks(
    'a second source of the Application brings it',
    { [deliverer]: both, [`${beside}/rules.yaml`]: rules(['v2']) },
    delivered,
  ),
  variants: [
    asks('it lies in a second file', { [`${beside}/rules.yaml`]: rules(['v2']) }),
    asks('it lies in the same file', {
      [`${folder}/rules.yaml`]: `---\n${rules(['v1'])}---\n${rules(['v2'])}`,
    }),
    asks(
      'a second Application brings it',
      {
        [deliverer]: `${application([folder])}---\n${application([beside], 'more')}`,
        [`${beside}/rules.yaml`]: rules(['v2']),
      },
      delivered,
    ),
    asks(
      'a second Kustomization of Flux brings it',
      {
        [deliverer]: `${flux(folder)}---\n${flux(beside, 'more')}`,
        [`${beside}/rules.yaml`]: rules(['v2']),
      },
      { ...files, [deliverer]: flux(folder) },
    ),
    asks(
      'one Kustomization patches it on the way',
      {
        [deliverer]: `${flux(folder)}---\n${flux(folder, 'more', {
          patches: [
            {
              target: { kind: 'DestinationRule' },
              patch: '[{ "op": "remove", "path": "/spec/subsets/0" }]',
            },
          ],
        })}`,
      },
      { ...files, [deliverer]: flux(folder) },
    ),
    asks('it has no subsets', { [`${beside}/rules.yaml`]: rules([]) }),
    asks('it is for another host', { [`${beside}/rules.yaml`]: rules(['v1', 'v2'], { host: 'other' }) }),
    asks('it is for clients of its own namespace', {
      [`${beside}/rules.yaml`]: rules(['v1', 'v2'], { exportTo: ['.'] }),
    }),
    asks(
      'a copy that was alike loses it',
      { [`${beside}/rules.yaml`]: rules(['v2']) },
      {
        ...files,
        [`${beside}/rules.yaml`]: rules(['v1', 'v2']),
      },
    ),
    asks(
      'one of three copies loses it',
      { [`${folder}/third.yaml`]: rules(['v2']) },
      { ...files, [`${beside}/rules.yaml`]: rules(['v1', 'v2']), [`${folder}/third.yaml`]: rules(['v1']) },
    ),
    asks('another one of the host, exported otherwise, may take its place', {
      [`${beside}/rules.yaml`]: rules(['v2'], { exportTo: ['*'] }, 'more'),
    }),
    asks('it is applied by nobody in its place', {
      [`${beside}/rules.yaml`]: rules(['v1', 'v2']).replace(
        '"namespace":"catalog"',
        '"namespace":"catalog","annotations":{"config.kubernetes.io/local-config":"true"}',
      ),
    }),
  ],
  neighbours: [
    silent('a copy with the same subsets', { [`${beside}/rules.yaml`]: rules(['v1', 'v2']) }),
    silent('a copy with one more', { [`${beside}/rules.yaml`]: rules(['v1', 'v2', 'v3']) }),
    silent('a copy without a subset that nobody leads to', { [`${beside}/rules.yaml`]: rules(['v1']) }),
    silent(
      'a second source with the same',
      { [deliverer]: both, [`${beside}/rules.yaml`]: rules(['v1', 'v2']) },
      delivered,
    ),
    silent('a rule of another name with other subsets', {
      [`${beside}/rules.yaml`]: rules(['v3'], {}, 'more'),
    }),
    silent(
      'a copy that lacks it, where it lacks nothing that others lead to',
      {
        [`${beside}/rules.yaml`]: rules(['v2']),
      },
      { ...files, 'teams/login/leads.yaml': leads('v2') },
    ),
    silent(
      'the copy that lacks it goes',
      { [`${beside}/rules.yaml`]: rules(['v2'], { trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } }) },
      { ...files, [`${beside}/rules.yaml`]: rules(['v2']) },
    ),
    silent('a copy of a rule for another service', {
      [`${beside}/rules.yaml`]: rules(['v2'], { host: 'other' }, 'other'),
      [`${beside}/again.yaml`]: rules(['v3'], { host: 'other' }, 'other'),
    }),
    silent('a rule of that name in another namespace of one’s own', {
      [`${beside}/rules.yaml`]: rules(['v3'], { host: 'other' }, 'reviews', 'catalog-stage'),
    }),
    silent('a policy in a copy', {
      [`${beside}/rules.yaml`]: rules(['v1', 'v2'], { trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } }),
    }),
    silent('another order of the copy’s subsets', { [`${beside}/rules.yaml`]: rules(['v2', 'v1']) }),
  ],
})
