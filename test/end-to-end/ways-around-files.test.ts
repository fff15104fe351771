import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { type Attempt, checked, meets, plain } from '../support/attempt.ts'
import { answers, delegates, virtualService } from '../support/manifests.ts'
import { type Files, openTheatre, type Theatre } from '../support/stage.ts'

const login = 'teams/login/vs-1.yaml'
const text = bookinfoFiles()[login] ?? ''
const slower = `${text}      timeout: 9s\n`
const catalog = 'teams/catalog/vs-2.yaml'
const ours = bookinfoFiles()[catalog] ?? ''

const indented = (document: string) => document.replaceAll(/^(?=.)/gm, '    ').replace('    ', '  - ')
const list = (...documents: readonly string[]) =>
  `apiVersion: v1\nkind: List\nitems:\n${documents.map(indented).join('')}`

const tolerant = 'rules: { duplicate-virtual-service: report }\n'

const sharedList = `apiVersion: v1
kind: List
items:
  - apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: spare, namespace: ns1 }
    spec:
      http: &routes
        - match: [{ uri: { exact: /login } }]
          route: [{ destination: { host: productpage.default.svc.cluster.local } }]
  - apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: { name: vs-1, namespace: ns1 }
    spec: { http: *routes }
`

const strange = 'teams/login/v s#1 \u202e\u00e9\n`|<b>.yaml'
const spare = virtualService({ name: 'spare', namespace: 'ns1', http: [answers('/spare')] })

const escaped = slower.replace(
  /apiVersion: networking\.istio\.io\/(\w+)/,
  'apiVersion: "networking.istio\\x2eio/$1"',
)

const primaryIntoLogin = virtualService({
  name: 'bookinfo',
  namespace: 'default',
  hosts: ['*'],
  gateways: ['bookinfo-gateway'],
  http: [delegates('/log', { name: 'vs-1', namespace: 'login' })],
})

const ways: readonly Attempt[] = [
  {
    way: 'moving a file into one`s own folder',
    files: { [login]: null, 'teams/catalog/vs-1.yaml': text },
    conclusion: 'action_required',
    waitsFor: ['login'],
  },
  {
    way: 'renaming a file and changing it on the way',
    files: { [login]: null, 'teams/catalog/sign-in.yaml': slower },
    conclusion: 'action_required',
    waitsFor: ['login'],
  },
  {
    way: 'a second document in a file of one`s own',
    setting: { configuration: tolerant },
    files: { [catalog]: `${ours}---\n${slower}` },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: `ns1/vs-1 is already written in ${login}`,
  },
  {
    way: 'the same VirtualService in a second file',
    setting: { configuration: tolerant },
    files: { 'teams/catalog/vs-1.yaml': text },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: `ns1/vs-1 is already written in ${login}`,
  },
  {
    way: 'a List around it',
    setting: { configuration: tolerant },
    files: { 'teams/catalog/list.yaml': list(spare, slower) },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: `ns1/vs-1 is already written in ${login}`,
  },
  {
    way: 'items of a document whose kind does not call it a list',
    setting: { configuration: tolerant },
    files: { 'teams/catalog/notes.yaml': list(spare, slower).replace('kind: List', 'kind: ConfigMap') },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: `ns1/vs-1 is already written in ${login}`,
  },
  {
    way: 'an anchor that items of one List share: who changes one changes the other',
    setting: { files: { [login]: sharedList } },
    files: { [login]: sharedList.replace('exact: /login', 'exact: /log-in') },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: 'VirtualService ns1/vs-1 in teams/login/vs-1.yaml is changed',
  },
  {
    way: 'a symbolic link to the file of another team',
    files: { 'teams/catalog/link.yaml': { symlink: '../login/vs-1.yaml' } },
    conclusion: 'failure',
    waitsFor: ['login'],
    says: 'teams/catalog/link.yaml cannot be read: it is a symbolic link',
  },
  {
    way: 'a file too large to be read that spells the mesh behind an escape',
    files: { 'teams/catalog/notes.yaml': `${escaped}${'# Notes.\n'.repeat(600_000)}` },
    conclusion: 'failure',
    waitsFor: [],
    says: 'teams/catalog/notes.yaml cannot be read: it is larger than 5 MB',
  },
  {
    way: 'the same escape in UTF-16',
    files: { 'teams/catalog/notes.yaml': new Uint8Array(Buffer.from(`\uFEFF${escaped}`, 'utf16le')) },
    conclusion: 'failure',
    waitsFor: [],
    says: 'teams/catalog/notes.yaml cannot be read: it is not valid UTF-8 text',
  },
  {
    way: 'a symbolic link to a folder that is kept out of sight',
    setting: { configuration: 'manifests: { exclude: ["charts/**"] }\n' },
    files: { 'charts/notes/notes.yaml': slower, 'teams/catalog/notes': { symlink: '../../charts/notes' } },
    conclusion: 'failure',
    waitsFor: ['login', 'mesh-admins'],
    says: 'teams/catalog/notes cannot be read: it is a symbolic link',
  },
  {
    way: 'template marks in a comment',
    files: { [login]: `# {{ if .Values.never }}\n${slower}# {{ end }}\n` },
    conclusion: 'action_required',
    waitsFor: ['login'],
  },
  {
    way: 'template marks that keep the file from being read',
    files: { [login]: `{{ if .Values.never }}\n${slower}{{ end }}\n` },
    conclusion: 'failure',
    waitsFor: ['login'],
  },
  {
    way: 'another namespace and nothing else',
    setting: {
      files: {
        'mesh/bookinfo.yaml': primaryIntoLogin,
        [login]: text.replace('namespace: ns1', 'namespace: login'),
        'teams/catalog/spare.yaml': spare,
      },
    },
    files: { 'teams/catalog/spare.yaml': spare.replace('namespace: ns1', 'namespace: login') },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: 'enters the namespace login, which only others use',
  },
  {
    way: 'a namespace that Kustomize gives to what another team wrote',
    setting: { files: { 'teams/login/kustomization.yaml': 'resources: [vs-1.yaml]\n' } },
    files: { 'teams/login/kustomization.yaml': 'namespace: elsewhere\nresources: [vs-1.yaml]\n' },
    conclusion: 'failure',
    waitsFor: ['login'],
    says: '/login and /logout would return 404',
  },
  {
    way: 'a patch in a kustomization under the name without an extension',
    setting: { files: { 'teams/login/Kustomization': 'resources: [vs-1.yaml]\n' } },
    files: { 'teams/login/Kustomization': 'namePrefix: x-\nresources: [vs-1.yaml]\n' },
    conclusion: 'failure',
    waitsFor: ['login'],
    says: '/login and /logout would return 404',
  },
  {
    way: 'a file that a kustomization takes as its configuration',
    setting: {
      files: {
        'teams/login/kustomization.yaml':
          'namePrefix: x-\nresources: [vs-1.yaml]\nconfigurations: [fields.yaml]\n',
        'teams/login/fields.yaml': 'namePrefix: [{ path: metadata/name }]\n',
      },
    },
    files: { 'teams/login/fields.yaml': 'namePrefix: [{ path: spec/hosts }]\n' },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: 'a part of a kustomization in teams/login/fields.yaml is changed',
  },
  {
    way: 'a layer of Kustomize over the files of another team',
    files: { 'overlay/kustomization.yaml': 'namespace: elsewhere\nresources: [../teams/login/vs-1.yaml]\n' },
    conclusion: 'action_required',
    waitsFor: ['login'],
    says: 'what that does to requests is not known here',
  },
  {
    way: 'a path in another case, which is another path',
    files: { [login]: null, 'Teams/Login/vs-1.yaml': text },
    conclusion: 'action_required',
    waitsFor: ['login', 'mesh-admins'],
  },
  {
    way: 'a file name that no reader expects',
    setting: { files: { [strange]: spare } },
    files: { [strange]: spare.replace('/spare', '/other') },
    conclusion: 'action_required',
    waitsFor: ['login'],
  },
  {
    way: 'such a name for a second copy',
    setting: { configuration: tolerant },
    files: { 'teams/catalog/ #\n\u00fc.yaml': slower },
    conclusion: 'action_required',
    waitsFor: ['login'],
  },
]

/** What a forge lists, names or encodes in its own way; everything else is the same engine. */
const byTheForge = new Set([
  'moving a file into one`s own folder',
  'a symbolic link to the file of another team',
  'a file too large to be read that spells the mesh behind an escape',
  'the same escape in UTF-16',
  'a symbolic link to a folder that is kept out of sight',
  'a file that a kustomization takes as its configuration',
  'a path in another case, which is another path',
  'a file name that no reader expects',
  'such a name for a second copy',
])

describe('ways around ownership by files', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre()
  })

  afterAll(() => theatre.close())

  it.each(ways)('$way', async (way) => {
    meets(way, await checked(way))
  })

  it.concurrent.each(ways.filter(({ way }) => byTheForge.has(way)))(
    'from the webhook to the check run: $way',
    async (attempt) => {
      const story = await theatre.story(attempt.setting)
      const { summary, ...verdict } = await (await story.propose('carla', attempt.files)).verdict()

      meets(attempt, { ...verdict, said: plain(summary) })
    },
  )

  it.concurrent('deleting it in one commit and writing it anew in another', async () => {
    const story = await theatre.story()
    await story.push('carla', 'topic', { [login]: null }, { from: 'main' })
    await story.push('carla', 'topic', { 'teams/catalog/vs-1.yaml': text })
    const pull = await story.open('carla', 'topic')

    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
  })

  it.concurrent('deleting it in one pull request, to write it anew in another: the first one stops there', async () => {
    const story = await theatre.story()
    const pull = await story.propose('carla', { [login]: null })

    expect(await pull.verdict()).toMatchObject({ conclusion: 'failure', waitsFor: ['login'] })
    await expect(
      theatre.github.mergePullRequest({ repo: story.repo, number: pull.number, by: 'carla' }),
    ).rejects.toThrow('firebreak')
  })

  it.concurrent('more than 3,000 files, the one that matters last', async () => {
    const story = await theatre.story()
    const many = Array.from({ length: 3_001 }, (_, index) => [`assets/${index}.txt`, 'The same.\n'] as const)
    const pull = await story.propose('carla', { ...Object.fromEntries(many), [login]: slower })

    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})

describe('ways around ownership by trees that GitHub cuts off', () => {
  let theatre: Theatre

  beforeAll(async () => {
    theatre = await openTheatre({ treeEntries: 20 })
  })

  afterAll(() => theatre.close())

  function spread(folders: number, files: number): Files {
    const paths = Array.from(
      { length: folders * files },
      (_, index) => `a${index % folders}/${Math.floor(index / folders)}.txt`,
    )
    return Object.fromEntries(paths.map((path) => [path, path]))
  }

  it('a tree that has to be walked folder by folder hides nothing', async () => {
    const story = await theatre.story({ files: spread(4, 8) })
    const pull = await story.propose('carla', { [login]: slower })

    expect(await pull.verdict()).toMatchObject({ conclusion: 'action_required', waitsFor: ['login'] })
  })

  it('a tree that is cut off however it is read shuts the gate', async () => {
    const story = await theatre.story()
    const cut = { sha: '0'.repeat(40), url: 'http://localhost', tree: [], truncated: true }
    theatre.github.inject({
      path: /\/git\/trees\//,
      effect: { kind: 'respond', status: 200, body: cut },
      times: 1_000,
    })
    const pull = await story.propose('lina', { [login]: slower })

    expect(await pull.verdict()).toMatchObject({
      conclusion: 'failure',
      title: expect.stringMatching(/^Blocked: The repository on the base branch cannot be read/),
    })
  })

  it('the local GitHub never broke its own description', () => {
    expect(theatre.github.contractViolations()).toEqual([])
  })
})
