import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { manifest } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const codeowners = `/mesh/ @bookinfo/mesh-admins
/apps/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
/teams/more/ @bookinfo/catalog
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
const map = (name: string) => manifest('v1', 'ConfigMap', ['catalog', name], {})
const set = (
  more: object = {},
  spec: object = {},
  generator: object = { files: [{ path: 'teams/*/app.json' }] },
) =>
  manifest('argoproj.io/v1alpha1', 'ApplicationSet', ['argocd', 'teams'], {
    generators: [{ git: { repoURL: 'https://git/mesh', revision: 'HEAD', ...generator } }],
    template: {
      metadata: { name: '{{app.name}}' },
      spec: {
        destination: { server: 'https://kubernetes.default.svc', namespace: '{{app.name}}' },
        source: { repoURL: 'https://git/mesh', path: '{{app.path}}' },
        ...spec,
      },
    },
    ...more,
  })
const input = (name: string, path: string, more: object = {}) =>
  `${JSON.stringify({ app: { name, path }, ...more })}\n`
const path = 'teams/catalog/app.json'
const catalog = (more: object = {}) => input('catalog', 'teams/catalog/web', more)
const given = (files: Files = {}) => ({
  codeowners,
  files: {
    'apps/teams.yaml': set(),
    'teams/login/web/leads.yaml': leads,
    'teams/catalog/web/rules.yaml': rules,
    'teams/login/app.json': input('login', 'teams/login/web'),
    [path]: catalog(),
    ...files,
  } as Readonly<Record<string, string>>,
})
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const
const edit = (way: string, after: string | null, setting: Files = {}, files: Files = {}): Attempt => ({
  way,
  setting: given(setting),
  files: { [path]: after, ...files },
  ...asks,
})
const harmless = (way: string, after: string, setting: Files = {}, files: Files = {}) => ({
  way,
  setting: given(setting),
  files: { [path]: after, ...files },
})
const helm = {
  source: {
    repoURL: 'https://git/mesh',
    path: '{{app.path}}',
    helm: { parameters: [{ name: 'a', value: '{{a}}' }] },
  },
}
const chart = {
  'apps/teams.yaml': set({}, helm),
  'teams/login/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'teams/login/web/templates/leads.yaml': leads.replace('v1"}', '{{ .Values.a }}"}'),
}

testAttackClass('what a file gives to a generator is judged by the Applications that come of it', {
  attack: edit('the folder is that of login', input('catalog', 'teams/login/web')),
  variants: [
    edit('the name is that of login', input('login', 'teams/catalog/web')),
    edit('the name is none that Kubernetes takes', input('Cat_Alog', 'teams/catalog/web')),
    edit('the name is missing', `${JSON.stringify({ app: { path: 'teams/catalog/web' } })}\n`),
    edit('the folder is not here', input('catalog', 'teams/catalog/gone')),
    edit('the file is no object', '{'),
    edit('the file goes', null),
    edit('two of one name', `[${catalog()}, ${input('catalog', 'teams/catalog/other')}]\n`, {
      'teams/catalog/other/map.yaml': map('other'),
    }),
    edit('a second one of the name of login', `[${catalog()}, ${input('login', 'teams/catalog/other')}]\n`, {
      'teams/catalog/other/map.yaml': map('other'),
    }),
    edit('a folder without what login leads to', input('catalog', 'teams/catalog/other'), {
      'teams/catalog/other/map.yaml': map('other'),
    }),
    edit('another branch', catalog({ at: 'catalog' }), {
      [path]: catalog({ at: 'main' }),
      'teams/login/app.json': input('login', 'teams/login/web', { at: 'main' }),
      'apps/teams.yaml': set(
        {},
        { source: { repoURL: 'https://git/mesh', path: '{{app.path}}', targetRevision: '{{at}}' } },
      ),
    }),
    edit('how it is synchronized', catalog({ prune: 'b' }), {
      [path]: catalog({ prune: 'a' }),
      'teams/login/app.json': input('login', 'teams/login/web', { prune: 'a' }),
      'apps/teams.yaml': set({}, { syncPolicy: { syncOptions: ['Prune={{prune}}'] } }),
    }),
    edit('what a chart of login reads', catalog({ a: 'b' }), {
      ...chart,
      [path]: input('catalog', 'teams/login/web', { a: 'a' }),
    }),
    edit('where a function is not followed', catalog({ a: 'b' }), {
      'apps/teams.yaml': set({ goTemplate: true, templatePatch: '{{ env "A" }}' }),
    }),
  ],
  neighbours: [
    harmless('a value that nothing reads', catalog({ more: 1 })),
    harmless('another layout', `${JSON.stringify(JSON.parse(catalog()), null, 2)}\n`),
    harmless(
      'another order of keys',
      `${JSON.stringify({ app: { path: 'teams/catalog/web', name: 'catalog' } })}\n`,
    ),
    harmless('a name of one’s own', input('shop', 'teams/catalog/web')),
    harmless(
      'one more Application of one’s own',
      `[${catalog()}, ${input('other', 'teams/catalog/other')}]\n`,
      {
        'teams/catalog/other/map.yaml': map('other'),
      },
    ),
    harmless(
      'one more file',
      catalog(),
      {},
      {
        'teams/more/app.json': input('more', 'teams/catalog/more'),
        'teams/catalog/more/map.yaml': map('more'),
        [path]: catalog(),
      },
    ),
    harmless(
      'a folder with the same',
      input('catalog', 'teams/catalog/moved'),
      {},
      {
        'teams/catalog/web/rules.yaml': null,
        'teams/catalog/moved/rules.yaml': rules,
      },
    ),
    harmless('one of several is the only one', catalog(), {
      [path]: `[${catalog()}, ${input('other', 'teams/catalog/other')}]\n`,
      'teams/catalog/other/map.yaml': map('other'),
    }),
    harmless('the path is written otherwise', input('catalog', './teams/catalog/web')),
    harmless('a comment for people', catalog({ description: 'reviews' })),
    harmless('a value of another kind that nothing reads', catalog({ more: { a: [1] } }), {
      [path]: catalog({ more: 'a' }),
    }),
  ],
})
