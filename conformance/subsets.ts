import { compareSides } from '../src/domain/deployment/compare-sides.ts'
import { takeOutSnapshots } from '../src/domain/policy/clusters.ts'
import { judgeCodeowners } from '../src/domain/policy/judge-codeowners.ts'
import { choicesFor, rulesIn } from '../src/domain/unmodelled/targets/rules-of-host.ts'
import { worldOf } from '../src/domain/unmodelled/targets/world.ts'
import type { Istio } from './istio.ts'
import type { KubernetesObject, Pod } from './mesh.ts'
import { filesOf, policy } from './ours.ts'
import { type Chance, chanceFrom } from './random.ts'
import { serviceObjects } from './random-mesh.ts'

/** DestinationRules of a mesh, and which subsets each pod has of each service. */
export interface FoundSubsets {
  readonly rules: readonly KubernetesObject[]
  readonly found: readonly FoundByPod[]
}

interface FoundByPod {
  /** Index in `clients`. */
  readonly pod: number
  readonly host: string
  /** Sorted. */
  readonly subsets: readonly string[]
}

/** Proxies in the namespaces that rules tell apart: those of services, of others, the root one and that of the gateways. */
const clients: readonly Pod[] = [
  { type: 'sidecar', namespace: 'n1', labels: { app: 'web' } },
  { type: 'sidecar', namespace: 'n1', labels: { app: 'db' } },
  { type: 'sidecar', namespace: 'n2', labels: { app: 'db' } },
  { type: 'sidecar', namespace: 'n3', labels: { app: 'web' } },
  { type: 'sidecar', namespace: 'istio-system', labels: { app: 'web' } },
  { type: 'router', namespace: 'edge', labels: { istio: 'ingress' } },
]

const hosts = ['web.n1.svc.cluster.local', 'db.n2.svc.cluster.local', 'web.n2.svc.cluster.local'] as const
const subsets = ['v1', 'v2'] as const

/** Asks the control plane about random rules; the same for the same numbers. Meshes of which its webhook refuses a rule are left out. */
export async function askSubsets(
  istio: Istio,
  from: number,
  count: number,
): Promise<readonly FoundSubsets[]> {
  const all: FoundSubsets[] = []
  for (let seed = from; seed < from + count; seed++) {
    const rules = randomRules(chanceFrom(Math.imul(seed + 1, 0x9e3779b1)))
    const { verdicts, proxies } = await istio.answer([...serviceObjects, ...rules], clients, {
      clusters: true,
    })
    if (verdicts.some((each) => each !== '')) continue
    const found = clients.flatMap((_, pod) =>
      hosts.map((host) => {
        const known = proxies[pod]?.clusters ?? {}
        return { pod, host, subsets: subsets.filter((each) => `outbound|80|${each}|${host}` in known) }
      }),
    )
    all.push({ rules, found })
  }
  return all
}

/** One to four rules, most of them for the same host, in the namespaces in which Istio looks for them. */
function randomRules(chance: Chance): readonly KubernetesObject[] {
  return Array.from({ length: 1 + chance.below(4) }, (_, index) => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: {
      name: `r${chance.below(90)}${index}`,
      namespace: chance.of(['n1', 'n1', 'n2', 'istio-system', 'edge']),
      creationTimestamp: `2026-01-01T00:00:0${index}Z`,
    },
    spec: randomRule(chance),
  }))
}

function randomRule(chance: Chance): KubernetesObject['spec'] {
  const [own] = hosts
  return {
    host: chance.of([own, own, own, '*.n1.svc.cluster.local', '*.local', 'web', hosts[1]]),
    ...(chance.oneIn(2) && {
      exportTo: chance.of([['.'], ['*'], ['n1'], ['n2'], ['n1', 'n2'], ['edge', 'n2']]),
    }),
    ...(chance.oneIn(4) && {
      workloadSelector: { matchLabels: chance.of([{ app: 'web' }, { app: 'db' }]) },
    }),
    subsets: chance.some(
      subsets.map((name) => ({ name, labels: { version: name } })),
      subsets.length,
    ),
  }
}

/** A pod that has other subsets of a service than we say, whatever the order of the rules is. */
interface Misfound extends FoundByPod {
  readonly rules: readonly KubernetesObject[]
  readonly ours: readonly string[]
}

export function misfound(all: readonly FoundSubsets[]): readonly Misfound[] {
  return all.flatMap(({ rules, found }) => {
    const subsetsOf = ourSubsets(rules)
    return found.flatMap((each) => {
      const pod = clients[each.pod]
      const ours = pod === undefined ? [] : subsetsOf(pod, each.host)
      return ours.includes(each.subsets.join()) ? [] : [{ ...each, rules, ours }]
    })
  })
}

/** The subsets of a service that a pod has, in each order in which the rules may have been created. */
function ourSubsets(rules: readonly KubernetesObject[]): (pod: Pod, host: string) => readonly string[] {
  const merged = filesOf([...serviceObjects, ...rules])
  const sides = { base: [], merged, changed: [], snapshots: [] }
  const { comparison } = compareSides(
    takeOutSnapshots(sides, policy),
    policy,
    judgeCodeowners({ changed: [] }),
  )
  const world = worldOf(comparison)
  const known = rulesIn(comparison.merged, 'default', world)
  return ({ namespace, labels }, host) =>
    choicesFor(known, { client: namespace, host, world }).map(({ rules: forMost, forSomePods }) => {
      const own = forSomePods.find(({ first: { selector = {} } }) =>
        Object.entries(selector).every(([name, value]) => labels[name] === value),
      )
      const taken = own?.rules ?? forMost
      return [...new Set(taken.flatMap((rule) => [...rule.subsets.keys()]))].toSorted().join()
    })
}
