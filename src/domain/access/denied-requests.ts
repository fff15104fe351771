import { budgets } from '../budgets.ts'
import { type Doubt, doubt } from '../doubt.ts'
import { exceeded, type Work } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import { type Box, everyRequest, intersectBoxes } from '../match/box.ts'
import { isTrue, universeOf } from '../match/dimensions.ts'
import { subtractRequests } from '../match/request-set.ts'
import { rangeOf } from '../source/located.ts'
import type { AccessPolicy } from './access-policy.ts'
import type { AppliedPolicy, DoorAccess } from './applied-policies.ts'
import type { Refusal } from './refusal.ts'
import { type DoubtfulBoxes, requestsOfPolicy } from './requests-of-policy.ts'

/** Requests that are refused for one reason, as boxes that may overlap. */
export interface DeniedPart {
  /** `not-allowed`: these policies allow, and none of them these requests. */
  readonly reason: Refusal['reason']
  readonly by: readonly AccessPolicy[]
  readonly boxes: readonly Box[]
}

/** What is refused at a door, and why some dimensions of it are not looked into. */
export interface DeniedRequests extends DoubtfulBoxes {
  readonly parts: readonly DeniedPart[]
}

/**
 * The requests that are refused with 403 at a door, before any route is asked. CUSTOM and DENY refuse what they take; where something
 * allows, what nothing allows is refused. What is not looked into is a dimension of its own.
 */
export function deniedRequests({ applied, point }: DoorAccess, work: Work): DeniedRequests {
  const doubts = new Map<string, Doubt>()
  const taken = (each: AppliedPolicy): readonly Box[] => {
    const own = conditionsBeside(each, point.providers)
    for (const [dimension, why] of own) doubts.set(dimension, why)
    if (each.policy.isIncomplete) return withConditions([everyRequest], own.keys(), work)
    const requests = requestsOfPolicy(each.policy, point, work)
    for (const [dimension, why] of requests.doubts) doubts.set(dimension, why)
    return withConditions(requests.boxes, own.keys(), work)
  }
  const [allowing, refusing] = divided(applied)
  const parts: readonly DeniedPart[] = [
    ...refusing.map((each) => ({ reason: 'denied' as const, by: [each.policy], boxes: taken(each) })),
    ...(allowing.length === 0 ? [] : [notAllowed(allowing, taken, work)]),
  ]
  const boxes = parts.flatMap((part) => part.boxes)
  if (boxes.length > budgets.requestBoxes.size) throw exceeded('requestBoxes')
  return { boxes, doubts, parts }
}

/** Those that allow, and those that refuse; one that nobody can read may refuse. */
export function divided(
  applied: readonly AppliedPolicy[],
): readonly [allowing: readonly AppliedPolicy[], refusing: readonly AppliedPolicy[]] {
  const allows = ({ policy }: AppliedPolicy) => policy.action === 'ALLOW' && !policy.isIncomplete
  return [applied.filter(allows), applied.filter((each) => !allows(each))]
}

/** What none allows, as soon as one of those that allow is for these pods. */
function notAllowed(
  allowing: readonly AppliedPolicy[],
  taken: (each: AppliedPolicy) => readonly Box[],
  work: Work,
): DeniedPart {
  const allowed = allowing.flatMap(taken)
  const isSure = allowing.some(({ doubts }) => doubts.length === 0)
  const there: readonly Box[] = isSure
    ? [everyRequest]
    : allowing.flatMap((each) => withConditions([everyRequest], reachConditions(each).keys(), work))
  const boxes = there.flatMap(
    (box) => subtractRequests({ boxes: [box] }, { boxes: allowed }, { universe: universeOf, work }).boxes,
  )
  return { reason: 'not-allowed', by: allowing.map(({ policy }) => policy), boxes }
}

/** What has to be so for a policy to be there at all, each a dimension that is not looked into. */
function reachConditions({ policy, doubts }: AppliedPolicy): ReadonlyMap<string, Doubt> {
  return new Map(doubts.map((why) => [`opaque:${nameOf(policy, why)}`, why]))
}

/** Of several copies each is one by itself. */
function nameOf(policy: AccessPolicy, { cause }: Doubt): string {
  const name = `AuthorizationPolicy ${identityOf(policy)}`
  return cause.code === 'copies' ? `${name} is as ${policy.file.path} has it` : `${name} is for its pods`
}

function conditionsBeside(
  applied: AppliedPolicy,
  providers: readonly string[] | undefined,
): ReadonlyMap<string, Doubt> {
  const { policy } = applied
  const of = identityOf(policy)
  const range = rangeOf(policy, 'name')
  const conditions = new Map(reachConditions(applied))
  if (policy.isIncomplete)
    conditions.set(
      `opaque:AuthorizationPolicy ${of} refuses them`,
      doubt({ code: 'policy-unread', of }, range),
    )
  else if (policy.action === 'CUSTOM' && isKnown(policy.provider, providers)) {
    const { provider } = policy
    conditions.set(
      `opaque:the provider ${provider} refuses them`,
      doubt({ code: 'decided-elsewhere', of, provider }, range),
    )
  }
  return conditions
}

/** Of a provider that there is not Istio refuses all; where the mesh's configuration is not here, there may be any. */
export function isKnown(provider: string, providers: readonly string[] | undefined): boolean {
  return providers === undefined || providers.includes(provider)
}

function withConditions(boxes: readonly Box[], dimensions: Iterable<string>, work: Work): readonly Box[] {
  const conditions: Box = new Map([...dimensions].map((dimension) => [dimension, isTrue]))
  if (conditions.size === 0) return boxes
  return boxes.flatMap((box) => intersectBoxes(box, conditions, work) ?? [])
}
