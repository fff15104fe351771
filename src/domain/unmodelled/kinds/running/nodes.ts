import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Subject, Target } from '../../reach.ts'
import { at, labelsOf, objectsOf, picked, textOf, textsOf } from '../../reading/written.ts'

/** Taints that keep pods from a node, or drive them off it. */
export function closingTaints(value: JsonValue | undefined): readonly JsonObject[] {
  return objectsOf(value).filter(({ effect }) => effect !== 'PreferNoSchedule')
}

/** What of a pool of nodes says which pods may run on it, and how many. */
interface Pool {
  readonly taints: readonly JsonObject[]
  readonly labels: Readonly<Record<string, string>>
  readonly requirements: JsonValue
  readonly limits: JsonObject
  readonly isEmpty: boolean
}

/** Karpenter has what its nodes are like in a template, its older kind and others beside the rest. */
function poolOf({ body }: Subject): Pool {
  const spec = at(body, 'spec')
  const inner = at(spec, 'template', 'spec') ?? {}
  const of = (field: string) => at(inner, field) ?? at(spec, field)
  const limits = at(spec, 'limits', 'resources') ?? at(spec, 'limits')
  return {
    taints: [...closingTaints(of('taints')), ...closingTaints(at(spec, 'nodeTaints'))],
    labels: labelsOf(
      at(spec, 'template', 'metadata', 'labels') ?? at(spec, 'labels') ?? at(spec, 'nodeLabels'),
    ),
    requirements: of('requirements') ?? null,
    limits: isObject(limits) ? limits : {},
    isEmpty: at(spec, 'replicas') === 0,
  }
}

/** A pool that lets in whatever it let in, and has as much room or more. */
function hasRoomAsBefore(before: Pool, after: Pool): boolean {
  const known = new Set(before.taints.map((each) => canonicalJson(each)))
  const kept = Object.entries(before.labels).every(([key, value]) => after.labels[key] === value)
  return (
    after.taints.every((each) => known.has(canonicalJson(each))) &&
    kept &&
    canonicalJson(before.requirements) === canonicalJson(after.requirements) &&
    Object.entries(after.limits).every(
      ([name, most]) => amountOf(most) >= amountOf(before.limits[name], 0),
    ) &&
    Object.keys(after.limits).every((name) => before.limits[name] !== undefined) &&
    (before.isEmpty || !after.isEmpty)
  )
}

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  Ki: 2 ** 10,
  M: 1e6,
  Mi: 2 ** 20,
  G: 1e9,
  Gi: 2 ** 30,
  T: 1e12,
  Ti: 2 ** 40,
}

/** A quantity of Kubernetes as a number; what is none is the least there is. */
function amountOf(quantity: JsonValue | undefined, otherwise = Number.NEGATIVE_INFINITY): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(m|k|[KMGT]i?)?$/.exec(String(quantity)) ?? []
  return number === undefined ? otherwise : Number(number) * (units[unit] ?? 1)
}

const everybody = (): readonly Target[] => [{ kind: 'everybody' }]

const pools = ['NodePool', 'Provisioner', 'MachineDeployment', 'MachineSet', 'MachinePool', 'ResourceFlavor']

/** Which nodes there are: cloud, network and image by which they come up. */
function classDecides({ body, kind }: Subject): JsonValue | undefined {
  if (!/(?:NodeClass|NodeTemplate)$/.test(kind)) return undefined
  const {
    amiSelectorTerms: _,
    amiFamily: __,
    tags: ___,
    blockDeviceMappings: ____,
    ...said
  } = {
    ...(isObject(body['spec']) ? body['spec'] : {}),
  }
  return said
}

/** Rules by which nodes are tainted as they come, or by which one is emptied. */
function taintingDecides({ body, kind }: Subject): JsonValue | undefined {
  if (kind === 'NodeMaintenance') return at(body, 'spec') ?? null
  const taints = objectsOf(at(body, 'spec', 'rules')).flatMap((rule) => closingTaints(rule['taints']))
  return taints.length === 0 ? undefined : taints
}

/** What the scheduler, and what drives pods off their nodes, are set up by. */
const settingUp = /^[ \t"']*kind["']?[ \t]*:[ \t]*["']?(?:DeschedulerPolicy|KubeSchedulerConfiguration)\b/m

function settingTexts({ body }: Subject): readonly string[] {
  return Object.values(labelsOf(body['data'])).filter((text) => settingUp.test(text))
}

/** The namespaces that the rules of a descheduler include, if all of them do. */
function disturbedBy(subject: Subject): readonly Target[] {
  const texts = settingTexts(subject)
  const included = texts.map((text) => /\binclude:[ \t]*(?:\[(?<list>[^\]]*)\])/.exec(text)?.groups?.['list'])
  if (included.length === 0 || included.includes(undefined)) return everybody()
  const names = included.flatMap((list = '') => list.split(',').map((each) => each.replace(/["'\s]/g, '')))
  return names.map((namespace) => ({ kind: 'residents', namespace }))
}

/** How pods of a class are started, and on which nodes. */
function runtimeDecides({ body }: Subject): JsonValue | undefined {
  return picked(body, ['handler', 'overhead', 'scheduling'])
}

/** Containers that are put into the pods of others. */
function injected({ body }: Subject): JsonValue | undefined {
  const { updateStrategy: _, ...said } = isObject(body['spec']) ? body['spec'] : {}
  return JSON.parse(canonicalJson(said).replace(/("image":"[^"@]*?)(?::[^"/:]*)?(?:@[^"]*)?"/g, '$1"'))
}

function injectedInto({ body }: Subject): readonly Target[] {
  const spec = at(body, 'spec')
  const labels = labelsOf(at(spec, 'selector', 'matchLabels'))
  const namespaces = [textOf(at(spec, 'namespace')) ?? [], ...textsOf(at(spec, 'namespaces'))].flat()
  if (Object.keys(labels).length === 0)
    return namespaces.length === 0
      ? everybody()
      : namespaces.map((namespace) => ({ kind: 'residents', namespace }))
  return namespaces.length === 0
    ? [{ kind: 'pods', labels, among: 'all' }]
    : namespaces.map((namespace) => ({ kind: 'pods', labels, among: { namespace } }))
}

/** Which nodes there are for pods to run on, and who puts them off: a pool that is new takes nothing from anybody. */
export const nodes: readonly KindEntry[] = [
  {
    group: '*',
    kinds: pools,
    decides: (subject) => ({ ...poolOf(subject) }),
    reach: everybody,
    reachOfMore: (before, after) => (hasRoomAsBefore(poolOf(before), poolOf(after)) ? [] : undefined),
    partial: true,
    harmlessIfNew: true,
  },
  { group: '*', decides: classDecides, reach: everybody, partial: true, harmlessIfNew: true },
  {
    group: '*',
    kinds: ['NodeFeatureRule', 'NodeMaintenance'],
    decides: taintingDecides,
    reach: everybody,
    partial: true,
    quietIfGone: true,
  },
  {
    group: '',
    kinds: ['ConfigMap'],
    decides: (subject) => {
      const texts = settingTexts(subject)
      return texts.length === 0 ? undefined : [...texts]
    },
    reach: disturbedBy,
    partial: true,
    quiet: true,
  },
  {
    group: 'operator.openshift.io',
    kinds: ['KubeDescheduler'],
    decides: ({ body }) => at(body, 'spec') ?? null,
    reach: everybody,
    partial: true,
    quietIfGone: true,
  },
  {
    group: 'node.k8s.io',
    kinds: ['RuntimeClass'],
    decides: runtimeDecides,
    reach: everybody,
    partial: true,
    harmlessIfNew: true,
  },
  {
    group: 'apps.kruise.io',
    kinds: ['SidecarSet'],
    decides: injected,
    reach: injectedInto,
    partial: true,
    quiet: true,
  },
]
