import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const object = (apiVersion: string, kind: string, spec: object) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'own', namespace: 'delivery' }, spec })}\n`
const sourceRef = { kind: 'GitRepository', name: 'flux-system' }
const flux = (spec: object) =>
  object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
    path: './teams/catalog/sub',
    sourceRef,
    ...spec,
  })
const application = (source: object, namespace = 'catalog') =>
  object('argoproj.io/v1alpha1', 'Application', {
    source: { path: 'teams/catalog/sub', ...source },
    destination: { namespace },
  })

/** A secondary of one's own under some name. */
const secondary = (name: string, namespace?: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: "${name}"${namespace === undefined ? '' : `, namespace: ${namespace}`} }
spec: { http: [{ route: [{ destination: { host: evil.catalog.svc.cluster.local } }] }] }
`
const primary = (name: string, namespace: string, host: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec: { hosts: [${host}], gateways: [shared/edge], http: [{ route: [{ destination: { host: web } }] }] }
`

const policy =
  'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: none, namespace: catalog }\nspec: {}\n'

const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'
const at = 'teams/catalog/delivery.yaml'
const sub = 'teams/catalog/sub/x.yaml'
const kustomization = 'teams/catalog/sub/kustomization.yaml'
const operations = (...written: readonly object[]) => JSON.stringify(written)
const patch = (text: string) => ({ patches: [{ patch: text, target: { kind: 'VirtualService' } }] })

/** The object of one's own is there already; what follows is how it is delivered. */
const becomes = (way: string, text: string, files: Attempt['files']): Attempt => ({
  way,
  setting: { files: { [sub]: text, ...shops } },
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
})
/** Two objects of one name: whichever is applied last replaces the other. */
const twice = (way: string, text: string, files: Attempt['files']): Attempt => ({
  ...becomes(way, text, files),
  conclusion: 'action_required',
})
/** Where more is there already. */
const beside = <T extends Pick<Attempt, 'setting'>>(files: Files, attempt: T): T => ({
  ...attempt,
  setting: { files: { ...attempt.setting?.files, ...files } },
})
/** The folder of the other team is one that others can take in. */
const takenIn = { 'teams/login/kustomization.yaml': `${component}resources: [vs-1.yaml]\n` }
/** Argo CD gives nothing to a folder without a kustomization. */
const built = { [kustomization]: 'resources: [x.yaml]\n' }
/** Nobody else is asked. */
const stays = (way: string, text: string, files: Attempt['files']) => ({
  way,
  setting: { files: { [sub]: text, ...shops } },
  files,
})
const shops = {
  'teams/login/shop.yaml': primary('shop', 'login', 'shop.login.example'),
  'teams/catalog/parts/kustomization.yaml': `${component}labels: [{ pairs: { team: catalog } }]\n`,
  'teams/catalog/own.yaml': primary('list', 'catalog', 'list.catalog.example'),
}

testAttackClass('a layer gives one`s own object the name, or the host, of another team`s', {
  attack: {
    ...twice('a namespace that Flux gives', secondary('vs-1', 'catalog'), {
      [at]: flux({ targetNamespace: 'ns1' }),
    }),
    says: /ns1\/vs-1 is written more than once \(teams\/catalog\/sub\/x.yaml and teams\/login\/vs-1.yaml\)/,
  },
  variants: [
    twice('a prefix that Flux gives', secondary('1', 'ns1'), { [at]: flux({ namePrefix: 'vs-' }) }),
    twice('a suffix and a namespace', secondary('vs', 'catalog'), {
      [at]: flux({ nameSuffix: '-1', targetNamespace: 'ns1' }),
    }),
    twice('a patch of a name in a Flux Kustomization', secondary('own', 'ns1'), {
      [at]: flux(patch(operations({ op: 'replace', path: '/metadata/name', value: 'vs-1' }))),
    }),
    becomes('a patch of a host there', primary('own', 'catalog', 'own.catalog.example'), {
      [at]: flux(patch(operations({ op: 'add', path: '/spec/hosts/-', value: 'shop.login.example' }))),
    }),
    beside(
      takenIn,
      becomes('a component of another team’s folder', secondary('own', 'catalog'), {
        [at]: flux({ components: ['../../login'] }),
      }),
    ),
    beside(
      built,
      twice('a prefix that Argo CD gives', secondary('1', 'ns1'), {
        [at]: application({ kustomize: { namePrefix: 'vs-' } }),
      }),
    ),
    beside(
      built,
      twice('a namespace that Argo CD gives', secondary('vs-1', 'catalog'), {
        [at]: application({ kustomize: { namespace: 'ns1' } }),
      }),
    ),
    twice('the namespace of the destination, for what says none', secondary('vs-1'), {
      [at]: application({}, 'ns1'),
    }),
    beside(
      { ...takenIn, ...built },
      becomes('a component that Argo CD adds', secondary('own', 'catalog'), {
        [at]: application({ kustomize: { components: ['../../login'] } }),
      }),
    ),
    twice('a patch of a name in a kustomization', secondary('own', 'ns1'), {
      [kustomization]: `resources: [x.yaml]\npatches:\n  - target: { kind: VirtualService }\n    patch: '${operations({ op: 'replace', path: '/metadata/name', value: 'vs-1' })}'\n`,
    }),
    twice('a patch of a namespace after all, in a file', secondary('vs-1', 'catalog'), {
      [kustomization]:
        'resources: [x.yaml]\npatchesJson6902:\n  - { target: { kind: VirtualService, name: vs-1 }, path: p.json }\n',
      'teams/catalog/sub/p.json': operations({ op: 'replace', path: '/metadata/namespace', value: 'ns1' }),
    }),
    becomes('hosts of a strategic patch', primary('own', 'catalog', 'own.catalog.example'), {
      [kustomization]:
        'resources: [x.yaml]\npatches:\n  - patch: |-\n      apiVersion: networking.istio.io/v1\n      kind: VirtualService\n      metadata: { name: own, namespace: catalog }\n      spec: { hosts: [Shop.Login.example] }\n',
    }),
    {
      ...becomes('a patch for every host', primary('own', 'catalog', 'own.catalog.example'), {
        [kustomization]: `resources: [x.yaml]\npatches:\n  - target: { kind: VirtualService }\n    patch: '${operations({ op: 'replace', path: '/spec/hosts', value: ['*'] })}'\n`,
      }),
      setting: {
        files: {
          ...shops,
          [sub]: primary('own', 'catalog', 'own.catalog.example'),
          'mesh/rest.yaml': primary('rest', 'default', '"*"'),
        },
      },
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      ...becomes('a namespace that makes a policy of one`s own one for the whole mesh', policy, {
        [kustomization]: 'namespace: istio-system\nresources: [x.yaml]\n',
      }),
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      ...becomes('the same by Flux', policy, { [at]: flux({ targetNamespace: 'istio-system' }) }),
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      ...becomes('the same by a patch', policy, {
        [at]: flux({
          patches: [
            {
              patch: operations({ op: 'replace', path: '/metadata/namespace', value: 'istio-system' }),
              target: { kind: 'AuthorizationPolicy' },
            },
          ],
        }),
      }),
      waitsFor: ['login', 'mesh-admins'],
    },
  ],
  neighbours: [
    stays('a policy of one`s own that stays where it is', policy, {
      [at]: flux({ targetNamespace: 'catalog' }),
    }),
    stays('a namespace of one’s own', secondary('vs-1', 'catalog'), {
      [at]: flux({ targetNamespace: 'catalog' }),
    }),
    stays('a prefix of one’s own', secondary('1', 'catalog'), { [at]: flux({ namePrefix: 'vs-' }) }),
    stays('a name that nobody has', secondary('own', 'catalog'), {
      [at]: flux(patch(operations({ op: 'replace', path: '/metadata/name', value: 'mine' }))),
    }),
    stays('a host of one’s own', primary('own', 'catalog', 'own.catalog.example'), {
      [at]: flux(patch(operations({ op: 'replace', path: '/spec/hosts/0', value: 'list.catalog.example' }))),
    }),
    stays('a host that only ends like another team’s', primary('own', 'catalog', 'own.catalog.example'), {
      [at]: flux(patch(operations({ op: 'replace', path: '/spec/hosts/0', value: 'login.example' }))),
    }),
    stays('a component of one’s own', secondary('own', 'catalog'), {
      [at]: flux({ components: ['../parts'] }),
    }),
    stays('another namespace of the destination, for what says its own', secondary('vs-1', 'catalog'), {
      [at]: application({}, 'ns1'),
    }),
    beside(
      built,
      stays('a prefix that makes nobody`s name', secondary('1', 'catalog'), {
        [at]: application({ kustomize: { namePrefix: 'vs-' } }),
      }),
    ),
    beside(
      built,
      stays('a patch of a route', primary('own', 'catalog', 'own.catalog.example'), {
        [at]: application({
          kustomize: patch(
            operations({ op: 'replace', path: '/spec/http/0/route/0/destination/host', value: 'web2' }),
          ),
        }),
      }),
    ),
    stays('a patch of labels', primary('own', 'catalog', 'own.catalog.example'), {
      [kustomization]: `resources: [x.yaml]\npatches:\n  - target: { kind: VirtualService }\n    patch: '${operations({ op: 'add', path: '/metadata/labels', value: { team: 'catalog' } })}'\n`,
    }),
    stays('a name of another kind', secondary('own', 'ns1').replace('VirtualService', 'DestinationRule'), {
      [at]: flux(patch(operations({ op: 'replace', path: '/metadata/name', value: 'vs-1' }))),
    }),
  ],
})
