import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'

/** What whoever supplies a route is called: a VirtualService by `ns/name`, anything else with its kind in front. */
export function supplierNamed(supplier: VirtualService): string {
  const { madeOf } = supplier
  return madeOf === undefined ? identityOf(supplier) : `${madeOf.kind} ${identityOf(madeOf)}`
}
