import type { Specified } from '../manifest/gateway-api.ts'
import { gatewayApiGroup } from '../manifest/kinds/gateway-api-names.ts'

/** What lets objects of some namespaces name what is in others. */
export type Grants = readonly Specified<'ReferenceGrant'>[]

/** Something of the group of Services and Secrets. */
interface Granted {
  readonly kind: 'Service' | 'Secret'
  readonly namespace: string
  readonly name: string
}

interface Asking {
  readonly kind: string
  readonly namespace?: string
}

/** Whether an object of the Gateway API may name something of another namespace. */
export function isGranted(grants: Grants, asking: Asking, wanted: Granted): boolean {
  return grants.some(
    (grant) =>
      grant.namespace === wanted.namespace &&
      (grant.decoded.from ?? []).some(
        ({ group, kind, namespace }) =>
          group === gatewayApiGroup && kind === asking.kind && namespace === asking.namespace,
      ) &&
      (grant.decoded.to ?? []).some(
        ({ group = '', kind, name }) =>
          group === '' && kind === wanted.kind && (name === undefined || name === wanted.name),
      ),
  )
}
