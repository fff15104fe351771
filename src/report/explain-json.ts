import { identityOf } from '../domain/manifest/names.ts'
import type { AskedRequest } from '../domain/routing/explain-request.ts'
import type { Explanation, Skipped } from '../domain/routing/explanation.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../domain/routing/route-table.ts'
import { rangeOf } from '../domain/source/located.ts'
import { positionOf } from '../domain/source/source-file.ts'

/** One answer of `explain` for programs: a line of the `firebreak/1` contract. */
export function explainJson(request: AskedRequest, answer: Explanation): object {
  const { mesh, gateway, host, outcome, route, possible, skipped } = answer
  return {
    request,
    mesh,
    gateway,
    ...(host !== undefined && { host }),
    outcome,
    ...(route && routeJson(route)),
    ...(possible && { possible: possible.map((each) => (each === 'no-route' ? null : routeJson(each))) }),
    skipped: skipped.map(skippedJson),
  }
}

function routeJson(route: EffectiveRoute): object {
  const range = rangeOf(writtenEntryOf(route))
  return {
    virtualService: route.outcome.supplier,
    primary: identityOf(route.from.primary),
    file: supplierOf(route).file.path,
    line: range === undefined ? null : positionOf(range).line,
    action: route.outcome.action,
  }
}

function skippedJson({ range, because }: Skipped): object {
  const at = range && positionOf(range)
  return { file: at?.file ?? null, line: at?.line ?? null, because }
}
