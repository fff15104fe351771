import { policyOf } from '../../access/access-policy.ts'
import { isRefusedByWebhook } from '../../access/refused-policies.ts'
import type { Comparison } from '../../diff/comparison.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { canShareAPod, httpServersOf } from '../../routing/listeners/gateways.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import type { UnjudgedObject, UnjudgedPair } from './unjudged-objects.ts'

/**
 * Whether all that an AuthorizationPolicy does is worked out: it is for pods of Gateways here and for no others, all of which is http.
 * Then what it changes is a change of requests, and nothing besides.
 */
export function isJudgedAtGateways({ before, after }: UnjudgedPair, comparison: Comparison): boolean {
  const [old, now] = [before[0], after[0]]
  if (before.length > 1 || after.length > 1) return false
  const isMoved = old && now && old.resource.file.path !== now.resource.file.path
  if (isMoved === true) return false
  return (
    (old === undefined || isJudged(old, comparison.base, comparison)) &&
    (now === undefined || isJudged(now, comparison.merged, comparison))
  )
}

function isJudged({ resource, mesh, perhaps }: UnjudgedObject, side: Snapshot, { base, merged }: Comparison) {
  const own = side.meshes.find(({ name }) => name === mesh)
  const isAlone = [base, merged].every(({ manifests }) => areOne(manifests.unmodelled, resource))
  return perhaps !== true && own !== undefined && isAlone && isWithinGateways(resource, own)
}

/** A cluster keeps what was applied last: a namesake elsewhere is another question. */
function areOne(all: readonly UnmodelledResource[], { kind, ...resource }: UnmodelledResource): boolean {
  return all.filter((each) => each.kind === kind && identityOf(each) === identityOf(resource)).length < 2
}

function isWithinGateways(resource: UnmodelledResource, { inForce, accessAt }: Mesh): boolean {
  const { policy, refused, unit } = resource
  if (policy === undefined || policy.isIncomplete || refused === true || unit !== undefined) return false
  const { spec } = policy
  const isAttached = spec.targetRef !== undefined || (spec.targetRefs ?? []).length > 0
  const labels = { ...spec.selector?.matchLabels }
  if (isAttached || isRefusedByWebhook(resource) || Object.values(labels).some(isUnknown)) return false
  const there = inForce.gateways.filter((each) => runsOnAll(each, labels))
  const acting = policyOf(resource)
  const isReached = there.some(
    (each) =>
      acting === undefined ||
      accessAt(identityOf(each), undefined).applied.some(({ policy: own }) => own === acting),
  )
  const sharing = inForce.gateways.filter((each) => canShareAPod(each, { spec: { selector: labels } }))
  return isReached && sharing.every(isHttp)
}

/** Whether every pod with some labels is one of the Gateway's. */
function runsOnAll({ spec }: Gateway, labels: Readonly<Record<string, string>>): boolean {
  const selector = Object.entries(spec.selector ?? {})
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value && !isUnknown(value))
}

function isHttp(gateway: Gateway): boolean {
  return httpServersOf(gateway).length === (gateway.spec.servers ?? []).length
}
