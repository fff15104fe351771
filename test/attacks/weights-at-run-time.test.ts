import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

interface Shares {
  readonly stable?: string
  readonly canary?: string
  readonly weights?: readonly [number, number]
  readonly match?: string
  readonly more?: string
  readonly name?: string
  readonly rest?: string
}

/** Catalog's secondary, with an entry that something shares between two versions. */
function secondary({
  stable = 'products-stable',
  canary = 'products-canary',
  weights: [a, b] = [90, 10],
  match = 'prefix: /api/v1/products',
  more = '',
  name = 'products',
  rest = '',
}: Shares = {}): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs-2, namespace: ns1 }
spec:
  http:
    - name: ${name}
      match: [{ uri: { ${match} } }]
${more}      route:
        - { destination: { host: ${stable} }, weight: ${a} }
        - { destination: { host: ${canary} }, weight: ${b} }
${rest}`
}

const pages = (weights: readonly [number, number]) => `    - name: pages
      match: [{ uri: { exact: /productpage } }]
      route:
        - { destination: { host: products-stable }, weight: ${weights[0]} }
        - { destination: { host: products-canary }, weight: ${weights[1]} }
`

const rollout = (routing = 'virtualService: { name: vs-2, routes: [products] }', canary = '') =>
  `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: products, namespace: ns1 }
spec:
  strategy:
    canary:
${canary || '      stableService: products-stable\n      canaryService: products-canary\n'}      trafficRouting: { istio: { ${routing} } }
`

const canaryOf = (name: string, more = '') => `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: ${name}, namespace: ns1 }
spec:
${more}  targetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  service: { port: 80, delegation: true }
`

const path = 'teams/catalog/vs-2.yaml'
const run = 'teams/catalog/rollout.yaml'
const argo = 'ignoreFields: [argo-rollouts]\n'
const flagger = 'ignoreFields: [flagger]\n'

interface Case {
  readonly before?: string
  readonly beside?: Files
  readonly files?: Files
  readonly configuration?: string
}

function settingOf({ before = secondary(), beside = { [run]: rollout() }, configuration = argo }: Case) {
  return { files: { [path]: before, ...beside }, configuration }
}

const shifted = secondary({ weights: [10, 90] })

/** The file is catalog's, so that catalog is asked in any case; what matters is that it is told which shares there would be. */
function told(way: string, after: string, each: Case = {}, more: Partial<Attempt> = {}): Attempt {
  return {
    way,
    setting: settingOf(each),
    by: 'lina',
    files: { [path]: after, ...each.files },
    conclusion: 'action_required',
    waitsFor: ['catalog'],
    says: /\d % /,
    ...more,
  }
}

function ignored(way: string, after: string, each: Case = {}): Omit<Attempt, 'conclusion' | 'waitsFor'> {
  return {
    way,
    setting: settingOf(each),
    files: { [path]: after, ...each.files },
    title: /no request changes|nothing changes|OK/,
    says: 'set at run time',
    silentOn: /would|%/,
  }
}

const subsets = (weights: readonly [number, number]) =>
  secondary({
    stable: 'products, subset: stable',
    canary: 'products, subset: canary',
    weights,
  })

const full = {
  stable: 'products-stable.ns1.svc.cluster.local',
  canary: 'products-canary.ns1.svc.cluster.local',
}

const primaries = (weights: readonly [number, number]) =>
  secondary({ stable: 'vs-2-primary', canary: 'vs-2-canary', weights })

testAttackClass('what is hidden behind weights that something sets at run time', {
  attack: told('another destination beside other weights', secondary({ canary: 'evil', weights: [1, 99] })),
  variants: [
    told('another match', secondary({ weights: [10, 90], match: 'prefix: /' })),
    told('another stable service', secondary({ stable: 'evil', weights: [10, 90] })),
    told('a rewrite', secondary({ weights: [10, 90], more: '      rewrite: { uri: / }\n' })),
    told('a timeout', secondary({ weights: [10, 90], more: '      timeout: 1s\n' })),
    told('a third destination', `${shifted}        - { destination: { host: evil }, weight: 100 }\n`),
    told('weights of an entry that the Rollout does not name', secondary({ rest: pages([10, 90]) }), {
      before: secondary({ rest: pages([90, 10]) }),
    }),
    told(
      'of two entries where the Rollout names none',
      secondary({ weights: [10, 90], rest: pages([9, 1]) }),
      {
        before: secondary({ rest: pages([9, 1]) }),
        beside: { [run]: rollout('virtualService: { name: vs-2 }') },
      },
    ),
    told('a Rollout that comes with the edit', shifted, { beside: {}, files: { [run]: rollout() } }),
    told('one that goes with it', shifted, { files: { [run]: null } }),
    told('one that names another VirtualService', shifted, {
      beside: { [run]: rollout('virtualService: { name: vs-1, routes: [products] }') },
    }),
    told('one of another namespace', shifted, {
      beside: { [run]: rollout().replace('namespace: ns1', 'namespace: ns2') },
    }),
    told('one between other services', shifted, {
      beside: { [run]: rollout(undefined, '      stableService: a\n      canaryService: b\n') },
    }),
    told('one in a comment', shifted, { beside: { [run]: rollout().replace(/^/gm, '# ') } }),
    told('another kind of that name', shifted, {
      beside: { [run]: rollout().replace('argoproj.io', 'example.org') },
    }),
    told('without the preset', shifted, { configuration: 'ignoreFields: []\n' }),
    told('with the other preset', shifted, { configuration: flagger }),
    told('a Canary of another VirtualService', shifted, {
      beside: { [run]: canaryOf('products') },
      configuration: flagger,
    }),
    told('the configuration names others', shifted, {
      beside: {},
      configuration: 'ignoreWeights: ["ns2/*", "ns1/vs-1"]\n',
    }),
    told('the file of another team', shifted, {}, { says: /vs-2 is theirs[\s\S]*set at run time/ }),
  ],
  neighbours: [
    ignored('the weights alone', shifted),
    ignored(
      'in another order',
      secondary({
        stable: 'products-canary',
        canary: 'products-stable',
        weights: [70, 30],
      }),
    ),
    ignored('the only entry of a Rollout that names none', shifted, {
      beside: { [run]: rollout('virtualService: { name: vs-2 }') },
    }),
    ignored('one of several VirtualServices', shifted, {
      beside: { [run]: rollout('virtualServices: [{ name: a }, { name: vs-2, routes: [x, products] }]') },
    }),
    ignored('one by its namespace', shifted, {
      beside: {
        [run]: rollout('virtualService: { name: vs-2.ns1, routes: [products] }'),
      },
    }),
    ignored('hosts in full', secondary({ ...full, weights: [10, 90] }), { before: secondary(full) }),
    ignored('subsets of a DestinationRule', subsets([10, 90]), {
      before: subsets([100, 0]),
      beside: {
        [run]: rollout(
          'virtualService: { name: vs-2 }, destinationRule: { name: products, stableSubsetName: stable, canarySubsetName: canary }',
          '      steps: [{ setWeight: 10 }]\n',
        ),
      },
    }),
    ignored('ping and pong', secondary({ stable: 'ping', canary: 'pong', weights: [10, 90] }), {
      before: secondary({ stable: 'ping', canary: 'pong' }),
      beside: { [run]: rollout(undefined, '      pingPong: { pingService: ping, pongService: pong }\n') },
    }),
    ignored('those of a Canary', primaries([10, 90]), {
      before: primaries([100, 0]),
      beside: { [run]: canaryOf('vs-2') },
      configuration: flagger,
    }),
    ignored('of whatever the configuration names', shifted, {
      beside: {},
      configuration: 'ignoreWeights: ["ns1/vs-2"]\n',
    }),
    ignored('by a glob', shifted, { beside: {}, configuration: 'ignoreWeights: ["ns1/*"]\n' }),
  ],
})
