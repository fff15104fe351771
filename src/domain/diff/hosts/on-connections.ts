import type { Work } from '../../language/string-set.ts'
import { isWildcard } from '../../manifest/names.ts'
import type { RequestSet } from '../../match/request-set.ts'
import type { NamesAsked } from '../../match/witness-request.ts'
import { authoritiesOf } from '../../routing/host-choice.ts'
import { memoized } from '../../source/memoized.ts'
import { endsOf, type HostDifference } from '../compare-meshes.ts'
import type { ConnectionsOf } from './met-host.ts'
import { withoutTold } from './surely-meant.ts'

/** Some requests, on connections that were opened for one of these names. */
export interface OnConnections {
  /** As in `ConnectionsOf`. */
  readonly names: readonly string[]
  readonly among: readonly string[]
  readonly requests: RequestSet
}

interface Found {
  readonly difference: HostDifference
  /** Connections of other names on which the same differs, too. */
  readonly alsoOn?: readonly OnConnections[]
}

/**
 * What differs on connections of other names is told apart only where the same requests do not differ alike when TLS is asked for
 * their host: who routes a host for several servers changes all of it at once.
 */
export function withOtherConnections<T extends Found>(found: readonly T[], work: Work): readonly T[] {
  const [own, others] = [found.filter(isForItself), found.filter((each) => !isForItself(each))]
  if (others.length === 0) return found
  const alsoOn = new Map<T, OnConnections[]>()
  const byHost = Map.groupBy(own, ({ difference }) => difference.host)
  const apart = others.filter(({ difference }) => {
    const [first] = (byHost.get(difference.host) ?? []).filter((one) =>
      tells(one.difference, difference, work),
    )
    if (first === undefined) return true
    alsoOn.set(first, [...(alsoOn.get(first) ?? []), onConnections(difference)])
    return false
  })
  const told = own.map((each) => {
    const also = alsoOn.get(each)
    return also === undefined ? each : { ...each, alsoOn: also }
  })
  return [...told, ...apart]
}

function isForItself({ difference }: Found): boolean {
  return difference.connections === undefined
}

/** Whether one tells of all these requests, of the same listener, and as certainly. */
function tells(one: HostDifference, other: HostDifference, work: Work): boolean {
  const { connections, ports = [], doubts } = other
  return (
    one.gateway === connections?.teller &&
    ports.every((port) => one.ports?.includes(port) === true) &&
    (one.doubts.length === 0) === (doubts.length === 0) &&
    withoutTold([other], [one], endsOf, work).length === 0
  )
}

function onConnections({ connections, requests }: HostDifference): OnConnections {
  return { names: connections?.names ?? [], among: connections?.among ?? [], requests }
}

/** Some of the names that TLS is asked for on these connections, and the one to show first. */
export function namesAskedOn({ names, among }: Pick<ConnectionsOf, 'names' | 'among'>): NamesAsked {
  const shown = names.find((name) => !isWildcard(name)) ?? names[0] ?? '*'
  return { values: authoritiesOf(shown, among), written: [shown] }
}

/** Equal for equal names; each list is spelled out once. */
export const keyOfNames = memoized((names: readonly string[]): string => names.join(' '))
