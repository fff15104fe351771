import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const here = 'teams/catalog'
const file = `${here}/instance.yaml`
const instance = (more = '', path = `${here}/app`) =>
  `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x }
  sync: { kind: GitRepository, url: "https://github.com/«org»/mesh", ref: refs/heads/main, path: ${path} }
${more}`
    .replace('«', '$' + '{')
    .replace('»', '}')
const patched = (patch: object, target = 'target: { kind: Kustomization }') =>
  instance(
    `  kustomize:\n    patches:\n      - ${target === '' ? '' : `${target}\n        `}patch: '${JSON.stringify(patch)}'\n`,
  )
const set = (path: string, value: unknown, op = 'add') => [{ op, path, value }]
const filter = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: own }
spec: { configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: MERGE, value: {} } }] }
`
const routes = (host: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: ns2 }
spec: { hosts: [${host}], http: [{ route: [{ destination: { host: own } }] }] }
`
const theirs = 'login.ns1.svc.cluster.local'
const base = {
  'teams/login/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n',
  [`${here}/app/filter.yaml`]: filter,
  [`${here}/app/own.yaml`]: routes('own'),
  [file]: instance(),
}
const hostPatch = [
  { target: { kind: 'VirtualService' }, patch: JSON.stringify(set('/spec/hosts/0', theirs, 'replace')) },
]
const stopped = (way: string, text: string, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: base },
  files: { [file]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  ...rest,
})
const harmless = (way: string, text: string | null, before: Files = {}) => ({
  way,
  setting: { files: { ...base, ...before } as Readonly<Record<string, string>> },
  files: { [file]: text },
})
const merged = (spec: object) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name: 'flux-system', namespace: 'flux-system' },
  spec,
})
const deployment = set('/spec/template/spec/priorityClassName', 'high')

testAttackClass('what the patches of a FluxInstance make of what it synchronizes counts', {
  onGitHub: {},
  attack: stopped('another namespace', patched(set('/spec/targetNamespace', 'ns1'))),
  variants: [
    stopped('by a merge patch', patched(merged({ targetNamespace: 'ns1' }), '')),
    stopped('by a merge patch with a target', patched(merged({ targetNamespace: 'ns1' }))),
    stopped(
      'for whatever kind',
      patched(set('/spec/targetNamespace', 'ns1'), 'target: { name: flux-system }'),
    ),
    stopped(
      'by a pattern of kinds',
      patched(set('/spec/targetNamespace', 'ns1'), 'target: { kind: Kust.* }'),
    ),
    stopped(
      'by its group',
      patched(set('/spec/targetNamespace', 'ns1'), 'target: { group: kustomize.toolkit.fluxcd.io }'),
    ),
    stopped('a host of another team', patched(set('/spec/patches', hostPatch))),
    stopped('the folder of another team', patched(set('/spec/path', 'teams/login', 'replace'))),
    stopped('that folder by a merge patch', patched(merged({ path: './teams/login' }), '')),
    stopped('a suffix for what another team has', patched(set('/spec/nameSuffix', '-b')), {
      setting: { files: { ...base, [file]: instance('', 'teams/login') } },
      files: {
        [file]: patched(set('/spec/nameSuffix', '-b')).replace(`${here}/app`, 'teams/login'),
      },
      conclusion: 'failure',
    }),
    stopped(
      'what another team has is left out',
      patched(set('/spec/ignore', 'teams/catalog/app\n'), 'target: { kind: GitRepository }'),
      {
        setting: { files: { ...base, [file]: instance('', 'teams/login') } },
        files: {
          [file]: patched(set('/spec/ignore', 'vs-1.yaml\n'), 'target: { kind: GitRepository }').replace(
            `${here}/app`,
            'teams/login',
          ),
        },
        waitsFor: ['login', 'mesh-admins'],
        conclusion: 'failure',
      },
    ),
    stopped('a patch that cannot be followed', patched(set('/spec/none/such', 'a')), {
      waitsFor: ['mesh-admins'],
    }),
  ],
  neighbours: [
    harmless('a namespace of one’s own', patched(set('/spec/targetNamespace', 'ns2'))),
    harmless('a Deployment of Flux', patched(deployment, 'target: { kind: Deployment }')),
    harmless(
      'a Deployment of Flux by a merge patch',
      patched(
        { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'source-controller' }, spec: {} },
        '',
      ),
    ),
    harmless(
      'another Kustomization',
      patched(set('/spec/targetNamespace', 'ns1'), 'target: { kind: Kustomization, name: other }'),
    ),
    harmless('another version of Flux', instance().replace('2.x', '2.7.x')),
    harmless(
      'that beside a patch that cannot be followed',
      patched(set('/spec/none/such', 'a')).replace('2.x', '2.7.x'),
      {
        [file]: patched(set('/spec/none/such', 'a')),
      },
    ),
    harmless('an interval', patched(set('/spec/interval', '1h'))),
    harmless('a label', patched(set('/metadata/labels', { a: 'b' }))),
    harmless(
      'a host of one’s own',
      patched(
        set('/spec/patches', [
          {
            target: { kind: 'VirtualService' },
            patch: JSON.stringify(set('/spec/hosts/0', 'own.ns2.svc.cluster.local', 'replace')),
          },
        ]),
      ),
    ),
    harmless('a comment', `# later\n${patched(set('/spec/none/such', 'a'))}`, {
      [file]: patched(set('/spec/none/such', 'a')),
    }),
    harmless('the patch goes that could not be followed', instance(), {
      [file]: patched(set('/spec/none/such', 'a')),
    }),
  ],
})
