import { hostsMayMeet, resolveHost } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Target } from '../reach.ts'
import { teamsReached } from '../reached.ts'
import { answeringIn } from './answering.ts'
import { resolveTarget } from './resolve-reach.ts'
import { owned, type World } from './world.ts'

/** A kind that another tool fills in and that was not there before. Undefined where there is none. */
export function kindFilledIn(
  before: readonly UnmodelledResource[],
  after: readonly UnmodelledResource[],
  entry: KindEntry,
): string | undefined {
  const [first] = after
  const isNew = before.length === 0 && entry.partial !== true
  return isNew && first !== undefined && isUnknown(first.kind) ? first.kind : undefined
}

/** A host that another tool fills in, that was not there before, and that may become what somebody else has. Undefined where there is none. */
export function hostFilledIn(
  before: readonly UnmodelledResource[],
  after: readonly UnmodelledResource[],
  entry: KindEntry,
  world: World,
): string | undefined {
  const known = new Set(before.flatMap((each) => hostsOf(each, entry, world)))
  return after
    .flatMap((each) => hostsOf(each, entry, world).map((host) => ({ host, each })))
    .find(({ host, each }) => isUnknown(host) && !known.has(host) && mayBeOfOthers(host, each, world))?.host
}

/** Those of requests that are Istio's. */
function hostsOf(resource: UnmodelledResource, entry: KindEntry, world: World): readonly string[] {
  return entry
    .reach(resource, world.setting)
    .filter((target) => hostsNamed(target).some(isUnknown))
    .filter((target) => resolveTarget(target, resource, world) !== 'elsewhere')
    .flatMap(hostsNamed)
}

/** Those that requests ask for; where calls come from one's own namespace alone, nobody else hears of it. */
function hostsNamed(target: Target): readonly string[] {
  switch (target.kind) {
    case 'parent':
    case 'hosts':
    case 'ingress':
      return target.hosts
    case 'calls':
      return target.clients === undefined ? [target.host] : []
    default:
      return []
  }
}

function mayBeOfOthers(host: string, resource: UnmodelledResource, world: World): boolean {
  const { clusterDomain } = world.setting
  const answering = answeringIn(world, (table) => hostsMayMeet(host, table.host))
  const services = world
    .partial('Service')
    .filter(({ name, namespace }) =>
      hostsMayMeet(host, resolveHost(name, namespace, clusterDomain).toLowerCase()),
    )
  const own = world.writerOf(resource).key
  return [
    ...teamsReached({ everybody: false, reached: answering }),
    ...owned(services.map(world.ownerOf)),
  ].some(({ key }) => key !== own)
}
