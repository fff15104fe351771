import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const files = bookinfoFiles()
const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'
const gateway = 'mesh/gateway.yaml'

/** A file of Bookinfo with something written behind one of its lines. */
function after(path: string, line: string, ...more: readonly string[]): string {
  return (files[path] ?? '').replace(`${line}\n`, `${[line, ...more].join('\n')}\n`)
}

/** A file of Bookinfo with more in its metadata, each line as it would stand below `metadata:`. */
function withMetadata(path: string, ...more: readonly string[]): string {
  return after(path, 'metadata:', ...more.map((line) => `  ${line}`))
}

const annotated = (path: string, key: string, value: string) =>
  withMetadata(path, 'annotations:', `  ${key}: ${JSON.stringify(value)}`)
const labelled = (path: string, key: string, value: string) =>
  withMetadata(path, 'labels:', `  ${key}: ${JSON.stringify(value)}`)

const stopped = (way: string, changed: Attempt['files'], part: Partial<Attempt> = {}): Attempt => ({
  way,
  files: changed,
  conclusion: 'action_required',
  waitsFor: ['login'],
  ...part,
})

const rule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: login
  namespace: ns1
spec: { host: login }
`
const withRule = { files: { 'teams/login/rule.yaml': rule } }

testAttackClass('somebody else writes what Istio does not read, and the object disappears or freezes', {
  onGitHub: {},
  attack: stopped(
    'catalog tells kustomize to leave login`s secondary out',
    { [login]: annotated(login, 'config.kubernetes.io/local-config', 'true') },
    {
      says: /vs-1 in teams\/login\/vs-1.yaml is changed as written: annotation config.kubernetes.io\/local-config/,
      title: /vs-1/,
    },
  ),
  variants: [
    stopped('it belongs to an object that is gone, so that it is collected', {
      [login]: withMetadata(
        login,
        'ownerReferences:',
        '  - { apiVersion: v1, kind: ConfigMap, name: gone, uid: 1c6b0c2e-0000-4000-8000-000000000000 }',
      ),
    }),
    stopped('it becomes a hook of Argo CD', {
      [login]: annotated(login, 'argocd.argoproj.io/hook', 'PreSync'),
    }),
    stopped('it becomes a hook of Helm', { [login]: annotated(login, 'helm.sh/hook', 'test') }),
    stopped('Flux is told to leave it as it is', {
      [login]: labelled(login, 'kustomize.toolkit.fluxcd.io/ssa', 'Ignore'),
    }),
    stopped('a finalizer keeps it from being deleted', {
      [login]: withMetadata(login, 'finalizers: [example.com/keep]'),
    }),
    stopped('a uid that is not its own makes every update fail', {
      [login]: withMetadata(login, 'uid: 1c6b0c2e-0000-4000-8000-000000000000'),
    }),
    stopped('a resource version freezes it', { [login]: withMetadata(login, 'resourceVersion: "1"') }),
    stopped('another application of Argo CD takes it over', {
      [login]: labelled(login, 'app.kubernetes.io/instance', 'catalog'),
    }),
    {
      ...stopped('its version is one that no cluster serves', {
        [login]: (files[login] ?? '').replace('istio.io/v1beta1', 'istio.io/v1alpha1'),
      }),
      conclusion: 'failure',
    },
    stopped('a list around it that nobody knows', {
      [login]: `apiVersion: networking.istio.io/v1nope\nkind: VirtualServiceList\nitems:\n  - ${(
        files[login] ?? ''
      )
        .trimEnd()
        .replaceAll('\n', '\n    ')}\n`,
    }),
    stopped(
      'the gateway of the administrators is pruned by a sync option',
      { [gateway]: annotated(gateway, 'argocd.argoproj.io/sync-options', 'Replace=true,Force=true') },
      { waitsFor: ['mesh-admins'] },
    ),
    stopped(
      'a kind that is not modelled is skipped by a label',
      { 'teams/login/rule.yaml': rule.replace('metadata:', 'metadata:\n  labels: { istio.io/rev: canary }') },
      { setting: withRule },
    ),
    stopped(
      'a key that may not be ignored beside one that may',
      {
        [login]: withMetadata(
          login,
          'labels: { app.kubernetes.io/version: "2" }',
          'annotations: { kustomize.toolkit.fluxcd.io/reconcile: disabled }',
        ),
      },
      { silentOn: /app.kubernetes.io\/version/ },
    ),
    stopped(
      'an annotation is taken away',
      { [login]: files[login] ?? '' },
      {
        setting: { files: { [login]: annotated(login, 'argocd.argoproj.io/sync-wave', '-5') } },
      },
    ),
    stopped(
      'a key that the repository does not ignore any more',
      { [login]: labelled(login, 'app.kubernetes.io/name', 'x') },
      { setting: { configuration: 'consent: { ignore: [] }\n' } },
    ),
    stopped('an ignored label with a value that the API server refuses', {
      [login]: labelled(login, 'app.kubernetes.io/version', 'not a label!'),
    }),
    stopped('an ignored annotation that is larger than an object may be', {
      [login]: annotated(login, 'helm.sh/chart', 'x'.repeat(300_000)),
    }),
    stopped('generateName in place of nothing', { [login]: withMetadata(login, 'generateName: vs-') }),
    stopped('the same, while one`s own file changes as well', {
      [login]: annotated(login, 'config.kubernetes.io/local-config', 'true'),
      [catalog]: labelled(catalog, 'team', 'catalog'),
    }),
    stopped(
      'the administrators take their own primary out, and with it what is delegated',
      { 'mesh/bookinfo.yaml': annotated('mesh/bookinfo.yaml', 'helm.sh/hook', 'pre-delete') },
      { by: 'maya', waitsFor: ['catalog', 'login'] },
    ),
    stopped(
      'the administrators give their own gateway to another control plane',
      { [gateway]: labelled(gateway, 'istio.io/rev', 'canary') },
      { by: 'maya', waitsFor: ['catalog', 'login'] },
    ),
  ],
  neighbours: [
    {
      way: 'comments in the file of another team',
      files: { [login]: `# see the handbook\n${files[login]}` },
    },
    {
      way: 'another layout in the file of another team',
      files: {
        [login]: (files[login] ?? '').replace(
          'metadata:\n  name: vs-1\n  namespace: ns1',
          'metadata: { namespace: "ns1", name: vs-1 }',
        ),
      },
    },
    {
      way: 'a version label across teams',
      files: {
        [login]: labelled(login, 'app.kubernetes.io/version', '1.2.3'),
        [gateway]: labelled(gateway, 'app.kubernetes.io/version', '1.2.3'),
      },
    },
    {
      way: 'a chart name as annotation',
      files: { [login]: annotated(login, 'helm.sh/chart', 'mesh-1.2.3') },
    },
    {
      way: 'all labels that are ignored',
      files: {
        [login]: withMetadata(
          login,
          'labels:',
          ...['name', 'component', 'part-of', 'managed-by'].map((key) => `  app.kubernetes.io/${key}: mesh`),
        ),
      },
    },
    {
      way: 'labels of one`s own',
      files: { [catalog]: labelled(catalog, 'team', 'catalog') },
      title: /^OK: no request changes/,
      silentOn: /vs-2 /,
    },
    {
      way: 'a finalizer of one`s own',
      files: { [catalog]: withMetadata(catalog, 'finalizers: [example.com/keep]') },
      title: /^OK: no request changes/,
    },
    {
      way: 'another version of one`s own',
      files: { [catalog]: (files[catalog] ?? '').replace('v1beta1', 'v1') },
    },
    {
      way: 'a sync wave of one`s own',
      files: { [catalog]: annotated(catalog, 'argocd.argoproj.io/sync-wave', '3') },
    },
    {
      way: 'labels of one`s own DestinationRule',
      by: 'lina',
      setting: withRule,
      files: { 'teams/login/rule.yaml': rule.replace('metadata:', 'metadata:\n  labels: { team: login }') },
    },
    {
      way: 'a key of this repository, which it ignores',
      setting: { configuration: 'consent: { ignore: [example.com/cost-centre] }\n' },
      files: { [login]: labelled(login, 'example.com/cost-centre', '47') },
    },
    {
      way: 'the owner annotates, the administrators are not asked',
      by: 'lina',
      files: { [login]: annotated(login, 'config.kubernetes.io/local-config', 'true') },
    },
    {
      way: 'labels of what is no object of the mesh',
      setting: {
        files: { 'teams/login/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' },
      },
      files: {
        'teams/login/app.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, labels: { argocd.argoproj.io/instance: b } }\n',
      },
    },
  ],
})
