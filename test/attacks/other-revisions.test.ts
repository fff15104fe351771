import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { hasHelm, searchPath } from '../support/helm.ts'
import { manifest } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
/clusters/ @bookinfo/mesh-admins
/clusters/prod/catalog.yaml @bookinfo/catalog
/charts/ @bookinfo/catalog
/.github/ @bookinfo/mesh-admins
`
const istio = 'networking.istio.io/v1'
const host = 'reviews.catalog.svc.cluster.local'
const leads = manifest(istio, 'VirtualService', ['login', 'leads'], {
  hosts: ['accounts.login.svc.cluster.local'],
  http: [{ route: [{ destination: { host, subset: 'v1' } }] }],
})
const rules = manifest(istio, 'DestinationRule', ['catalog', 'reviews'], {
  host,
  subsets: [{ name: 'v1', labels: { version: '1' } }],
})
const folder = 'teams/catalog/web'
const deliverer = 'clusters/prod/catalog.yaml'
const manifests = { 'teams/login/leads.yaml': leads, [`${folder}/rules.yaml`]: rules }
const repoURL = 'https://github.com/bookinfo/mesh'
const flux = (name: string, ref: object) =>
  manifest('source.toolkit.fluxcd.io/v1', 'GitRepository', ['flux-system', name], { url: repoURL, ref })
const kustomization = (source: object, path = folder, name = 'catalog') =>
  manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', ['flux-system', name], {
    path: `./${path}`,
    sourceRef: { kind: 'GitRepository', ...source },
  })
const beside = (ref: object) => `${flux('catalog', ref)}---\n${kustomization({ name: 'catalog' })}`
const application = (source: object, name = 'catalog') =>
  manifest('argoproj.io/v1alpha1', 'Application', ['argocd', name], {
    destination: { namespace: 'catalog', server: 'https://kubernetes.default.svc' },
    source: { repoURL, path: folder, ...source },
  })
const set = (revision: string) =>
  manifest('argoproj.io/v1alpha1', 'ApplicationSet', ['argocd', 'catalog'], {
    generators: [{ list: { elements: [{ revision }] } }],
    template: {
      metadata: { name: 'catalog' },
      spec: {
        destination: { namespace: 'catalog', server: 'https://kubernetes.default.svc' },
        source: { repoURL, path: folder, targetRevision: '{{revision}}' },
      },
    },
  })
const given = (said: string, more: Files = {}) => ({
  codeowners,
  files: {
    ...manifests,
    'clusters/prod/flux.yaml': flux('flux-system', { branch: 'main' }),
    [deliverer]: said,
    ...more,
  },
})
const main = kustomization({ name: 'flux-system' })
const isAsked = { conclusion: 'action_required', waitsFor: ['login'], says: /No unit delivers/ } as const

const edit = (way: string, before: string, after: string, more: Files = {}): Attempt => ({
  way,
  setting: given(before),
  files: { [deliverer]: after, ...more },
  ...isAsked,
})
const harmless = (way: string, before: string, after: string, more: Files = {}) => ({
  way,
  setting: given(before),
  files: { [deliverer]: after, ...more },
})

testAttackClass('what newly follows another branch or tag delivers something else than what is merged', {
  attack: edit('an Application on a branch', application({}), application({ targetRevision: 'catalog' })),
  variants: [
    edit('the full name of a branch', application({}), application({ targetRevision: 'refs/heads/catalog' })),
    edit(
      'a tag instead of the newest',
      application({ targetRevision: 'HEAD' }),
      application({ targetRevision: 'v1.0.0' }),
    ),
    edit(
      'a branch after tags',
      application({ targetRevision: 'v1.0.0' }),
      application({ targetRevision: 'catalog' }),
    ),
    edit(
      'a commit',
      application({ targetRevision: 'main' }),
      application({ targetRevision: 'ab'.repeat(20) }),
    ),
    edit(
      'an Application of another name',
      application({}),
      application({ targetRevision: 'catalog' }, 'web'),
    ),
    {
      ...edit(
        'a folder of another name as well',
        application({}),
        application({ targetRevision: 'catalog', path: 'teams/catalog/app' }, 'web'),
      ),
      files: {
        [deliverer]: application({ targetRevision: 'catalog', path: 'teams/catalog/app' }, 'web'),
        [`${folder}/rules.yaml`]: null,
        'teams/catalog/app/rules.yaml': rules,
      },
    },
    edit('an element of an ApplicationSet', set('main'), set('catalog')),
    edit(
      'a dry source',
      application({}),
      manifest('argoproj.io/v1alpha1', 'Application', ['argocd', 'catalog'], {
        destination: { namespace: 'catalog', server: 'https://kubernetes.default.svc' },
        sourceHydrator: {
          drySource: { repoURL, path: folder, targetRevision: 'catalog' },
          syncSource: { targetBranch: 'prod', path: folder },
        },
      }),
    ),
    edit('a tag of Flux', main, beside({ branch: 'main', tag: 'catalog' })),
    edit('a commit of Flux', main, beside({ branch: 'main', commit: 'ab'.repeat(20) })),
    edit('a range of versions', main, beside({ semver: '>=1' })),
    edit('a reference by name', main, beside({ name: 'refs/heads/catalog' })),
    edit('a branch after versions', beside({ tag: 'v1.0.0' }), beside({ name: 'refs/heads/catalog' })),
    edit('a source that is not here', main, kustomization({ name: 'catalog' })),
    edit(
      'a source of that name in another namespace',
      main,
      kustomization({ name: 'flux-system', namespace: 'catalog' }),
    ),
  ],
  neighbours: [
    harmless(
      'the next tag',
      application({ targetRevision: 'v1.0.0' }),
      application({ targetRevision: 'v1.1.0' }),
    ),
    harmless(
      'the next tag of one’s own',
      application({ targetRevision: 'catalog-2026.1' }),
      application({ targetRevision: 'catalog-2026.2' }),
    ),
    harmless(
      'the next commit',
      application({ targetRevision: 'a'.repeat(40) }),
      application({ targetRevision: 'b'.repeat(40) }),
    ),
    harmless(
      'back to what is merged',
      application({ targetRevision: 'catalog' }),
      application({ targetRevision: 'HEAD' }),
    ),
    harmless('the branch by its name', application({}), application({ targetRevision: 'main' })),
    harmless(
      'the branch by its full name',
      application({ targetRevision: 'main' }),
      application({ targetRevision: 'refs/heads/main' }),
    ),
    harmless(
      'another field of what follows a branch',
      application({ targetRevision: 'develop' }),
      application({ targetRevision: 'develop', directory: { recurse: true } }),
    ),
    harmless(
      'another name for what follows a branch',
      application({ targetRevision: 'develop' }),
      application({ targetRevision: 'develop' }, 'web'),
    ),
    harmless('a source of one’s own of the same branch', main, beside({ branch: 'main' })),
    harmless('the next tag of Flux', beside({ tag: 'v1.0.0' }), beside({ tag: 'v1.1.0' })),
    harmless('a narrower range', beside({ semver: '>=1' }), beside({ semver: '>=1 <3' })),
    harmless(
      'a source that is not here either way',
      kustomization({ name: 'catalog' }),
      kustomization({ name: 'catalog', namespace: 'flux-system' }),
    ),
    harmless(
      'one more Application on a branch, of what nobody leads to',
      application({}),
      `${application({})}---\n${application({ targetRevision: 'catalog', path: 'teams/catalog/new' }, 'new')}`,
      {
        'teams/catalog/new/map.yaml': manifest('v1', 'ConfigMap', ['catalog', 'new'], {}),
      },
    ),
    harmless(
      'an Application of what nobody else needs',
      application({ path: 'teams/catalog/new' }),
      application({ path: 'teams/catalog/new', targetRevision: 'catalog' }),
      {
        'teams/catalog/new/map.yaml': manifest('v1', 'ConfigMap', ['catalog', 'new'], {}),
      },
    ),
  ],
})

const chart = {
  'charts/catalog/Chart.yaml': 'apiVersion: v2\nname: catalog\nversion: 1.0.0\n',
  'charts/catalog/templates/rules.yaml': rules.replace('"v1"', '"{{ .Values.subset }}"'),
  'charts/catalog/values.yaml': 'subset: v1\n',
  'teams/login/leads.yaml': leads,
  'teams/catalog/values.yaml': 'subset: v1\n',
}
const released = (sources: readonly object[]) =>
  manifest('argoproj.io/v1alpha1', 'Application', ['argocd', 'catalog'], {
    destination: { namespace: 'catalog', server: 'https://kubernetes.default.svc' },
    sources,
  })
const ofChart = (more: object = {}) => ({ repoURL, path: 'charts/catalog', ...more })
const withValues = (values: object, name = 'values') =>
  released([
    ofChart({ helm: { valueFiles: [`$${name}/teams/catalog/values.yaml`] } }),
    { repoURL, ref: 'values', ...values },
  ])
const helmRelease = (source: object, more: object = {}) =>
  manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease', ['catalog', 'catalog'], {
    chart: {
      spec: {
        chart: './charts/catalog',
        sourceRef: { kind: 'GitRepository', namespace: 'flux-system', ...source },
      },
    },
    ...more,
  })
const besideChart = (ref: object) => `${flux('catalog', ref)}---\n${helmRelease({ name: 'catalog' })}`
const ofFlux = helmRelease({ name: 'flux-system' })

const rendering = (said: string) => ({
  codeowners,
  configuration: 'render: { helm: true }\n',
  files: { ...chart, 'clusters/prod/flux.yaml': flux('flux-system', { branch: 'main' }), [deliverer]: said },
})
const release = (way: string, before: string, after: string) => ({
  way,
  setting: rendering(before),
  files: { [deliverer]: after },
})
const unseen = (way: string, before: string, after: string): Attempt => ({
  ...release(way, before, after),
  conclusion: 'action_required',
  waitsFor: ['mesh-admins'],
  says: /is not compared/,
})

if (hasHelm)
  testAttackClass('a chart or its values from another branch or tag are not those that are merged', {
    onGitHub: { searchPath },
    attack: unseen(
      'an Application',
      released([{ path: 'charts/catalog' }]),
      released([{ path: 'charts/catalog', targetRevision: 'catalog' }]),
    ),
    variants: [
      unseen('a tag', released([ofChart()]), released([ofChart({ targetRevision: 'v1.0.0' })])),
      unseen(
        'a branch after tags',
        released([ofChart({ targetRevision: 'v1.0.0' })]),
        released([ofChart({ targetRevision: 'catalog' })]),
      ),
      unseen('its values alone', withValues({}), withValues({ targetRevision: 'catalog' })),
      unseen('values of a tag', withValues({ targetRevision: 'main' }), withValues({ targetRevision: 'v1' })),
      unseen(
        'values of another repository',
        withValues({}),
        withValues({ repoURL: 'https://github.com/bookinfo/other' }),
      ),
      unseen('values of a source that nobody names', withValues({}), withValues({}, 'gone')),
      unseen('a branch of Flux', ofFlux, besideChart({ branch: 'catalog' })),
      unseen('a tag of Flux', ofFlux, besideChart({ tag: 'catalog' })),
      unseen('a commit beside its branch', ofFlux, besideChart({ branch: 'main', commit: 'ab'.repeat(20) })),
      unseen('a range of versions', ofFlux, besideChart({ semver: '*' })),
      unseen('a source that is not here', ofFlux, helmRelease({ name: 'catalog' })),
    ],
    neighbours: [
      release(
        'the next tag',
        released([ofChart({ targetRevision: 'v1.0.0' })]),
        released([ofChart({ targetRevision: 'v1.1.0' })]),
      ),
      release(
        'back to what is merged',
        released([ofChart({ targetRevision: 'catalog' })]),
        released([ofChart()]),
      ),
      release(
        'the branch by its name',
        released([ofChart()]),
        released([ofChart({ targetRevision: 'main' })]),
      ),
      release(
        'the next tag of values',
        withValues({ targetRevision: 'v1.0' }),
        withValues({ targetRevision: 'v1.1' }),
      ),
      release('values of the branch by its name', withValues({}), withValues({ targetRevision: 'main' })),
      release(
        'values of the same repository, spelled otherwise',
        withValues({}),
        withValues({ repoURL: 'git@github.com:bookinfo/mesh.git' }),
      ),
      release(
        'a source that nothing reads',
        released([ofChart()]),
        released([ofChart(), { repoURL, ref: 'values', targetRevision: 'catalog' }]),
      ),
      release(
        'values that are not a file of another source',
        released([ofChart()]),
        released([ofChart({ helm: { valueFiles: ['values.yaml'] } })]),
      ),
      release('a source of one’s own of the same branch', ofFlux, besideChart({ branch: 'main' })),
      release('the next tag of Flux', besideChart({ tag: 'v1.0.0' }), besideChart({ tag: 'v1.1.0' })),
      release('how often it is looked at', ofFlux, helmRelease({ name: 'flux-system' }, { interval: '1h' })),
    ],
  })

const other = 'https://github.com/bookinfo/other'
const elsewhere = (way: string, before: string, after: string, more: Files = {}): Attempt => ({
  way,
  setting: given(before, more),
  files: { [deliverer]: after },
  ...isAsked,
})
const here = (way: string, before: string, after: string, more: Files = {}) => ({
  way,
  setting: given(before, more),
  files: { [deliverer]: after },
})
const from = (url: string, name = 'catalog') =>
  manifest('source.toolkit.fluxcd.io/v1', 'GitRepository', ['flux-system', name], { url })
const drawing = (url: string, more = '') =>
  `---\n${from(url)}---\n${kustomization({ name: 'catalog' })}${more}`
const without = { 'clusters/prod/flux.yaml': '' }
const ofUrl = (url: string, more: object = {}, name = 'catalog') =>
  application({ repoURL: url, ...more }, name)
const setOf = (url: string) => set('main').replace(repoURL, url)

testAttackClass(
  'what newly names another repository does not deliver what is here, be its name known or not',
  {
    attack: elsewhere('the only Application names another repository', ofUrl(repoURL), ofUrl(other)),
    variants: [
      elsewhere('one of another owner', ofUrl(repoURL), ofUrl('https://github.com/else/mesh')),
      elsewhere(
        'one of another host and name',
        ofUrl(repoURL),
        ofUrl('https://git.example/infra/manifests.git'),
      ),
      elsewhere('by ssh', ofUrl(repoURL), ofUrl('git@github.com:bookinfo/other.git')),
      elsewhere(
        'from one mirror to something else',
        ofUrl('https://mirror/a/b'),
        ofUrl('https://mirror/a/c'),
      ),
      elsewhere('an Application of another name as well', ofUrl(repoURL), ofUrl(other, {}, 'web')),
      elsewhere('together with its revision', ofUrl(repoURL), ofUrl(other, { targetRevision: 'v2' })),
      elsewhere('the template of an ApplicationSet', setOf(repoURL), setOf(other)),
      elsewhere(
        'one of several sources',
        released([
          { repoURL, path: folder },
          { repoURL, ref: 'values' },
        ]),
        released([
          { repoURL: other, path: folder },
          { repoURL, ref: 'values' },
        ]),
      ),
      elsewhere(
        'a dry source',
        ofUrl(repoURL),
        manifest('argoproj.io/v1alpha1', 'Application', ['argocd', 'catalog'], {
          destination: { namespace: 'catalog', server: 'https://kubernetes.default.svc' },
          sourceHydrator: {
            drySource: { repoURL: other, path: folder },
            syncSource: { targetBranch: 'prod', path: folder },
          },
        }),
      ),
      elsewhere('a source of Flux where Flux itself is not here', drawing(repoURL), drawing(other), without),
      elsewhere(
        'another source of Flux where Flux itself is not here',
        drawing(repoURL),
        `---\n${from(repoURL)}---\n${from(other, 'more')}---\n${kustomization({ name: 'more' })}`,
        without,
      ),
    ],
    neighbours: [
      here('the same by ssh', ofUrl(repoURL), ofUrl('git@github.com:bookinfo/mesh.git')),
      here('with .git', ofUrl(repoURL), ofUrl(`${repoURL}.git`)),
      here('in capitals', ofUrl(repoURL), ofUrl('https://GitHub.com/Bookinfo/Mesh')),
      here(
        'by a mirror of that owner and name',
        ofUrl(repoURL),
        ofUrl('https://mirror.example/bookinfo/mesh'),
      ),
      here('its folder is written otherwise', ofUrl(repoURL), ofUrl(repoURL, { path: `./${folder}/` })),
      here(
        'of a mirror nothing else changes',
        ofUrl('https://mirror/a/b'),
        ofUrl('https://mirror/a/b', {}, 'web'),
      ),
      here('what is left to be filled in', ofUrl('{{repo}}'), ofUrl('{{repo}}', { targetRevision: 'main' })),
      here(
        'another Application, of a chart from elsewhere',
        ofUrl(repoURL),
        `---\n${ofUrl(repoURL)}---\n${ofUrl('https://charts.example/stable/redis', { path: undefined, chart: 'redis', targetRevision: '1.0' }, 'redis')}`,
      ),
      here(
        'an Application of what nobody else needs',
        ofUrl(repoURL, { path: 'teams/catalog/new' }),
        ofUrl(other, { path: 'teams/catalog/new' }),
        { 'teams/catalog/new/map.yaml': manifest('v1', 'ConfigMap', ['catalog', 'new'], {}) },
      ),
      here(
        'a source of Flux by ssh',
        drawing(repoURL),
        drawing('ssh://git@github.com/bookinfo/mesh'),
        without,
      ),
      here('the template by ssh', setOf(repoURL), setOf('git@github.com:bookinfo/mesh.git')),
    ],
  },
)
