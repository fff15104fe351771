import { budgets } from '../budgets.ts'
import { type Doubt, doubt } from '../doubt.ts'
import { exceeded, type Work } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import { type Box, everyRequest, intersectBoxes } from '../match/box.ts'
import { isTrue, universeOf } from '../match/dimensions.ts'
import { subtractRequests } from '../match/request-set.ts'
import { rangeOf } from '../source/located.ts'
import type { AppliedPolicy, DoorAccess } from './applied-policies.ts'
import { type DoubtfulBoxes, requestsOfPolicy } from './requests-of-policy.ts'

/**
 * The requests that are refused with 403 at a door, before any route is asked, as boxes that may overlap. CUSTOM and DENY refuse what
 * they take; where something allows, what nothing allows is refused. What is not looked into is a dimension of its own.
 */
export function deniedRequests({ applied, point }: DoorAccess, work: Work): DoubtfulBoxes {
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
  const refused = refusing.flatMap(taken)
  const left = allowing.length === 0 ? [] : notAllowed(allowing, taken, work)
  const boxes = [...refused, ...left]
  if (boxes.length > budgets.requestBoxes.size) throw exceeded('requestBoxes')
  return { boxes, doubts }
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
): readonly Box[] {
  const allowed = allowing.flatMap(taken)
  const isSure = allowing.some(({ doubts }) => doubts.length === 0)
  const there: readonly Box[] = isSure
    ? [everyRequest]
    : allowing.flatMap((each) => withConditions([everyRequest], reachConditions(each).keys(), work))
  return there.flatMap(
    (box) => subtractRequests({ boxes: [box] }, { boxes: allowed }, { universe: universeOf, work }).boxes,
  )
}

/** What has to be so for a policy to be there at all, each a dimension that is not looked into. */
function reachConditions({ policy, doubts }: AppliedPolicy): ReadonlyMap<string, Doubt> {
  return new Map(
    doubts.map((why) => [
      `opaque:AuthorizationPolicy ${identityOf(policy)} is for them (${why.cause.code})`,
      why,
    ]),
  )
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
