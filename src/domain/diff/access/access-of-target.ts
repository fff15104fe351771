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
  const ports = target.ports.map((port) => ({
    port,
    access: { base: at(base, target.names.base, port), merged: at(merged, now, port) },
  }))
  const alike = Map.groupBy(ports, ({ access }) => JSON.stringify([access.base.key, access.merged.key]))
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map(({ access }) => ({
      target: alike.size === 1 ? target : { ...target, ports: group.map(({ port }) => port) },
      access,
    })),
  )
}
