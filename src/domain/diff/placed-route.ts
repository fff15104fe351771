import { anyOf, exactly, subtract } from '../language/string-set.ts'
import { isSince } from '../manifest/istio-version.ts'
import { type Box, everyRequest, intersectBoxes } from '../match/box.ts'
import { boxOf, type ConditionOptions, type Conditions, conditionsOf } from '../match/conditions.ts'
import { isTrue, universeOf } from '../match/dimensions.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import type { Clients, EffectiveRoute } from '../routing/route-table.ts'

/** How this version of Istio reads matches. */
export function conditionOptions(settings: IstioSettings): ConditionOptions {
  return { missingSatisfiesWithout: isSince(settings.version, 22) }
}

/** Everything that a route asks of a request but for its client, or undefined if nothing can satisfy it. */
export function asksOf(route: EffectiveRoute, options: ConditionOptions): Conditions | undefined {
  const conditions = conditionsOf(route.match, options)
  const rest = conditions && intersectBoxes(conditions.rest, externalBox(route.from.external))
  return conditions && rest && { path: conditions.path, rest }
}

/** The requests of these clients, or undefined if there are none. */
export function clientsBox(clients: Clients | undefined): Box | undefined {
  if (clients === undefined) return everyRequest
  const named = 'among' in clients ? clients.among : clients.except
  const set = anyOf(named.map((namespace) => exactly(namespace)))
  return boxOf([['namespace', 'among' in clients ? set : subtract(universeOf('namespace'), set)]])
}

/** A secondary in another repository may leave any request of its entry to the routes behind it. */
function externalBox(external: string | undefined): Box {
  return external === undefined ? everyRequest : new Map([[`opaque:${external} answers`, isTrue]])
}
