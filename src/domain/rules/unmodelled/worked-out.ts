import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import type { MissingFact } from '../../gateway-api/missing-fact.ts'
import { identityOf } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { memoized } from '../../source/memoized.ts'
import { keyOfUnit } from '../../source/source-file.ts'
import type { UnjudgedPair } from './unjudged-objects.ts'

/**
 * Whether all that an object of the Gateway API does, on each side on which it is, is in the tables: what it changes is compared request by
 * request. Of what only a part is known everybody is asked whom it reaches; and who takes the calls of a service asks whoever has that.
 */
export function isWorkedOut({ before, after }: UnjudgedPair, { base, merged }: Comparison): boolean {
  const isOn = (side: Snapshot) => (each: { readonly resource: UnmodelledResource }) =>
    workedOutIn(side).has(keyOf(each.resource))
  return before.every(isOn(base)) && after.every(isOn(merged))
}

/** What is missing to work out an object, on the merged side where it is there; the first few. */
export function missingIn(
  { before, after }: UnjudgedPair,
  { base, merged }: Comparison,
): readonly MissingFact[] {
  const of = (side: Snapshot, objects: UnjudgedPair['after']) =>
    objects.flatMap(({ resource }) =>
      side.meshes.flatMap(({ gatewayApi }) => gatewayApi?.missingOf(resource) ?? []),
    )
  const found = after.length > 0 ? of(merged, after) : of(base, before)
  return found.slice(0, budgets.buildNotes.size)
}

const workedOutIn = memoized(
  ({ meshes }: Snapshot): ReadonlySet<string> =>
    new Set(
      meshes.flatMap(({ gatewayApi }) =>
        (gatewayApi?.all ?? [])
          .filter(
            (each) => gatewayApi?.missingOf(each).length === 0 && !gatewayApi.takingCalls.includes(each),
          )
          .map(keyOf),
      ),
    ),
)

function keyOf(resource: UnmodelledResource): string {
  const { kind, file, unit } = resource
  return JSON.stringify([kind, identityOf(resource), file.path, unit ? keyOfUnit(unit) : ''])
}
