import type { JsonObject, JsonValue } from '../../../manifest/json.ts'
import { at, objectsOf, picked, textOf } from '../../../manifest/json-fields.ts'
import { isWorkload } from '../../../manifest/layers/partly-deciding.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Subject, Target } from '../../reach.ts'
import { podTemplatesOf } from '../../reading/pod-templates.ts'
import { podsReach } from './pods.ts'

/** The workload that an object scales, or of whose pods it says how large they are or where they run, wherever its kind says so. */
function scaled({ body }: Subject): JsonValue | undefined {
  const sized = at(body, 'spec', 'targetRef')
  const named = [
    at(body, 'spec', 'scaleTargetRef'),
    at(body, 'spec', 'target', 'scaleTargetRef'),
    ...(isWorkload(textOf(at(sized, 'kind')) ?? '') && isBounding(body) ? [sized] : []),
  ]
  return named.find((each) => textOf(at(each, 'name')) !== undefined)
}

/** Whether it says how much pods may have at most, or how many of them may run where; what only measures them is nobody's concern. */
function isBounding(body: JsonObject): boolean {
  const policies = objectsOf(at(body, 'spec', 'resourcePolicy', 'containerPolicies'))
  return (
    at(body, 'spec', 'subsets') !== undefined || policies.some(({ maxAllowed }) => maxAllowed !== undefined)
  )
}

/** Whether it leaves nothing running whatever is asked for. */
function isPaused({ annotations, body }: Subject): boolean {
  const most = at(body, 'spec', 'maxReplicas') ?? at(body, 'spec', 'maxReplicaCount')
  return most === 0 || annotations['autoscaling.keda.sh/paused-replicas'] === '0'
}

/** By which measure something is scaled is nobody's concern here; what is, is. */
function scalerDecides(subject: Subject): JsonValue | undefined {
  const target = scaled(subject)
  return target === undefined ? undefined : picked(target, ['kind', 'name'])
}

function scalerReach(subject: Subject): readonly Target[] {
  const name = textOf(at(scaled(subject), 'name')) ?? ''
  return [{ kind: 'workload', namespace: subject.namespace, name }]
}

function pausedDecides(subject: Subject): JsonValue | undefined {
  return scaled(subject) !== undefined && isPaused(subject) ? 'nothing runs' : undefined
}

/** A workload of which no pod runs. */
function emptyDecides({ body }: Subject): JsonValue | undefined {
  return at(body, 'spec', 'replicas') === 0 && podTemplatesOf(body).length > 0 ? 'nothing runs' : undefined
}

/** What bounds all pods of a namespace, and so may let none of them start; what is only stored is no matter of pods. */
export function bounded(spec: JsonValue | undefined): JsonValue | undefined {
  const hard = Object.entries(objectsOf(at(spec, 'hard'))[0] ?? {}).filter(
    ([name]) => !/(?:^|\/)(?:configmaps|secrets|events)\b/.test(name),
  )
  const limits = at(spec, 'limits')
  return hard.length === 0 && limits === undefined ? undefined : [Object.fromEntries(hard), limits ?? null]
}

/** What bounds a namespace, by objects in it. */
export const bounds: readonly KindEntry[] = ['', 'hnc.x-k8s.io'].map((group) => ({
  group,
  kinds: ['ResourceQuota', 'LimitRange', 'HierarchicalResourceQuota'],
  decides: ({ body }) => bounded(at(body, 'spec')),
  reach: ({ namespace }) => [{ kind: 'residents', namespace }],
  partial: true,
  quiet: true,
}))

/** How many pods run concerns nobody but their team, until none do: then whatever leads to them ends there. */
export const scaling: readonly KindEntry[] = [
  { group: '*', decides: scalerDecides, reach: scalerReach, partial: true, quiet: true },
  { group: '*', decides: pausedDecides, reach: scalerReach, partial: true },
  { group: '*', decides: emptyDecides, reach: podsReach, partial: true },
  ...bounds,
  {
    group: 'kube-green.com',
    kinds: ['SleepInfo'],
    decides: ({ body }) => at(body, 'spec') ?? null,
    reach: ({ namespace }) => [{ kind: 'residents', namespace }],
    partial: true,
    quiet: true,
  },
]
