import { gatewayApiSchema, type Specified, specified } from '../manifest/gateway-api.ts'
import { fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
import { identityOf, kindAndName } from '../manifest/names.ts'
import { holdsUnknown } from '../manifest/placeholders/holds-unknown.ts'
import { isUnknown, withDefaults } from '../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { MissingFacts } from './missing-fact.ts'
import type { Surroundings } from './surroundings.ts'

/** A route for requests, whichever of its kinds. */
export type Route = Specified<'HTTPRoute'> | Specified<'GRPCRoute'>

/** What of one mesh the Gateway API says, and what it hangs on. */
export interface GatewayApiObjects {
  /** Everything of the kinds that are known, whether or not it could be decoded. */
  readonly all: readonly UnmodelledResource[]
  readonly serviceEntries: readonly UnmodelledResource[]
  readonly surroundings: () => Surroundings
}

/** The objects of the mesh that are looked into. */
export interface KnownObjects {
  readonly routes: readonly Route[]
  readonly gateways: readonly Specified<'Gateway'>[]
  readonly listenerSets: readonly Specified<'ListenerSet'>[]
  readonly grants: readonly Specified<'ReferenceGrant'>[]
  readonly classes: readonly Specified<'GatewayClass'>[]
}

/** Those whose own text says all that there is to know of them; the others are named with what is missing. */
export function knownObjects({ all }: GatewayApiObjects, missing: MissingFacts): KnownObjects {
  const copies = Map.groupBy(all, kindAndName)
  const known = all.filter((each) => {
    const isCopied = (copies.get(kindAndName(each)) ?? []).length > 1
    if (isCopied) missing.add(each, 'copies', identityOf(each))
    if (each.decoded === undefined) missing.add(each, 'other-shape', shapeOf(each))
    if (each.namespace === undefined && each.kind !== 'GatewayClass') missing.add(each, 'no-namespace')
    if (
      isUnknown(identityOf(each)) ||
      [each.decoded, each.body['spec']].some((part) => holdsUnknown(part, isLeftOpen))
    )
      missing.add(each, 'filled-in')
    return missing.of(each).length === 0
  })
  return {
    routes: [...specified(known, 'HTTPRoute'), ...specified(known, 'GRPCRoute')],
    gateways: specified(known, 'Gateway'),
    listenerSets: specified(known, 'ListenerSet'),
    grants: specified(known, 'ReferenceGrant'),
    classes: specified(known, 'GatewayClass'),
  }
}

/** The version where that is not known, else the kind. */
function shapeOf({ apiVersion, kind }: UnmodelledResource): string {
  return gatewayApiSchema(apiVersion, kind) === undefined ? apiVersion : kind
}

/** Whether something is still to be filled in where the defaults of placeholders hold. */
function isLeftOpen(text: string): boolean {
  return isUnknown(withDefaults(text))
}

/** The hosts of a ServiceEntry. */
export function hostsOfEntry({ body }: UnmodelledResource): readonly string[] {
  return listIn(fieldsOf(body['spec'])['hosts']).flatMap((host) => textIn(host)?.toLowerCase() ?? [])
}
