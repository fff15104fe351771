import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Target } from '../reach.ts'
import type { Reached } from '../reached.ts'
import { addressesMeet } from '../reading/addresses.ts'
import { addressesOf, portsOf } from '../reading/known-by.ts'
import { ownersOf, type World } from './world.ts'

/** The owners of other Services and entries that some of these addresses and ports are of. */
export function havingAddress(
  { addresses, ports }: Extract<Target, { kind: 'addresses' }>,
  self: UnmodelledResource,
  world: World,
): readonly Reached[] {
  const isSelf = ({ kind, name, file }: UnmodelledResource) =>
    kind === self.kind && name === self.name && file.path === self.file.path
  const having = [...world.partial('Service'), ...world.objects('ServiceEntry')].filter(
    (each) =>
      !isSelf(each) &&
      portsOf(each).some((port) => ports.includes(port)) &&
      addressesOf(each).some((address) => addresses.some((wanted) => addressesMeet(wanted, address))),
  )
  return ownersOf('service', having, world)
}
