import { policyOf } from '../../access/access-policy.ts'
import { has } from '../../access/gateway-pods.ts'
import { isRefusedByWebhook } from '../../access/refused-policies.ts'
import type { Comparison } from '../../diff/comparison.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { gatewayApiGroup, gatewayNameLabel } from '../../manifest/kinds/gateway-api-names.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import { canShareAPod, httpServersOf } from '../../routing/listeners/gateways.ts'
import { allGatewaysOf } from '../../routing/meshes/all-gateways.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import type { UnjudgedObject, UnjudgedPair } from './unjudged-objects.ts'

type Labels = Readonly<Record<string, string>>

/**
 * Whether all that an AuthorizationPolicy does is worked out: it is for pods of Gateways here and for no others, all of which is http.
 * Then what it changes is a change of requests, and nothing besides.
 */
export function isJudgedAtGateways({ before, after }: UnjudgedPair, comparison: Comparison): boolean {
  const paths = [before, after].map((objects) => new Set(objects.map(({ resource }) => resource.file.path)))
  const [old, now] = paths
  const isMoved = before.length > 0 && after.length > 0 && [...(old ?? [])].join() !== [...(now ?? [])].join()
  if (isMoved || paths.some(({ size }) => size > 1)) return false
  return (
    before.every((each) => isJudged(each, comparison.base, comparison)) &&
    after.every((each) => isJudged(each, comparison.merged, comparison))
  )
}

function isJudged({ resource, perhaps }: UnjudgedObject, side: Snapshot, comparison: Comparison): boolean {
  const { base, merged, meshOf } = comparison
  const mesh = meshOf(resource)
  const own = side.meshes.find(({ name }) => name === mesh)
  const isOfMesh = (each: UnmodelledResource) => meshOf(each) === mesh
  const isAlone = [base, merged].every(({ manifests }) =>
    areOne(manifests.unmodelled.filter(isOfMesh), resource),
  )
  return perhaps !== true && own !== undefined && isAlone && isWithinGateways(resource, own)
}

/** A cluster keeps what was applied last: a namesake elsewhere is another question. */
function areOne(all: readonly UnmodelledResource[], { kind, ...resource }: UnmodelledResource): boolean {
  return all.filter((each) => each.kind === kind && identityOf(each) === identityOf(resource)).length < 2
}

function isWithinGateways(resource: UnmodelledResource, mesh: Mesh): boolean {
  const { policy, refused } = resource
  if (policy === undefined || policy.isIncomplete || refused === true || isRefusedByWebhook(resource))
    return false
  const labels = labelsMeant(resource)
  if (labels === undefined || Object.values(labels).some(isUnknown)) return false
  const standing = allGatewaysOf(mesh)
  const there = standing.filter((each) => runsOnAll(each, labels))
  const acting = policyOf(resource)
  const isReached = there.some(
    (each) =>
      acting === undefined ||
      mesh.accessAt(identityOf(each), undefined).applied.some(({ policy: own }) => own === acting),
  )
  const sharing = standing.filter((each) => canShareAPod(each, { spec: { selector: labels } }))
  return isReached && sharing.every(isHttp) && !isWithOthers(labels, there, mesh) && !isOpen(labels, mesh)
}

/** The labels of the pods that a policy is for: those it selects by, or those of the pods that are made for the Gateway it names. */
function labelsMeant({ policy, namespace }: UnmodelledResource): Labels | undefined {
  const { targetRef, targetRefs = [], selector } = policy?.spec ?? {}
  const [target, ...others] = [...targetRefs, ...(targetRef === undefined ? [] : [targetRef])]
  if (target === undefined) return { ...selector?.matchLabels }
  const { group, kind, name = '' } = target
  const isGateway = group === gatewayApiGroup && kind === 'Gateway'
  const isHere = isGateway && (target.namespace ?? namespace) === namespace
  return isHere && others.length === 0 ? { [gatewayNameLabel]: name } : undefined
}

/** Whether every pod with some labels is one of the Gateway's. */
function runsOnAll({ spec }: Gateway, labels: Labels): boolean {
  const selector = Object.entries(spec.selector ?? {})
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value && !isUnknown(value))
}

function isHttp(gateway: Gateway): boolean {
  return httpServersOf(gateway).length === (gateway.spec.servers ?? []).length
}

/** Whether something here has the labels and runs where none of the Gateways does: those of Istio's own take pods of any namespace. */
function isWithOthers(labels: Labels, gateways: readonly Gateway[], { access }: Mesh): boolean {
  if (gateways.some(({ pods }) => pods === undefined)) return false
  const { workloads = [], services = [] } = access?.facts() ?? {}
  const namespaces = new Set(gateways.flatMap(({ pods }) => pods?.namespace ?? []))
  const placed = [
    ...workloads.filter((each) => has(each.labels, labels)),
    ...services.filter((each) => has(each.selector, labels)),
  ]
  return placed.some(({ namespace }) => namespace === undefined || !namespaces.has(namespace))
}

/** Whether something of the Gateway API that is not worked out may have listeners, or routes, on the pods. */
function isOpen(labels: Labels, { gatewayApi }: Mesh): boolean {
  const name = labels[gatewayNameLabel]
  return (gatewayApi?.all ?? []).some(
    (each) =>
      holdsListeners.has(each.kind) &&
      gatewayApi?.missingOf(each).length !== 0 &&
      (name === undefined || each.kind !== 'Gateway' || each.name === name || isUnknown(each.name)),
  )
}

const holdsListeners = new Set(['Gateway', 'ListenerSet', 'Ingress'])
