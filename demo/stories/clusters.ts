import { append, replace } from '../edits.ts'
import type { Story } from '../story.ts'

const loginRoutes = '/login and /logout'
const catalogRoutes = '/api/v1/products* and /productpage'

/** What happens to a mesh that Argo CD delivers to two clusters, in the order in which it is told. */
export const clusterStories: readonly Story[] = [
  {
    name: 'staging-timeout',
    author: 'lina',
    title: 'Try a timeout of three seconds in staging',
    body: 'Production follows if nobody complains.',
    edits: [
      append(
        'login/overlays/staging/kustomization.yaml',
        `patches:
  - target:
      kind: VirtualService
      name: login
    patch: |-
      - op: add
        path: /spec/http/0/timeout
        value: 3s
`,
      ),
    ],
    ends: {
      conclusion: 'success',
      changes: [{ kind: 'changed', touched: ['login'], requests: loginRoutes }],
      comment: 'no comment',
    },
  },
  {
    name: 'base-catch-all',
    author: 'carla',
    title: 'Answer everything else with the product page',
    body: 'A friendly page is better than a 404.',
    edits: [
      append(
        'catalog/base/routes.yaml',
        `    - route:
        - destination:
            host: productpage.catalog.svc.cluster.local
            port:
              number: 9080
`,
      ),
    ],
    ends: {
      conclusion: 'action_required',
      asked: ['login'],
      changes: ['prod', 'staging'].flatMap(() => [
        {
          kind: 'opened',
          touched: ['catalog', 'login'],
          requests: '/log* except /login and /logout',
          spill: true as const,
        },
        {
          kind: 'opened',
          touched: ['catalog'],
          requests: '/* except /api/v1/products*, /log* and /productpage',
        },
      ]),
      comment: 'comment',
    },
    approval: { by: 'leo', conclusion: 'success' },
  },
  {
    name: 'prefixed',
    author: 'carla',
    title: 'Prefix what production has with v2',
    body: 'So that both versions can stand side by side.',
    edits: [append('catalog/overlays/prod/kustomization.yaml', 'namePrefix: v2-\n')],
    ends: {
      conclusion: 'failure',
      rule: 'missing-secondary',
      changes: [{ kind: 'dropped', touched: ['catalog'], requests: catalogRoutes }],
      comment: 'comment',
    },
  },
  {
    name: 'misspelt',
    author: 'carla',
    title: 'Call the file by what it holds',
    body: '',
    edits: [replace('catalog/base/kustomization.yaml', 'routes.yaml', 'products.yaml')],
    ends: { conclusion: 'failure', rule: 'not-deployed', changes: [], comment: 'comment' },
  },
  {
    name: 'third-cluster',
    author: 'carla',
    title: 'Bring the catalog to the cluster eu',
    body: '',
    edits: [append('catalog/overlays/eu/kustomization.yaml', 'resources:\n  - ../../base\n')],
    ends: { conclusion: 'action_required', asked: ['mesh-admins'], changes: [], comment: 'comment' },
  },
  {
    name: 'staging-host',
    author: 'maya',
    title: 'Give staging its own domain',
    body: '',
    edits: [
      replace('mesh/overlays/staging/kustomization.yaml', 'staging.shop.example', 'shop.staging.example'),
    ],
    ends: {
      conclusion: 'action_required',
      asked: ['catalog', 'login'],
      changes: [
        { kind: 'dropped', touched: ['catalog'], requests: catalogRoutes },
        { kind: 'dropped', touched: ['login'], requests: loginRoutes },
        { kind: 'opened', touched: ['catalog'], requests: catalogRoutes },
        { kind: 'opened', touched: ['login'], requests: loginRoutes },
      ],
      comment: 'comment',
    },
  },
  {
    name: 'said-twice',
    author: 'lina',
    title: 'Say the namespace in the manifest, too',
    body: 'Editors ask for it.',
    edits: [replace('login/base/routes.yaml', '  name: login\n', '  name: login\n  namespace: login\n')],
    ends: { conclusion: 'success', changes: [], comment: 'no comment' },
  },
  {
    name: 'release',
    author: 'ciro',
    title: 'Release the product page',
    body: '',
    edits: [
      append(
        'catalog/overlays/prod/kustomization.yaml',
        'images:\n  - name: productpage\n    newTag: "1.19"\n',
      ),
    ],
    ends: { conclusion: 'success', changes: [], comment: 'no comment' },
  },
]
