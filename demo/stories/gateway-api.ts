import { append, replace } from '../edits.ts'
import type { Story } from '../story.ts'

const login = 'teams/login/login.yaml'

/** What happens to a mesh of HTTPRoutes, in the order in which it is told. */
export const gatewayApiStories: readonly Story[] = [
  {
    name: 'own-route-timeout',
    author: 'lina',
    title: 'Give login a timeout of three seconds',
    body: 'The account service answers in well under a second; three are plenty.',
    edits: [append(login, '      timeouts:\n        request: 3s\n')],
    ends: {
      conclusion: 'success',
      changes: [{ kind: 'changed', touched: ['login'], requests: '/login and /login/*' }],
      comment: 'no comment',
    },
  },
  {
    name: 'route-inside',
    author: 'carla',
    title: 'Show the catalog on the login page, too',
    body: 'An HTTPRoute of our own, for one path.',
    edits: [
      append(
        'teams/catalog/offers.yaml',
        `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: offers
  namespace: catalog
spec:
  parentRefs:
    - name: shop
      namespace: istio-system
  hostnames:
    - shop.example.com
  rules:
    - matches:
        - path:
            value: /login/offers
      backendRefs:
        - name: catalog
          port: 80
`,
      ),
    ],
    ends: {
      conclusion: 'action_required',
      asked: ['login'],
      changes: [
        { kind: 'moved', touched: ['catalog', 'login'], requests: '/login/offers and /login/offers/*' },
      ],
      comment: 'comment',
    },
    approval: { by: 'leo', conclusion: 'success' },
  },
  {
    name: 'closed-listener',
    author: 'maya',
    title: 'Let the gateway take routes of its own namespace alone',
    body: 'Nobody should attach routes from elsewhere.',
    edits: [replace('mesh/gateway.yaml', '          from: All\n', '          from: Same\n')],
    ends: {
      conclusion: 'action_required',
      asked: ['catalog', 'login'],
      changes: [
        { kind: 'dropped', touched: ['login'], requests: '/login and /login/*' },
        { kind: 'dropped', touched: ['catalog'], requests: '/products and /products/*' },
      ],
      comment: 'comment',
    },
  },
]
