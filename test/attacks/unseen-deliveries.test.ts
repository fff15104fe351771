import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const filter = (more = '') => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: own${more} }
spec: { configPatches: [{ applyTo: HTTP_FILTER, match: { context: SIDECAR_INBOUND }, patch: { operation: MERGE, value: {} } }] }
`
const here = 'teams/catalog'
const set = `${here}/set.yaml`
const login = {
  'teams/login/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: login, namespace: ns1 }\nspec: { selector: { app: login }, ports: [{ port: 80 }] }\n',
}
const placed = { [`${here}/app/own.yaml`]: filter(', namespace: ns2') }
const setting = (files: Files) => ({
  files: { ...login, ...placed, ...files } as Readonly<Record<string, string>>,
})
const asksLogin = { conclusion: 'action_required', waitsFor: ['login'] } as const
const asksAdmins = { conclusion: 'action_required', waitsFor: ['mesh-admins'] } as const

interface Says {
  readonly generators?: string
  readonly path?: string
  readonly namespace?: string
  readonly more?: string
  readonly spec?: string
}
const says = ({
  generators = '{ list: { elements: [{ k: a }] } }',
  path = `${here}/app`,
  namespace = 'ns2',
  more = '',
  spec = '',
}: Says) =>
  `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: app, namespace: argocd }
spec:
  generators: [${generators}]
${more}  template:
    metadata: { name: app }
    spec:
      destination: { namespace: "${namespace}" }
      source: { path: '${path}' }
${spec}`
const go = '  goTemplate: true\n'
const known = says({})
const clusters = '{ clusters: { selector: { matchLabels: { env: prod } } } }'
const argo = (source: string, more = '') =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: app, namespace: argocd${more} }\nspec: { destination: { namespace: ns2 }, source: ${source} }\n`
const flux = (path: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: app, namespace: flux-system }\nspec: { path: "${path}", sourceRef: { kind: GitRepository, name: flux-system } }\n`
const unfilled = `./${here}/«place»`.replace('«', '$' + '{').replace('»', '}')

testAttackClass('what may be delivered without anybody seeing it asks', {
  attack: {
    way: 'pull requests in the place of a list, into the namespace of another team',
    setting: setting({ [`${here}/app/own.yaml`]: filter(), [set]: known }),
    files: { [set]: says({ generators: '{ pullRequest: {} }', namespace: 'ns1' }) },
    ...asksLogin,
  },
  variants: [
    {
      way: 'another namespace for what a plugin asks for',
      setting: setting({ [`${here}/app/own.yaml`]: filter(), [set]: says({ generators: '{ plugin: {} }' }) }),
      files: { [set]: says({ generators: '{ plugin: {} }', namespace: 'ns1' }) },
      ...asksLogin,
    },
    {
      way: 'values of a generator that asks for repositories',
      setting: setting({
        [`${here}/app/own.yaml`]: filter(),
        [set]: says({ generators: '{ scmProvider: { values: { ns: ns2 } } }', namespace: '{{values.ns}}' }),
      }),
      files: {
        [set]: says({ generators: '{ scmProvider: { values: { ns: ns1 } } }', namespace: '{{values.ns}}' }),
      },
      ...asksLogin,
    },
    {
      way: 'a path by a function that is not followed',
      setting: setting({ [set]: known }),
      files: { [set]: says({ path: '{{ regexReplaceAll `a` .k `b` }}', more: go }) },
      ...asksAdmins,
    },
    {
      way: 'a path by a label of clusters',
      setting: setting({ [set]: says({ generators: clusters }) }),
      files: { [set]: says({ generators: clusters, path: `${here}/{{ .metadata.labels.app }}`, more: go }) },
      ...asksAdmins,
    },
    {
      way: 'a path by a name that nothing gives',
      setting: setting({ [set]: known }),
      files: { [set]: says({ path: `${here}/{{place}}` }) },
      ...asksAdmins,
    },
    {
      way: 'folders by a name of clusters',
      setting: setting({ [set]: known }),
      files: {
        [set]: says({
          generators: `{ matrix: { generators: [${clusters}, { git: { directories: [{ path: '${here}/{{name}}' }] } }] } }`,
          path: '{{path}}',
        }),
      },
      ...asksAdmins,
    },
    {
      way: 'a merge over clusters',
      setting: setting({ [set]: known }),
      files: {
        [set]: says({
          generators: `{ merge: { mergeKeys: [name], generators: [${clusters}, { list: { elements: [{ name: a }] } }] } }`,
        }),
      },
      ...asksAdmins,
    },
    {
      way: 'a selector over clusters',
      setting: setting({ [set]: known }),
      files: {
        [set]: says({ generators: clusters.replace(/ \}$/, ', selector: { matchLabels: { name: a } } }') }),
      },
      ...asksAdmins,
    },
    {
      way: 'a patch of the template by such a function',
      setting: setting({ [set]: known }),
      files: {
        [set]: says({
          more: `${go}  templatePatch: 'spec: { destination: { namespace: {{ sha1sum .k }} } }'\n`,
        }),
      },
      ...asksAdmins,
    },
    {
      way: 'what hangs on a path that nobody can see by now',
      setting: setting({ [set]: says({ path: `${here}/{{place}}` }) }),
      files: { [set]: says({ path: `${here}/{{place}}/more` }) },
      ...asksAdmins,
    },
    {
      way: 'a program that makes the objects of an Application',
      setting: setting({ [set]: argo(`{ path: ${here}/app }`) }),
      files: { [set]: argo(`{ path: ${here}/app, plugin: { name: own } }`) },
      ...asksAdmins,
    },
    {
      way: 'a path of Flux that is left to be filled in',
      setting: setting({ [set]: flux(`./${here}/app`) }),
      files: { [set]: flux(unfilled) },
      ...asksAdmins,
    },
  ],
  neighbours: [
    {
      way: 'a function that is not followed, where it says nothing of what is delivered',
      setting: setting({ [set]: says({ more: go }) }),
      files: { [set]: says({ more: go, spec: '      project: "{{ sha1sum .k }}"\n' }) },
    },
    {
      way: 'pull requests into one’s own namespace',
      setting: setting({ [set]: known }),
      files: { [set]: says({ generators: '{ pullRequest: {} }' }) },
    },
    {
      way: 'clusters in the place of a list',
      setting: setting({ [set]: known }),
      files: { [set]: says({ generators: clusters }) },
    },
    {
      way: 'other labels of clusters',
      setting: setting({ [set]: says({ generators: clusters }) }),
      files: { [set]: says({ generators: clusters.replace('prod', 'staging') }) },
    },
    {
      way: 'a name of an Application by such a function',
      setting: setting({ [set]: says({ more: go }) }),
      files: {
        [set]: says({ more: go }).replace('name: app }\n    spec', 'name: "{{ sha1sum .k }}" }\n    spec'),
      },
    },
    {
      way: 'a comment where something is not followed',
      setting: setting({ [set]: says({ path: `${here}/{{place}}` }) }),
      files: { [set]: `# later\n${says({ path: `${here}/{{place}}` })}` },
    },
    {
      way: 'a note on what is not followed',
      setting: setting({ [set]: argo(`{ path: ${here}/app, plugin: { name: own } }`) }),
      files: { [set]: argo(`{ path: ${here}/app, plugin: { name: own } }`, ', labels: { note: a }') },
    },
    {
      way: 'what was not followed is followed by now',
      setting: setting({ [set]: says({ path: `${here}/{{place}}` }) }),
      files: { [set]: known },
    },
    {
      way: 'a file beside what is not followed',
      setting: setting({ [set]: says({ path: `${here}/{{place}}` }) }),
      files: { [`${here}/notes.yaml`]: 'a: b\n' },
    },
    {
      way: 'a program for a folder that is not here',
      setting: setting({ [set]: known }),
      files: { [`${here}/more.yaml`]: argo('{ path: gone, plugin: { name: own } }', ', labels: { a: b }') },
    },
  ],
})
