import type { Comparison } from '../../diff/comparison.ts'
import { canonicalJson, type JsonObject } from '../../manifest/json.ts'
import { at, labelsOf, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { fullKind, groupOf } from '../../manifest/kinds/deciding-groups.ts'
import { gatewayApiGroup, gatewayNameLabel } from '../../manifest/kinds/gateway-api-names.ts'
import { identityOf } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { code } from '../../terms/code.ts'
import { podTemplatesOf } from '../../unmodelled/reading/pod-templates.ts'
import { worldOf } from '../../unmodelled/targets/world.ts'
import { say } from '../../words/phrase.ts'
import { meshOfPath } from '../input/mesh-of-path.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'

/** Kinds of Istio that are attached by `targetRefs`. */
const attached = new Set(['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin'])

/** A policy that is attached to a Gateway is for the pods that Istio makes for it; on those that somebody deploys it does nothing. */
export const ignoredTargetRef: Rule = {
  id: 'ignored-target-ref',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary:
    'A policy is attached to a Kubernetes Gateway on pods that somebody deploys: Istio ignores it in silence.',
  *check(side, comparison) {
    const gateways = side.manifests.unmodelled.filter((each) => isDeployedByHand(each, side, comparison))
    if (gateways.length === 0) return
    for (const policy of side.manifests.unmodelled) {
      if (!attached.has(policy.kind) || policy.refused === true) continue
      for (const reference of referencesOf(policy)) {
        const gateway = gateways.find((each) => isNamed(each, reference, policy))
        if (gateway !== undefined)
          yield explain(policy, gateway, meshOfPath(policy.file.path, side, comparison))
      }
    }
  },
}

/** Whether all that a policy is attached to are Gateways on pods that somebody deploys, wherever one of that name stands on this side. */
export function isIgnoredOn(side: Snapshot, policy: UnmodelledResource, comparison: Comparison): boolean {
  const { body, kind } = policy
  const references = referencesOf(policy)
  const written = ['targetRefs', 'targetRef'].flatMap((field) => objectsOf(at(body, 'spec', field)))
  const isSelecting = ['selector', 'targetSelectors'].some((field) => at(body, 'spec', field) !== undefined)
  if (!attached.has(kind) || references.length < written.length || isSelecting) return false
  return (
    references.length > 0 &&
    references.every((each) => isDeployedWherever(each, { policy, side, comparison }))
  )
}

interface On {
  readonly policy: UnmodelledResource
  readonly side: Snapshot
  readonly comparison: Comparison
}

function isDeployedWherever(reference: JsonObject, { policy, side, comparison }: On): boolean {
  const gateways = side.manifests.unmodelled.filter(
    (each) =>
      each.kind === 'Gateway' &&
      groupOf(each.apiVersion) === gatewayApiGroup &&
      isNamed(each, reference, policy),
  )
  const isBorne = worldOf(comparison)
    .workloads()
    .some(({ body }) =>
      podTemplatesOf(body).some(({ labels }) => labels[gatewayNameLabel] === reference['name']),
    )
  return !isBorne && gateways.length > 0 && gateways.every((each) => isDeployedByHand(each, side, comparison))
}

function referencesOf({ body }: UnmodelledResource): readonly JsonObject[] {
  return ['targetRefs', 'targetRef']
    .flatMap((field) => objectsOf(at(body, 'spec', field)))
    .filter((each) => each['kind'] === 'Gateway' && each['group'] === gatewayApiGroup)
}

function isNamed(
  gateway: UnmodelledResource,
  reference: JsonObject,
  { namespace }: UnmodelledResource,
): boolean {
  const own = textOf(reference['namespace']) ?? namespace
  return (
    reference['name'] === gateway.name && own !== undefined && own === gateway.namespace && own === namespace
  )
}

/** Bound by its addresses to Services, whose pods do not bear its name. */
function isDeployedByHand(resource: UnmodelledResource, side: Snapshot, comparison: Comparison): boolean {
  const { kind, apiVersion, body } = resource
  if (kind !== 'Gateway' || groupOf(apiVersion) !== gatewayApiGroup || !isOfIstio(resource, side))
    return false
  const addresses = objectsOf(at(body, 'spec', 'addresses'))
  const services = addresses.flatMap((each) =>
    each['type'] === 'Hostname' ? (textOf(each['value']) ?? []) : [],
  )
  if (services.length === 0 || services.length < addresses.length) return false
  return !services.some((host) => leadsToManagedPods(host, resource, comparison))
}

/** Classes of Istio's own that need no object. */
const classesOfIstio = new Set(['istio', 'istio-remote'])

function isOfIstio({ body }: UnmodelledResource, { manifests }: Snapshot): boolean {
  const name = textOf(at(body, 'spec', 'gatewayClassName')) ?? ''
  const known = manifests.unmodelled.find((each) => each.kind === 'GatewayClass' && each.name === name)
  const controller = known && at(known.body, 'spec', 'controllerName')
  return controller === undefined ? classesOfIstio.has(name) : controller === 'istio.io/gateway-controller'
}

function leadsToManagedPods(
  host: string,
  { namespace }: UnmodelledResource,
  comparison: Comparison,
): boolean {
  const [name] = host.split('.')
  return worldOf(comparison)
    .partial('Service')
    .some(
      (each) =>
        each.name === name &&
        each.namespace === namespace &&
        Object.hasOwn(labelsOf(at(each.body, 'spec', 'selector')), gatewayNameLabel),
    )
}

function explain(policy: UnmodelledResource, gateway: UnmodelledResource, mesh: string): Fault {
  const spec = policy.policy?.spec
  const field = spec?.targetRef === undefined ? 'targetRefs' : 'targetRef'
  return {
    code: 'ignored-target-ref',
    clause: say`${policy.kind} ${code(policy.name)} is attached to the Gateway ${code(gateway.name)}, and Istio ignores it on its pods`,
    rest: say`: they are none that Istio makes, and do not bear its name`,
    range: (spec && rangeOf(spec, field)) ?? rangeOf(policy, 'name'),
    because: [
      note(
        say`The Gateway ${code(gateway.name)} is bound to a Service by its address`,
        rangeOf(gateway, 'name'),
      ),
    ],
    todo: say`Select the pods by their labels (${code('selector')}) instead`,
    resource: identityOf(policy),
    kind: fullKind(policy),
    mesh,
    fingerprint: canonicalJson([fullKind(policy), identityOf(policy), identityOf(gateway)]),
  }
}
