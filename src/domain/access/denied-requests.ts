import { budgets } from '../budgets.ts'
import { type Doubt, doubt } from '../doubt.ts'
import { BudgetExceeded, exceeded, type Work, workOf } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import { type Box, everyRequest, intersectBoxes, type Space, withinUniverse } from '../match/box.ts'
import { isTrue } from '../match/dimensions.ts'
import { subtractRequests } from '../match/request-set.ts'
import { rangeOf } from '../source/located.ts'
import { memoized } from '../source/memoized.ts'
import { gathered } from '../source/multimap.ts'
import type { AccessPolicy } from './access-policy.ts'
import type { AppliedPolicy, DoorAccess } from './applied-policies.ts'
import type { Refusal } from './refusal.ts'
import { type DoubtfulBoxes, requestsOfPolicy, type TakenRequests } from './requests-of-policy.ts'

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

/** The requests that some are asked about: all, or those for one host, in small letters. */
export interface DeniedSpace extends Space {
  readonly host?: string
}

/**
 * The requests that are refused with 403 at a door, before any route is asked. CUSTOM and DENY refuse what they take; where something
 * allows, what nothing allows is refused. What is not looked into is a dimension of its own.
 */
export function deniedRequests(access: DoorAccess, space: DeniedSpace): DeniedRequests {
  const { allowing, refusing, doubts } = takenAt(access)
  const within = (each: TakenBy) => boxesFor(each, space)
  const parts: readonly DeniedPart[] = [
    ...refusing.map((each) => ({ reason: 'denied' as const, by: [each.policy], boxes: within(each) })),
    ...(allowing.length === 0 ? [] : [notAllowed(allowing, within, space)]),
  ].filter(({ boxes }) => boxes.length > 0)
  const boxes = parts.flatMap((part) => part.boxes)
  if (boxes.length > budgets.requestBoxes.size) throw exceeded('requestBoxes')
  return { boxes, doubts, parts }
}

/** What one policy takes, as far as it is there at all. */
interface TakenBy {
  readonly policy: AccessPolicy
  /** What has to be so for it to be there. */
  readonly isThere: Box
  /** Those for hosts that are written out, by host, and all others. */
  readonly byHost: ReadonlyMap<string, readonly Box[]>
  readonly others: readonly Box[]
}

interface TakenAt extends Pick<DeniedRequests, 'doubts'> {
  readonly allowing: readonly TakenBy[]
  readonly refusing: readonly TakenBy[]
}

/** Hosts without end meet the same policies: what those take is worked out once. */
function takenAt(access: DoorAccess): TakenAt {
  const found = takenOnce(access)
  if (found instanceof BudgetExceeded) throw found
  return found
}

const takenOnce = memoized(({ applied, point }: DoorAccess): TakenAt | BudgetExceeded => {
  const work = workOf('policySets')
  const doubts = new Map<string, Doubt>()
  const takenBy = (each: AppliedPolicy): TakenBy => {
    const reach = reachConditions(each)
    const own = conditionsBeside(each, reach, point.providers)
    for (const [dimension, why] of own) doubts.set(dimension, why)
    const { policy } = each
    const requests = policy.isIncomplete ? anything : requestsOfPolicy(policy, point, work)
    for (const [dimension, why] of requests.doubts) doubts.set(dimension, why)
    const held = requests.taken.flatMap(({ box, names }) =>
      withConditions([box], own.keys(), work).map((one) => ({ box: one, names })),
    )
    const byHost = gathered(
      held.flatMap(({ box, names = [] }) => [...new Set(names)].map((name) => [name, box] as const)),
    )
    const others = held.filter(({ names }) => names === undefined).map(({ box }) => box)
    return { policy, isThere: conditionsOf(reach.keys()), byHost, others }
  }
  try {
    const [allowing, refusing] = divided(applied)
    return { allowing: allowing.map(takenBy), refusing: refusing.map(takenBy), doubts }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return error
  }
})

const anything: TakenRequests = { taken: [{ box: everyRequest }], doubts: new Map() }

function boxesFor({ byHost, others }: TakenBy, space: DeniedSpace): readonly Box[] {
  const { host } = space
  const named = host === undefined ? new Set([...byHost.values()].flat()) : (byHost.get(host) ?? [])
  return [...named, ...others].flatMap((box) => withinUniverse(box, space) ?? [])
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
  allowing: readonly TakenBy[],
  within: (each: TakenBy) => readonly Box[],
  space: Space,
): DeniedPart {
  const allowed = allowing.flatMap(within)
  const isSure = allowing.some(({ isThere }) => isThere.size === 0)
  const there = isSure ? [everyRequest] : allowing.map(({ isThere }) => isThere)
  const boxes = there.flatMap((box) => subtractRequests({ boxes: [box] }, { boxes: allowed }, space).boxes)
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
  { policy }: AppliedPolicy,
  reach: ReadonlyMap<string, Doubt>,
  providers: readonly string[] | undefined,
): ReadonlyMap<string, Doubt> {
  const of = identityOf(policy)
  const range = rangeOf(policy, 'name')
  const conditions = new Map(reach)
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
  const conditions = conditionsOf(dimensions)
  if (conditions.size === 0) return boxes
  return boxes.flatMap((box) => intersectBoxes(box, conditions, work) ?? [])
}

function conditionsOf(dimensions: Iterable<string>): Box {
  return new Map([...dimensions].map((dimension) => [dimension, isTrue]))
}
