import { admitting, type DoorAccess } from '../../access/applied-policies.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { Target } from '../hosts/request-targets.ts'
import { nameNow } from '../renamed-gateways.ts'
import type { Port } from '../tables-for.ts'
import type { SideAccess } from './changed-access.ts'

/** The two meshes that are compared, and which Gateways are called otherwise by now. */
interface Sides {
  readonly base: Mesh | undefined
  readonly merged: Mesh | undefined
  readonly renamed: ReadonlyMap<string, string>
}

/** A target on those of its ports where policies refuse the same. */
interface TargetAccess {
  readonly target: Target
  readonly access: SideAccess
}

/** A target as often as policies treat its ports otherwise; mostly once. */
export function byAccess(target: Target, { base, merged, renamed }: Sides): readonly TargetAccess[] {
  const at = (mesh: Mesh | undefined, gateway: string, port: Port): DoorAccess =>
    mesh?.accessAt(gateway, port) ?? admitting
  const now = nameNow(target.names.merged, renamed)
  const groups: { readonly access: SideAccess; readonly ports: Port[] }[] = []
  for (const port of target.ports) {
    const access = { base: at(base, target.names.base, port), merged: at(merged, now, port) }
    const alike = groups.find((group) => refuseAlike(group.access, access))
    if (alike === undefined) groups.push({ access, ports: [port] })
    else alike.ports.push(port)
  }
  return groups.map(({ access, ports }) => ({
    target: groups.length === 1 ? target : { ...target, ports },
    access,
  }))
}

/** Keys are long: they are compared, and not put together. */
function refuseAlike(a: SideAccess, b: SideAccess): boolean {
  return a.base.key === b.base.key && a.merged.key === b.merged.key
}
