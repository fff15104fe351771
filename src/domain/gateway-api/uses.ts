import { gatewayApiGroup } from '../manifest/kinds/gateway-api-names.ts'
import { identityOf, kindAndName, mayBeIdentity } from '../manifest/names.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { MissingFacts } from './missing-fact.ts'
import type { KnownObjects } from './objects.ts'
import { parentsNamedBy } from './open-listeners.ts'

const granted = new Set(['HTTPRoute', 'GRPCRoute'])

/** Gateways, grants and classes are worked out with all that uses them, or not at all. */
export function noteUses(
  known: KnownObjects,
  all: readonly UnmodelledResource[],
  missing: MissingFacts,
): void {
  const open = all.filter((each) => missing.of(each).length > 0)
  noteParents([...known.gateways, ...known.listenerSets], open, missing)
  for (const grant of known.grants) noteGrant(grant, open, missing)
  const attached = open.filter(({ kind }) => kind !== 'ReferenceGrant' && kind !== 'GatewayClass')
  for (const one of known.classes) {
    if (one.decoded.parametersRef !== undefined) missing.add(one, 'infrastructure')
    for (const user of attached.slice(0, 1)) missing.add(one, 'used-by-unmodelled', kindAndName(user))
  }
}

/** What is attached and not worked out may lose or gain by any change of its parent. */
function noteParents(
  parents: readonly UnmodelledResource[],
  open: readonly UnmodelledResource[],
  missing: MissingFacts,
): void {
  const named = open.map((user) => ({ user, parents: parentsNamedBy(user) }))
  for (const parent of parents) {
    const found = named.find(({ parents: names }) =>
      names.some((name) => mayBeIdentity(identityOf(parent), name)),
    )
    if (found !== undefined) missing.add(parent, 'used-by-unmodelled', kindAndName(found.user))
  }
}

function noteGrant(
  grant: KnownObjects['grants'][number],
  open: readonly UnmodelledResource[],
  missing: MissingFacts,
): void {
  const { from = [], to = [] } = grant.decoded
  const isForOthers =
    from.some(({ group, kind = '' }) => group !== gatewayApiGroup || !granted.has(kind)) ||
    to.some(({ group = '', kind }) => group !== '' || kind !== 'Service')
  if (isForOthers) missing.add(grant, 'other-grant')
  const user = open.find(
    ({ kind, namespace }) =>
      granted.has(kind) && from.some((each) => each.namespace === namespace && each.kind === kind),
  )
  if (user !== undefined) missing.add(grant, 'used-by-unmodelled', kindAndName(user))
}
