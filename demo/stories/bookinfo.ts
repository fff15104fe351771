import { append, replace } from '../edits.ts'
import type { Story } from '../story.ts'

const primary = 'mesh/bookinfo.yaml'
const login = 'teams/login/vs-1.yaml'
const catalog = 'teams/catalog/vs-2.yaml'
const subsets = 'mesh/productpage.yaml'

const loginRoutes = '/login and /logout'
const catalogRoutes = '/api/v1/products*, /productpage and /static*'

const route = `
      route:
        - destination:
            host: productpage.default.svc.cluster.local
            port:
              number: 9080
`

/** What happens to the Bookinfo mesh, in the order in which it is told. */
export const bookinfoStories: readonly Story[] = [
  {
    name: 'own-timeout',
    author: 'lina',
    title: 'Give login a timeout of three seconds',
    body: 'The account service answers in well under a second; three are plenty.',
    edits: [append(login, '      timeout: 3s\n')],
    ends: {
      conclusion: 'success',
      changes: [{ kind: 'changed', touched: ['login'], requests: loginRoutes }],
      comment: 'no comment',
    },
  },
  {
    name: 'foreign-edit',
    author: 'carla',
    title: 'Send login to the second version',
    body: 'We need it for the catalog tests.',
    edits: [replace(login, '            port:\n', '            subset: v2\n            port:\n')],
    ends: {
      conclusion: 'action_required',
      asked: ['login'],
      changes: [{ kind: 'changed', touched: ['login'], requests: loginRoutes }],
      comment: 'comment',
    },
    approval: { by: 'leo', conclusion: 'success' },
  },
  {
    name: 'third-match',
    author: 'lina',
    title: 'Serve the account page, too',
    body: 'One more path for the same backend.',
    edits: [
      replace(
        login,
        '            exact: /logout\n',
        '            exact: /logout\n        - uri:\n            exact: /account\n',
      ),
    ],
    ends: {
      conclusion: 'failure',
      rule: 'dropped-entry',
      changes: [{ kind: 'dropped', touched: ['login'], requests: loginRoutes }],
      comment: 'comment',
    },
  },
  {
    name: 'catch-all',
    author: 'carla',
    title: 'Answer everything else with the product page',
    body: 'A friendly page is better than a 404.',
    edits: [append(catalog, `    - route:${route.slice('\n      route:'.length)}`)],
    ends: {
      conclusion: 'action_required',
      asked: ['login'],
      changes: [
        {
          kind: 'opened',
          touched: ['catalog', 'login'],
          requests: '/log* except /login and /logout',
          spill: true,
        },
        {
          kind: 'opened',
          touched: ['catalog'],
          requests: '/* except /api/v1/products*, /log*, /productpage and /static*',
        },
      ],
      comment: 'comment',
    },
  },
  {
    name: 'renamed',
    author: 'carla',
    title: 'Call our VirtualService by its name',
    body: 'vs-2 says nothing to anybody.',
    edits: [replace(catalog, '  name: vs-2\n', '  name: catalog\n')],
    ends: {
      conclusion: 'failure',
      rule: 'missing-secondary',
      changes: [{ kind: 'dropped', touched: ['catalog'], requests: catalogRoutes }],
      comment: 'comment',
    },
  },
  {
    name: 'hosts',
    author: 'lina',
    title: 'Say which host login is for',
    body: '',
    edits: [replace(login, 'spec:\n', 'spec:\n  hosts:\n    - login.example.com\n')],
    ends: {
      conclusion: 'failure',
      rule: 'secondary-with-hosts',
      changes: [
        { kind: 'dropped', touched: ['login'], requests: loginRoutes },
        { kind: 'opened', touched: ['login'], requests: loginRoutes },
        { kind: 'dropped', touched: [], requests: `/* except ${loginRoutes}` },
      ],
      comment: 'comment',
    },
  },
  {
    name: 'nested',
    author: 'carla',
    title: 'Split the catalog further',
    body: 'The product API gets a VirtualService of its own.',
    edits: [replace(catalog, route, '\n      delegate:\n        name: vs-2-api\n        namespace: ns1\n')],
    ends: {
      conclusion: 'failure',
      rule: 'nested-delegate',
      changes: [{ kind: 'dropped', touched: ['catalog'], requests: catalogRoutes }],
      comment: 'comment',
    },
  },
  {
    name: 'both',
    author: 'maya',
    title: 'Give login a fallback',
    body: 'In case vs-1 is ever missing.',
    edits: [
      replace(
        primary,
        '        name: vs-1\n        namespace: ns1\n',
        `        name: vs-1\n        namespace: ns1${route}`,
      ),
    ],
    ends: { conclusion: 'failure', rule: 'delegate-beside-action', changes: [], comment: 'comment' },
  },
  {
    name: 'scary-but-empty',
    author: 'maya',
    title: 'Put the broad prefix first',
    body: 'The big one first reads better.',
    edits: [
      {
        path: primary,
        change: (text) => {
          const [head = '', first = '', second = ''] = text.split('    - delegate:\n')
          return `${head}    - delegate:\n${second}    - delegate:\n${first}`
        },
      },
    ],
    ends: { conclusion: 'success', changes: [], comment: 'no comment' },
  },
  {
    name: 'formatting',
    author: 'carla',
    title: 'Sort keys and say what is what',
    body: '',
    edits: [
      {
        path: catalog,
        change: (text) =>
          text
            .replace(
              '  name: vs-2\n  namespace: ns1\n',
              '  namespace: ns1\n  name: vs-2 # product pages and their API\n',
            )
            .replace('kind: VirtualService\n', '')
            .replace('apiVersion', '# Owned by catalog.\nkind: VirtualService\napiVersion'),
      },
    ],
    ends: { conclusion: 'success', changes: [], comment: 'no comment' },
  },
  {
    name: 'lost-subset',
    author: 'maya',
    title: 'Retire the second version of the product page',
    body: 'Its trial is over.',
    edits: [replace(subsets, '    - name: v2\n      labels:\n        version: v2\n', '')],
    ends: {
      conclusion: 'failure',
      rule: 'missing-subset',
      asked: ['catalog', 'login'],
      changes: [],
      comment: 'comment',
    },
  },
  {
    name: 'bystander',
    author: 'ciro',
    title: 'Say hello',
    body: '',
    edits: [append('README.md', '# The Bookinfo mesh\n\nAsk in #mesh before you change a prefix.\n')],
    ends: { conclusion: 'success', changes: [], comment: 'no comment' },
  },
]
