import type { Comparison } from '../../diff/comparison.ts'
import { identityOf } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import { memoized } from '../../source/memoized.ts'
import { keyOfUnit } from '../../source/source-file.ts'
import type { UnjudgedPair } from './unjudged-objects.ts'

/**
 * Whether all that an object of the Gateway API does, on each side on which it is, is in the tables: what it changes is compared request by
 * request. Of what only a part is known everybody is asked whom it reaches.
 */
export function isWorkedOut({ before, after }: UnjudgedPair, { base, merged }: Comparison): boolean {
  const isOn = (side: Snapshot) => (each: { readonly resource: UnmodelledResource }) =>
    workedOutIn(side).has(keyOf(each.resource))
  return before.every(isOn(base)) && after.every(isOn(merged))
}

const workedOutIn = memoized(
  ({ meshes }: Snapshot): ReadonlySet<string> =>
    new Set(
      meshes.flatMap(({ gatewayApi }) =>
        (gatewayApi?.all ?? []).filter((each) => gatewayApi?.missingOf(each).length === 0).map(keyOf),
      ),
    ),
)

function keyOf(resource: UnmodelledResource): string {
  const { kind, file, unit } = resource
  return JSON.stringify([kind, identityOf(resource), file.path, unit ? keyOfUnit(unit) : ''])
}
