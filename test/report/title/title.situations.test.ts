import { expect, test } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import type { People } from '../../../src/domain/policy/consent/people.ts'
import { decide } from '../../../src/domain/policy/decide.ts'
import { obstructionFault } from '../../../src/domain/policy/obstruction.ts'
import { edited, replacing, unchanged } from '../edited.ts'
import { expectPromises } from '../promises.ts'
import { assessStory, context, contextOf, peopleOf, proposalOf, readStory, type Story } from '../story.ts'

const own = readStory('own-path')
const login = 'teams/login/vs-1.yaml'
const primary = 'mesh/bookinfo.yaml'

type Texts = NonNullable<Parameters<typeof edited>[1]['head']>

/** Somebody changes files of the mesh. */
function changing(author: string, head: Texts, from: Story = own): Story {
  return edited({ ...unchanged(from), cast: { author } }, { head })
}

const account = replacing(
  '            exact: /logout\n',
  '            exact: /logout\n        - uri:\n            exact: /account\n',
)

const promo = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: promo, namespace: default }
spec:
  hosts: ["*"]
  gateways: [bookinfo-gateway]
  http: [{ match: [{ uri: { prefix: /login } }], route: [{ destination: { host: promo } }] }]
`

const orphan = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs-9, namespace: ns1 }
spec: { http: [{ route: [{ destination: { host: a } }] }] }
`

const filter = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: f, namespace: istio-system }
spec: { configPatches: [] }
`

const destinationRule = (settings: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: login, namespace: default }
spec: { host: login${settings} }
`

const chart = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: {{ .Values.name }} }
`

/** A story in which hosts are called otherwise. */
function withHosts(name: string, story: Story): Story {
  const renamed = (files: Story['base']) =>
    files.map((file) => ({ ...file, text: file.text.replaceAll('bookinfo.example', name) }))
  return { ...story, base: renamed(story.base), head: renamed(story.head) }
}

const timeoutForBoth: Texts = {
  [primary]: (text) => text.replaceAll('    - delegate:\n', '    - timeout: 5s\n      delegate:\n'),
}

/** The same mesh in three clusters. */
function inThree(story: Story): Story {
  const side = (files: Story['base']) =>
    files.flatMap((file) =>
      file.path.startsWith('.github/')
        ? [file]
        : ['dev', 'staging', 'prod'].map((mesh) => ({ ...file, path: `${mesh}/${file.path}` })),
    )
  const codeowners = ['mesh', 'teams/login', 'teams/catalog'].map(
    (folder, at) => `**/${folder}/ @bookinfo/${['mesh-admins', 'login', 'catalog'][at]}\n`,
  )
  const inClusters = { ...story, base: side(story.base), head: side(story.head) }
  return edited(inClusters, { both: { '.github/CODEOWNERS': codeowners.join('') } })
}

test.each<readonly [situation: string, title: string, story: Story]>([
  ['nothing that decides about requests', 'OK: no mesh manifest touched', readStory('no-manifest')],
  [
    'comments and the order of keys',
    'OK: no request changes (1 file, 1 VirtualService)',
    readStory('formatting-only'),
  ],
  [
    'one of her own routes',
    'OK: /login and /logout get a 3 s timeout; no other team is affected',
    readStory('own-timeout'),
  ],
  [
    'several of her own routes',
    'OK: 4 paths of login change; no other team is affected',
    changing('lina', {
      [login]: (text) => text.replace('exact: /login\n', 'exact: /login/a\n').replace('/logout', '/log/out'),
    }),
  ],
  [
    'everyone agreed',
    'OK: 2 teams affected, all agreed (catalog, login)',
    { ...changing('maya', timeoutForBoth), cast: { author: 'maya', approvedBy: ['carla', 'lina'] } },
  ],
  [
    'two teams missing',
    'Waiting for catalog and login: 5 paths would get a 5 s timeout',
    changing('maya', timeoutForBoth),
  ],
  [
    'an author who is no owner',
    'Waiting for login: vs-1 is theirs, and dora is not in the team',
    changing('dora', { [login]: replacing('productpage', 'reviews') }),
  ],
  [
    'something blocks, and somebody is waited for',
    'Blocked: catalog would answer /login and /logout (Istio drops their entry)',
    changing('lina', { [login]: account }, readStory('third-match-under-catch-all')),
  ],
  [
    'two of one kind block',
    'Blocked: 3 paths would return 404 (every entry is dropped)',
    changing('maya', {
      [primary]: (text) =>
        text.replace('prefix: /log', 'prefix: /logi').replace('prefix: /\n', 'prefix: /st\n'),
    }),
  ],
  [
    'a secondary that is not there',
    'Blocked: /login and /logout would return 404 (vs-3 is not there)',
    changing('maya', { [primary]: replacing('name: vs-1', 'name: vs-3') }),
  ],
  [
    'a secondary that nobody names',
    'OK here, effect unknown: no primary in this repository names vs-9',
    changing('lina', { 'teams/login/other.yaml': orphan }),
  ],
  [
    'an order that depends on creation time',
    'Waiting for login: /login may move from login to mesh-admins, and more',
    changing('maya', { 'mesh/promo.yaml': promo }),
  ],
  [
    'a pattern that is too complex',
    'Waiting for login: /login if path ~ /login.*a.{20} may move to mesh-admins',
    changing('maya', {
      [primary]: (text) =>
        text.replace(
          '  http:\n',
          "  http:\n    - match: [{ uri: { regex: '/login.*a.{20}' } }]\n      route: [{ destination: { host: promo } }]\n",
        ),
    }),
  ],
  [
    'a wrong configuration',
    'Blocked: .github/firebreak.yml line 2: there is no rule "shadow-route"',
    changing('maya', { '.github/firebreak.yml': 'rules:\n  shadow-route: off\n' }),
  ],
  [
    'a manifest that nobody can read',
    'Blocked: teams/login/vs-1.yaml line 13 is not valid YAML',
    changing('lina', { [login]: replacing('exact: /logout\n', 'exact: [/logout\n') }),
  ],
  [
    'a template',
    'OK: charts/login/templates/vs.yaml changes, which is not judged here',
    changing('lina', {
      'charts/login/Chart.yaml': 'apiVersion: v2\nname: login\nversion: 1.0.0\n',
      'charts/login/templates/vs.yaml': chart,
    }),
  ],
  [
    'another kind, of others',
    'Waiting for mesh-admins: EnvoyFilter f is new for the whole mesh',
    changing('lina', { 'mesh/filter.yaml': filter }),
  ],
  [
    'another kind, of her own',
    'OK: DestinationRule login changes, which is not judged here',
    edited(
      { ...unchanged(own), cast: { author: 'lina' } },
      {
        both: { 'teams/login/rule.yaml': destinationRule('') },
        head: {
          'teams/login/rule.yaml': destinationRule(
            ', trafficPolicy: { connectionPool: { tcp: { maxConnections: 5 } } }',
          ),
        },
      },
    ),
  ],
  [
    'a host that is claimed, which takes requests of others',
    'Waiting for mesh-admins: parts of login.bookinfo.example/login* would return 404',
    readStory('reused-connections'),
  ],
  [
    'the same where the host has no room',
    'Waiting for mesh-admins: requests of login would lose every route',
    withHosts('a-long-name.of-a-shop.bookinfo.example', readStory('reused-connections')),
  ],
  [
    'a repository without CODEOWNERS',
    'OK, no CODEOWNERS: /logs* moves from vs-2 to vs-1, and 1 more path changes',
    readStory('takes-logs-without-codeowners'),
  ],
  [
    'another check of our name',
    "Blocked: github-actions also posted a check of Firebreak's name",
    {
      ...own,
      obstructions: [{ kind: 'configuration', ...obstructionFault('impostor', 'github-actions') }],
    },
  ],
  [
    'the same in three meshes',
    'OK: /login/reset goes to login (was 404) in dev, prod and staging',
    inThree(own),
  ],
  [
    'a trial period',
    'Observing: would wait for catalog (/logs* would move from catalog to login)',
    readStory('takes-logs-observed'),
  ],
  [
    'a draft',
    'Draft: would wait for catalog (/logs* would move from catalog to login)',
    readStory('takes-logs-draft'),
  ],
])('the title for %s', (_, title, story) => {
  expect(expectPromises(assessStory(story), contextOf(story)).title).toBe(title)
})

test.each<readonly [situation: string, title: string, people: Partial<People>]>([
  [
    'a stranger who pushed, too',
    'Waiting for login: dora pushed too, and is not known to be in the team',
    {
      pushers: [
        { login: 'lina', bot: false },
        { login: 'dora', bot: false },
      ],
    },
  ],
  [
    'pushers that nobody knows',
    'Waiting for login: who pushed the commits cannot be established',
    { pushers: 'unknown' },
  ],
  [
    'a fork',
    'Waiting for login: pushes to a fork cannot be attributed',
    { pushers: 'unknown', isOfFork: true },
  ],
])('the title for %s', (_, title, people) => {
  const judgement = assess(proposalOf(own))
  const decided = decide(judgement, { ...peopleOf(own), ...people }, { sha: context.headSha })

  expect(expectPromises(decided, contextOf(own)).title).toBe(title)
})
