import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { at, labelsOf } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Subject } from '../../reach.ts'
import { amountOf } from '../../reading/quantity.ts'
import { closingTaints } from './nodes.ts'

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

/** By which network, in which subnets and with which rights nodes come up; images, tags and disks are nobody's concern. */
function classDecides({ body, kind }: Subject): JsonValue | undefined {
  if (!/(?:NodeClass|NodeTemplate)$/.test(kind)) return undefined
  const spec = isObject(body['spec']) ? body['spec'] : {}
  const { amiSelectorTerms: _, amiFamily: __, tags: ___, blockDeviceMappings: ____, ...said } = spec
  return said
}

const pools = ['NodePool', 'Provisioner', 'MachineDeployment', 'MachineSet', 'MachinePool', 'ResourceFlavor']

/** Which nodes there are for pods to run on: what is new takes nothing from anybody. */
export const nodePools: readonly KindEntry[] = [
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
]
