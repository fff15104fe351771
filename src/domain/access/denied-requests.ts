import { budgets } from '../budgets.ts'
import { exceeded } from '../language/string-set.ts'
import { type Box, type Space, withinUniverse } from '../match/box.ts'
import { subtractRequests } from '../match/request-set.ts'
import type { AccessPolicy } from './access-policy.ts'
import type { DoorAccess } from './applied-policies.ts'
import type { Refusal } from './refusal.ts'
import type { DoubtfulBoxes } from './requests-of-policy.ts'
import { type TakenBy, takenAt, whereSomeAre } from './taken-at-door.ts'

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
  const { allowing, allowedBy, refusing, doubts } = takenAt(access)
  const within = (each: TakenBy) => boxesFor(each, space)
  const parts: readonly DeniedPart[] = [
    ...refusing.map((each) => ({ reason: 'denied' as const, by: each.alone, boxes: within(each) })),
    ...(allowing.length === 0 ? [] : [notAllowed({ allowing, by: allowedBy }, within, space)]),
  ].filter(({ boxes }) => boxes.length > 0)
  const boxes = parts.flatMap((part) => part.boxes)
  if (boxes.length > budgets.requestBoxes.size) throw exceeded('requestBoxes')
  return { boxes, doubts, parts }
}

function boxesFor({ byHost, others }: TakenBy, space: DeniedSpace): readonly Box[] {
  const { host } = space
  const named = host === undefined ? new Set([...byHost.values()].flat()) : (byHost.get(host) ?? [])
  return [...named, ...others].flatMap((box) => withinUniverse(box, space) ?? [])
}

/** What none allows, as soon as one of those that allow is for these pods. */
function notAllowed(
  { allowing, by }: { readonly allowing: readonly TakenBy[]; readonly by: readonly AccessPolicy[] },
  within: (each: TakenBy) => readonly Box[],
  space: Space,
): DeniedPart {
  const allowed = allowing.flatMap(within)
  const boxes = whereSomeAre(allowing).flatMap(
    (box) => subtractRequests({ boxes: [box] }, { boxes: allowed }, space).boxes,
  )
  return { reason: 'not-allowed', by, boxes }
}
