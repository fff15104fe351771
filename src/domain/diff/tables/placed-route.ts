import { type Doubt, doubt } from '../../doubt.ts'
import { anyOf, exactly, type Work } from '../../language/string-set.ts'
import { present } from '../../language/values.ts'
import { features } from '../../manifest/istio-features.ts'
import { type Box, everyRequest, intersectBoxes, subtractBox } from '../../match/box.ts'
import {
  boxOf,
  type ConditionOptions,
  type Conditions,
  conditionsOf,
  type Reading,
  sourceBox,
} from '../../match/conditions.ts'
import { isTrue, universeOf } from '../../match/dimensions.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import type { Audience, Clients, EffectiveRoute } from '../../routing/route-table.ts'
import { rangeOf } from '../../source/located.ts'
import { memoized } from '../../source/memoized.ts'

/** How this version of Istio reads matches, and which paths come to them. */
export const conditionOptions = memoized(
  ({ version, pathNormalization }: IstioSettings): ConditionOptions => {
    const { missingSatisfiesWithout } = features(version)
    return { missingSatisfiesWithout, pathNormalization }
  },
)

/** Everything that a route asks of a request but for its client, or undefined if nothing can satisfy it. */
export function asksOf(route: EffectiveRoute, reading: Reading): Conditions | undefined {
  const conditions = conditionsOf(route.match, reading)
  const { external } = route.from
  if (conditions === undefined || external === undefined) return conditions
  const answers = `opaque:${external} answers`
  const rest = intersectBoxes(conditions.rest, new Map([[answers, isTrue]]), reading.work)
  return (
    rest && {
      path: conditions.path,
      rest,
      doubts: new Map([...conditions.doubts, [answers, elsewhere(route, external)]]),
    }
  )
}

/** A secondary in another repository may leave any request of its entry to the routes behind it. */
function elsewhere({ from }: EffectiveRoute, external: string): Doubt {
  const written = from.primary.spec.http?.[from.entry]
  return doubt({ code: 'elsewhere', of: external }, written && rangeOf(written, 'delegate'))
}

/** The requests of these clients, as boxes that do not overlap; none if there are no such clients. */
export function clientsBoxes(clients: Clients | undefined, work: Work): readonly Box[] {
  if (clients === undefined) return [everyRequest]
  let boxes = namespacesBoxes(clients.among, work)
  for (const audience of clients.except) {
    for (const taken of audienceBoxes(audience, work)) {
      boxes = boxes.flatMap((box) => subtractBox(box, taken, { universe: universeOf, work }))
    }
  }
  return boxes
}

function namespacesBoxes(among: readonly string[] | undefined, work: Work): readonly Box[] {
  if (among === undefined) return [everyRequest]
  const texts = anyOf(
    among.map((namespace) => exactly(namespace)),
    work,
  )
  const box = boxOf([['namespace', present(texts)]], work)
  return box === undefined ? [] : [box]
}

/** The requests of the clients for whom a VirtualService has a route. */
export function audienceBoxes({ namespaces, sources }: Audience, work: Work): readonly Box[] {
  const [there] = namespacesBoxes(namespaces, work)
  const boxes =
    sources === undefined ? [everyRequest] : sources.flatMap((match) => sourceBox(match, work) ?? [])
  return there === undefined ? [] : boxes.flatMap((box) => intersectBoxes(box, there, work) ?? [])
}
