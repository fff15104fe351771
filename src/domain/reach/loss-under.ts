import { unmetered } from '../language/string-set.ts'
import type { HTTPRoute } from '../manifest/virtual-service.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { fateWords } from '../terms/fate-words.ts'
import { type Phrase, say } from '../words/phrase.ts'
import { agreedRequests, requestsText } from './agreed-requests.ts'
import { fatesOf } from './fates.ts'

/**
 * What happens to the requests that a secondary's entries would take under delegates that do not take effect: "`/login`
 * would return 404"; undefined where there are none, or it is not known.
 */
export function lossUnder(
  edges: readonly DelegateEdge[],
  mesh: Mesh,
  options: ConditionOptions,
): Phrase | undefined {
  const [edge] = edges
  if (edge === undefined) return undefined
  const reading = { ...options, work: unmetered }
  const own = edges.filter((each) => each.primary === edge.primary)
  const boxes = own.flatMap(({ route, secondary }) =>
    (secondary?.spec.http ?? [{}])
      .filter((entry) => fits(route, entry))
      .flatMap((entry) => agreedRequests(route.match ?? [], entry.match ?? [], reading)),
  )
  const fate = fateWords(fatesOf(boxes, edge.primary, mesh, options))
  return boxes.length === 0 || fate === undefined
    ? undefined
    : say`${requestsText(boxes, unmetered)} would ${fate}`
}

/** An entry that Istio would drop under this delegate anyway loses nothing. */
function fits(outer: HTTPRoute, inner: HTTPRoute): boolean {
  const given = outer.match ?? []
  if (given.length === 0) return true
  return (inner.match ?? []).every((own) => given.some((each) => conflictOf(each, own) === undefined))
}
