import { type Doubt, doubt } from '../doubt.ts'
import { orExceeded, unlessExceeded, type Work, workOf } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import { type Box, everyRequest, intersectBoxes } from '../match/box.ts'
import { isTrue } from '../match/dimensions.ts'
import { rangeOf } from '../source/located.ts'
import { memoized } from '../source/memoized.ts'
import { gathered } from '../source/multimap.ts'
import type { AccessPolicy } from './access-policy.ts'
import type { AppliedPolicy, DoorAccess } from './applied-policies.ts'
import { type DoubtfulBoxes, requestsOfPolicy, type TakenRequests } from './requests-of-policy.ts'

/** What one policy takes, as far as it is there at all. */
export interface TakenBy {
  /** The policy. */
  readonly alone: readonly [AccessPolicy]
  /** What has to be so for it to be there. */
  readonly isThere: Box
  /** Those for hosts that are written out, by host, and all others. */
  readonly byHost: ReadonlyMap<string, readonly Box[]>
  readonly others: readonly Box[]
}

/** What the policies at a door take, each by itself. */
export interface TakenAt extends Pick<DoubtfulBoxes, 'doubts'> {
  readonly allowing: readonly TakenBy[]
  /** Those that allow. */
  readonly allowedBy: readonly AccessPolicy[]
  readonly refusing: readonly TakenBy[]
}

/** Hosts without end meet the same policies: what those take is worked out once. */
export function takenAt(access: DoorAccess): TakenAt {
  return unlessExceeded(takenOnce(access))
}

const takenOnce = memoized((access: DoorAccess) => orExceeded(() => workedOut(access)))

function workedOut({ applied, point }: DoorAccess): TakenAt {
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
    return { alone: [policy], isThere: conditionsOf(reach.keys()), byHost, others }
  }
  const [allowing, refusing] = divided(applied)
  const allowedBy = allowing.map(({ policy }) => policy)
  return { allowing: allowing.map(takenBy), allowedBy, refusing: refusing.map(takenBy), doubts }
}

const anything: TakenRequests = { taken: [{ box: everyRequest }], doubts: new Map() }

/** Whether some of those that allow are surely there, so that what none of them takes is refused. */
export function isSurelyThere(allowing: readonly TakenBy[]): boolean {
  return allowing.some(({ isThere }) => isThere.size === 0)
}

/** Where some of those that allow are there at all: everywhere as soon as one surely is. */
export function whereSomeAre(allowing: readonly TakenBy[]): readonly Box[] {
  return isSurelyThere(allowing) ? [everyRequest] : allowing.map(({ isThere }) => isThere)
}

/** Those that allow, and those that refuse; one that nobody can read may refuse. */
export function divided(
  applied: readonly AppliedPolicy[],
): readonly [allowing: readonly AppliedPolicy[], refusing: readonly AppliedPolicy[]] {
  const allows = ({ policy }: AppliedPolicy) => policy.action === 'ALLOW' && !policy.isIncomplete
  return [applied.filter(allows), applied.filter((each) => !allows(each))]
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
