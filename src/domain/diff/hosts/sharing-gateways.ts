import { identityOf } from '../../manifest/names.ts'
import { httpServersOf, serversSharedWith } from '../../routing/listeners/gateways.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { Comparison } from '../comparison.ts'
import type { RouteChange } from '../route-change.ts'

/**
 * All Gateways (`ns/name`) whose plain servers are one listener with those of a change, its own included: each of them has the change in
 * a table of its own. None where nobody shares it.
 */
export function gatewaysSharing(
  { mesh, gateway, ports }: Pick<RouteChange, 'mesh' | 'gateway' | 'ports'>,
  { base, merged }: Pick<Comparison, 'base' | 'merged'>,
): readonly string[] {
  const here = [...base.meshes, ...merged.meshes].filter(({ name }) => name === mesh)
  const names = new Set(here.flatMap((each) => sharingOn(each, gateway, ports)))
  return names.size < 2 ? [] : [...names].toSorted(compareTexts)
}

function sharingOn(
  { inForce: { gateways } }: Mesh,
  name: string,
  ports: readonly number[] = [],
): readonly string[] {
  const all = gateways.flatMap(httpServersOf)
  return all
    .filter(
      ({ gateway, plain, port }) => plain && identityOf(gateway) === name && (!port || ports.includes(port)),
    )
    .flatMap((own) => serversSharedWith(own, all).map(({ gateway }) => identityOf(gateway)))
}
