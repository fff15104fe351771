import type { DeniedPart, DeniedSpace } from '../../access/denied-requests.ts'
import { isSurelyThere, type TakenAt, type TakenBy, whereSomeAre } from '../../access/taken-at-door.ts'
import { budgets } from '../../budgets.ts'
import { orExceeded, unlessExceeded, type Work, workOf } from '../../language/string-set.ts'
import { type Box, boxesMeet, intersectBoxes, keyOfBox, type Space, withinUniverse } from '../../match/box.ts'
import { universeOf } from '../../match/dimensions.ts'
import { subtractRequests } from '../../match/request-set.ts'
import { memoized } from '../../source/memoized.ts'
import { gathered } from '../../source/multimap.ts'

/**
 * What one door refuses and another does not, each request for the first reason that there is; the boxes do not overlap. Policies without
 * number stand on both sides and say the same: what they take is left out, and only what is said otherwise is held against all of them.
 */
export function newlyRefused(own: TakenAt, other: TakenAt, space: DeniedSpace): readonly DeniedPart[] {
  const pair = pairOf(own)(other)
  const parts = areUnnamed(pair, space.host) ? unnamedParts(pair) : partsFor({ pair, space })
  return parts.flatMap((part) => {
    const boxes = part.boxes.flatMap((box) => withinUniverse(box, space) ?? [])
    return boxes.length === 0 ? [] : [{ ...part, boxes }]
  })
}

/** Two doors, and what is worked out once for all hosts that are asked about. */
interface Pair {
  readonly own: TakenAt
  readonly other: TakenAt
  /** Those that refuse, with what the other door refuses otherwise for hosts that are not written out. */
  readonly refusing: readonly TakenBy[]
  /** Those that allow at the other door, with what this one allows otherwise. */
  readonly allowedThere: readonly TakenBy[]
  readonly work: Work
}

const pairOf = memoized((own: TakenAt) =>
  memoized(
    (other: TakenAt): Pair => ({
      own,
      other,
      refusing: unlike(own.refusing, other.refusing),
      allowedThere: unlike(other.allowing, own.allowing),
      work: workOf('policySets'),
    }),
  ),
)

function unlike(some: readonly TakenBy[], others: readonly TakenBy[]): readonly TakenBy[] {
  const known = keysOf(unnamedIn(others))
  return some.map((each) => ({ ...each, others: each.others.filter((box) => !known.has(keyOf(box))) }))
}

const keyOf = memoized(keyOfBox)
const keysOf = memoized((boxes: readonly Box[]): ReadonlySet<string> => new Set(boxes.map(keyOf)))

/** What some take whatever the host. */
const unnamedIn = memoized((some: readonly TakenBy[]): readonly Box[] => some.flatMap(({ others }) => others))

/** What some take of the requests for a host that is written out, or for any of these where none is asked about. */
function namedIn(some: readonly TakenBy[], host: string | undefined): readonly Box[] {
  const { byHost, all } = namedOnce(some)
  return host === undefined ? all : (byHost.get(host) ?? nothing)
}

const nothing: readonly Box[] = []

const namedOnce = memoized((some: readonly TakenBy[]) => {
  const pairs = some.flatMap(({ byHost }) =>
    [...byHost].flatMap(([host, boxes]) => boxes.map((box) => [host, box] as const)),
  )
  return { byHost: gathered(pairs), all: [...new Set(pairs.map(([, box]) => box))] }
})

/** What one policy takes of the requests for a host, but for what others take by the same words. */
function unlikeFor(
  { byHost, others }: TakenBy,
  known: readonly TakenBy[],
  host: string | undefined,
): readonly Box[] {
  const named = host === undefined ? [...new Set([...byHost.values()].flat())] : (byHost.get(host) ?? nothing)
  if (named.length === 0) return others
  const keys = keysOf(namedIn(known, host))
  return [...named.filter((box) => !keys.has(keyOf(box))), ...others]
}

/** Those of what some take for a host that may meet a box: among what is for any host they are looked for once. */
function meeting(some: readonly TakenBy[], box: Box, { pair, space }: Asking): readonly Box[] {
  return [...meetingOnce(unnamedIn(some))(box, pair.work), ...namedIn(some, space.host)]
}

const meetingOnce = memoized((boxes: readonly Box[]) =>
  memoized((box: Box, work: Work): readonly Box[] => boxes.filter((each) => boxesMeet(each, box, work))),
)

interface Asking {
  readonly pair: Pair
  readonly space: DeniedSpace
}

function areUnnamed({ own, other }: Pair, host: string | undefined): boolean {
  const lists = [own, other].flatMap(({ allowing, refusing }) => [allowing, refusing])
  return host !== undefined && lists.every((some) => namedIn(some, host).length === 0)
}

/** The parts for every host that no policy writes out. */
function unnamedParts(pair: Pair): readonly DeniedPart[] {
  return unlessExceeded(unnamedOnce(pair))
}

const unnamedOnce = memoized((pair: Pair) =>
  orExceeded(() => partsFor({ pair, space: { universe: universeOf, work: pair.work, host: '' } })),
)

function partsFor(asking: Asking): readonly DeniedPart[] {
  const { pair, space } = asking
  const { own, other, refusing } = pair
  const taken: Box[] = []
  const denied = refusing.flatMap((each): readonly DeniedPart[] => {
    const boxes = unlikeFor(each, other.refusing, space.host).flatMap((box) => {
      const left = without([box], [...meeting(other.refusing, box, asking), ...taken], space)
      taken.push(box)
      return letInThere(left, box, asking)
    })
    return boxes.length === 0 ? [] : [{ reason: 'denied', by: each.alone, boxes }]
  })
  const boxes = notAllowed(asking, taken)
  const rest: readonly DeniedPart[] =
    boxes.length === 0 ? [] : [{ reason: 'not-allowed', by: own.allowedBy, boxes }]
  return [...fewParts(denied), ...rest]
}

/** More policies than anybody reads are told together. */
function fewParts(parts: readonly DeniedPart[]): readonly DeniedPart[] {
  if (parts.length <= budgets.policiesApart.size) return parts
  return [{ reason: 'denied', by: parts.flatMap(({ by }) => by), boxes: parts.flatMap(({ boxes }) => boxes) }]
}

/** Those of the requests of a box that the other door lets in, as far as something has to allow them there. */
function letInThere(boxes: readonly Box[], whole: Box, asking: Asking): readonly Box[] {
  const { pair, space } = asking
  const { allowing } = pair.other
  if (allowing.length === 0 || boxes.length === 0) return boxes
  if (!isSurelyThere(allowing)) return without(boxes, allBut(pair.other, space), space)
  let left = boxes
  return meeting(allowing, whole, asking).flatMap((each) => {
    const both = left.flatMap((box) => intersectBoxes(box, each, space.work) ?? [])
    left = without(left, [each], space)
    return both
  })
}

/** What nothing allows here, and something did there; what anybody denies anyhow is left out. */
function notAllowed(asking: Asking, taken: Box[]): readonly Box[] {
  const { pair, space } = asking
  const { own, other, allowedThere } = pair
  if (own.allowing.length === 0) return []
  const denied = (box: Box) => [own, other].flatMap(({ refusing }) => meeting(refusing, box, asking))
  const left = (box: Box, more: readonly Box[]) => {
    const rest = without([box], [...more, ...denied(box), ...taken], space)
    taken.push(box)
    return rest
  }
  if (isSurelyThere(own.allowing) && isSurelyThere(other.allowing))
    return allowedThere
      .flatMap((each) => unlikeFor(each, own.allowing, space.host))
      .flatMap((box) => left(box, meeting(own.allowing, box, asking)))
  const before = other.allowing.length === 0 ? [] : allBut(other, space)
  return allBut(own, space).flatMap((box) => left(box, before))
}

/** What is refused because nothing allows it. */
function allBut(at: TakenAt, space: DeniedSpace): readonly Box[] {
  return without(unlessExceeded(unnamedButOnce(at)), namedIn(at.allowing, space.host), space)
}

const unnamedButOnce = memoized(({ allowing }: TakenAt) =>
  orExceeded(() =>
    without(whereSomeAre(allowing), unnamedIn(allowing), {
      universe: universeOf,
      work: workOf('policySets'),
    }),
  ),
)

function without(boxes: readonly Box[], taken: readonly Box[], space: Space): readonly Box[] {
  return subtractRequests({ boxes }, { boxes: taken }, space).boxes
}
