import { gatewayApiGroup } from '../manifest/gateway-api.ts'
import { identityOf } from '../manifest/names.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { MissingFacts } from './missing-fact.ts'
import type { KnownObjects } from './objects.ts'

const granted = new Set(['HTTPRoute', 'GRPCRoute'])

/** Grants and classes are worked out with all that uses them, or not at all. */
export function noteUses(
  { grants, classes, gateways }: KnownObjects,
  all: readonly UnmodelledResource[],
  missing: MissingFacts,
): void {
  const open = all.filter((each) => missing.of(each).length > 0)
  for (const grant of grants) {
    const { from = [], to = [] } = grant.decoded
    const isForOthers =
      from.some(({ group, kind = '' }) => group !== gatewayApiGroup || !granted.has(kind)) ||
      to.some(({ group = '', kind }) => group !== '' || kind !== 'Service')
    if (isForOthers) missing.add(grant, 'other-grant')
    const user = open.find(
      ({ kind, namespace }) =>
        granted.has(kind) && from.some((each) => each.namespace === namespace && each.kind === kind),
    )
    if (user !== undefined) missing.add(grant, 'used-by-unmodelled', `${user.kind} ${identityOf(user)}`)
  }
  for (const one of classes) {
    if (one.decoded.parametersRef !== undefined) missing.add(one, 'infrastructure')
    const user =
      gateways.find(
        (gateway) => gateway.decoded.gatewayClassName === one.name && missing.of(gateway).length > 0,
      ) ?? open.find(({ kind, decoded }) => kind === 'Gateway' && decoded === undefined)
    if (user !== undefined) missing.add(one, 'used-by-unmodelled', `${user.kind} ${identityOf(user)}`)
  }
}
