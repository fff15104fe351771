import { budgets } from '../../budgets.ts'

/** What one place holds, and where it leads on. */
export interface Step {
  readonly files: readonly string[]
  readonly places: readonly string[]
}

/** How many entries of lists one closure may look at before whatever else it is asked may meet everything. */
const mostLookedAt = budgets.closure.size

/**
 * All files that are met from a place on, sorted. Places that lead to one another have one list, and a place that meets
 * no more than the one behind it shares its list, so that the cost follows the graph and not the ways through it.
 */
export function createClosure(
  stepOf: (place: string) => Step,
  everything: () => readonly string[],
): (place: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  const work = { left: mostLookedAt }
  let all: readonly string[] | undefined
  const close = (circle: readonly Visit[]) => {
    all ??= work.left < 0 ? everything() : undefined
    const held = all ?? heldBy(circle, known, work)
    for (const { place } of circle) known.set(place, held)
  }
  return (place) => {
    if (!known.has(place)) for (const circle of circlesFrom(place, stepOf, known)) close(circle)
    return known.get(place) ?? []
  }
}

interface Visit {
  readonly place: string
  readonly step: Step
  readonly index: number
  lowest: number
  next: number
  isOpen: boolean
}

/** One list that holds all others is taken as it is. */
function heldBy(
  circle: readonly Visit[],
  known: ReadonlyMap<string, readonly string[]>,
  work: { left: number },
): readonly string[] {
  const own = circle.flatMap(({ step }) => step.files)
  const behind = circle.flatMap(({ step }) => step.places).map((place) => known.get(place) ?? [])
  const lists = [...new Set(behind)].toSorted((a, b) => b.length - a.length)
  const [longest = [], ...others] = lists.filter(({ length }) => length > 0)
  work.left -= own.length + behind.length
  if (own.length === 0 && others.length === 0) return longest
  work.left -= lists.reduce((sum, { length }) => sum + length, 0)
  const all = new Set(longest)
  for (const list of [own, ...others]) for (const file of list) all.add(file)
  return all.size === longest.length ? longest : [...all].sort()
}

/**
 * The circles of places (mostly of one) that can be reached and are not known yet, each after those that it leads to:
 * Tarjan's algorithm, without recursion since graphs are as deep as somebody likes.
 */
function* circlesFrom(
  start: string,
  stepOf: (place: string) => Step,
  known: ReadonlyMap<string, readonly string[]>,
): Generator<readonly Visit[]> {
  const visits = new Map<string, Visit>()
  const open: Visit[] = []
  const enter = (place: string): Visit => {
    const index = visits.size
    const visit = { place, step: stepOf(place), index, lowest: index, next: 0, isOpen: true }
    visits.set(place, visit)
    open.push(visit)
    return visit
  }
  const path = [enter(start)]
  for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
    const place = visit.step.places[visit.next++]
    if (place !== undefined) {
      const seen = visits.get(place)
      if (seen === undefined && !known.has(place)) path.push(enter(place))
      else if (seen?.isOpen === true) visit.lowest = Math.min(visit.lowest, seen.index)
      continue
    }
    path.pop()
    const above = path.at(-1)
    if (above !== undefined) above.lowest = Math.min(above.lowest, visit.lowest)
    if (visit.lowest === visit.index) yield closed(open, visit)
  }
}

/** Takes the circle that a place has begun from what is still open. */
function closed(open: Visit[], first: Visit): readonly Visit[] {
  const circle = open.splice(open.lastIndexOf(first))
  for (const visit of circle) visit.isOpen = false
  return circle
}
