import type { Unit } from './unit.ts'

/** One unit on both sides. */
export interface UnitPair {
  readonly key: string
  readonly before?: Unit
  readonly after?: Unit
}

/**
 * The units of both sides, each with what it is on the other: of several with one key (one for each cluster, mostly) those that the
 * same file says, then the others in order. A root that is built upon by now, or was before, is still what it builds to.
 */
export function pairedUnits(base: readonly Unit[], merged: readonly Unit[]): readonly UnitPair[] {
  const old = Map.groupBy(base, ({ key }) => key)
  const now = Map.groupBy(merged, ({ key }) => key)
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    pairsOf(key, old.get(key) ?? [], now.get(key) ?? []),
  )
}

function pairsOf(key: string, old: readonly Unit[], now: readonly Unit[]): readonly UnitPair[] {
  const left = [...old]
  const take = (isMeant: (unit: Unit) => boolean): Unit | undefined => {
    const at = left.findIndex(isMeant)
    return at === -1 ? undefined : left.splice(at, 1)[0]
  }
  const same = now.map((after) => ({ after, before: take(({ by }) => by[0] === after.by[0]) }))
  const pairs = same.map(({ after, before }) => pairOf(key, before ?? take(() => true), after))
  return [...pairs, ...left.map((before) => pairOf(key, before, undefined))]
}

function pairOf(key: string, before: Unit | undefined, after: Unit | undefined): UnitPair {
  const root = [before, after].find((each) => each?.by.length === 0)
  const sides = { before: before ?? root, after: after ?? root }
  return {
    key,
    ...(sides.before && { before: sides.before }),
    ...(sides.after && { after: sides.after }),
  }
}
