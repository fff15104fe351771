import type { JsonObject, JsonValue } from '../../../manifest/json.ts'
import { at, picked } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Subject, type Target } from '../../reach.ts'
import { bounded } from './scaling.ts'

/** Pods of a class may put others off their node, unless they wait, or come after all that say nothing. */
function classDecides({ body }: Subject): JsonValue | undefined {
  const value = body['value']
  const putsOff = body['preemptionPolicy'] !== 'Never' && typeof value === 'number' && value > 0
  return putsOff || body['globalDefault'] === true
    ? picked(body, ['value', 'globalDefault', 'preemptionPolicy'])
    : undefined
}

/** A quota for all namespaces that a selector takes together. */
function clusterQuotaDecides({ body }: Subject): JsonValue | undefined {
  const bound = bounded(at(body, 'spec', 'quota'))
  return bound === undefined ? undefined : [bound, at(body, 'spec', 'selector') ?? null]
}

/** By annotations it takes namespaces of which nothing is known here. */
function clusterQuotaReach({ body }: Subject): readonly Target[] {
  const selector = at(body, 'spec', 'selector')
  const namespaces = at(selector, 'labels')
  if (at(selector, 'annotations') !== undefined || namespaces === undefined) return [{ kind: 'everybody' }]
  return [{ kind: 'admitted', of: 'objects', namespaces, objects: null }]
}

/** What the namespaces of a tenant of Capsule's get, each as the object that it becomes. */
function tenantDecides({ body }: Subject): JsonValue | undefined {
  const spec = at(body, 'spec')
  const said: JsonObject = picked(spec, ['resourceQuotas', 'limitRanges', 'networkPolicies', 'nodeSelector'])
  return Object.keys(said).length === 0 ? undefined : said
}

/** What the scheduler shares between namespaces by quotas of its own. */
function shareDecides({ body }: Subject): JsonValue | undefined {
  return at(body, 'spec', 'max')
}

/** What decides for all of a cluster where pods may run: where none of a service does, whatever leads to it ends in 503. */
export const scheduling: readonly KindEntry[] = [
  {
    group: 'scheduling.k8s.io',
    kinds: ['PriorityClass'],
    decides: classDecides,
    reach: everybody,
    partial: true,
  },
  {
    group: 'quota.openshift.io',
    kinds: ['ClusterResourceQuota'],
    decides: clusterQuotaDecides,
    reach: clusterQuotaReach,
    partial: true,
    quiet: true,
  },
  {
    group: 'capsule.clastix.io',
    kinds: ['Tenant'],
    decides: tenantDecides,
    reach: everybody,
    partial: true,
  },
  ...['scheduling.x-k8s.io', 'scheduling.sigs.k8s.io'].map(
    (group): KindEntry => ({
      group,
      kinds: ['ElasticQuota'],
      decides: shareDecides,
      reach: ({ namespace }) => [{ kind: 'residents', namespace }],
      partial: true,
      quiet: true,
    }),
  ),
]
