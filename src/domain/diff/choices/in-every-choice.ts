import { type Doubt, doubt, uniteDoubts } from '../../doubt.ts'
import { BudgetExceeded, type Work } from '../../language/string-set.ts'
import type { Space } from '../../match/box.ts'
import { intersectRequests, type RequestSet, subtractRequests } from '../../match/request-set.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { HostDifference } from '../compare-meshes.ts'

/** A difference with what tells it from others, apart from its requests and its certainty. */
export interface KeyedDifference {
  readonly difference: HostDifference
  readonly key: string
}

/** The differences found in each way in which the copies of a mesh may live. */
interface Found<T> {
  readonly choices: readonly (readonly T[])[]
  readonly others: readonly (readonly T[])[]
  /** Why not all that one choice leads to is certain, for a difference. */
  readonly doubtsOf: (difference: HostDifference) => readonly Doubt[]
}

/**
 * The differences told apart into what holds in every choice, and what in some choice only or in one of the other cases. By gateway
 * and host.
 */
export function inEveryChoice<T extends KeyedDifference>(
  { choices, others, doubtsOf }: Found<T>,
  work: Work,
): readonly T[] {
  const [only] = choices
  if (only !== undefined && choices.length + others.length === 1) return only
  const byKey = (found: readonly T[]) => Map.groupBy(found, ({ key }) => key)
  const [perChoice, beside] = [choices.map(byKey), byKey(others.flat())]
  const keys = new Set([...choices, ...others].flatMap((found) => found.map(({ key }) => key)))
  return [...keys]
    .flatMap((key) =>
      merged(
        perChoice.map((choice) => choice.get(key) ?? []),
        beside.get(key) ?? [],
        { work, doubtsOf },
      ),
    )
    .toSorted((a, b) => byGatewayAndHost(a.difference, b.difference))
}

function byGatewayAndHost(a: HostDifference, b: HostDifference): number {
  return compareTexts(a.gateway, b.gateway) || compareTexts(a.host, b.host)
}

function merged<T extends KeyedDifference>(
  alike: readonly (readonly T[])[],
  beside: readonly T[],
  { work, doubtsOf }: Pick<Found<T>, 'doubtsOf'> & { readonly work: Work },
): readonly T[] {
  const all = [...alike.flat(), ...beside]
  const [first] = all
  if (first === undefined) return []
  const { always, sometimes, isEverywhere, exceeded } = divided(alike, requestsOf(all), {
    work,
    universe: first.difference.universe,
  })
  const own = all.flatMap(({ difference }) => difference.doubts)
  const ofChoice = isEverywhere ? [] : all.flatMap(({ difference }) => doubtsOf(difference))
  const parts: readonly Pick<HostDifference, 'requests' | 'doubts'>[] = [
    { requests: always, doubts: [] },
    { requests: sometimes, doubts: uniteDoubts([...own, ...ofChoice, ...exceeded]) },
  ]
  return parts
    .filter(({ requests }) => requests.boxes.length > 0)
    .map((part) => ({ ...first, difference: { ...first.difference, ...part } }))
}

interface Divided {
  readonly always: RequestSet
  readonly sometimes: RequestSet
  /** All of it differs in every choice, though not for certain. */
  readonly isEverywhere: boolean
  readonly exceeded: readonly Doubt[]
}

/** Over the budget nothing is certain. */
function divided(
  alike: readonly (readonly KeyedDifference[])[],
  everything: RequestSet,
  space: Space,
): Divided {
  try {
    const { work } = space
    const certain = alike.map((each) => requestsOf(each.filter(isCertain)))
    const always = certain.reduce((a, b) => intersectRequests(a, b, work))
    const sometimes = subtractRequests(everything, always, space)
    const found = alike.map(requestsOf).reduce((a, b) => intersectRequests(a, b, work))
    const isEverywhere = subtractRequests(sometimes, found, space).boxes.length === 0
    return { always, sometimes, isEverywhere, exceeded: [] }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    const exceeded = [doubt({ code: 'too-much-to-compare', budget: error.budget })]
    return { always: { boxes: [] }, sometimes: everything, isEverywhere: false, exceeded }
  }
}

function isCertain({ difference }: KeyedDifference): boolean {
  return difference.doubts.length === 0
}

function requestsOf(some: readonly KeyedDifference[]): RequestSet {
  return { boxes: some.flatMap(({ difference }) => difference.requests.boxes) }
}
