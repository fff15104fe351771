import { type Doubt, doubt } from '../../doubt.ts'
import { anyOf, BudgetExceeded, exactly, intersect, unmetered, type Work } from '../../language/string-set.ts'
import { present, type Values } from '../../language/values.ts'
import { type Box, isWithin, type Universe } from '../../match/box.ts'
import { universeOf } from '../../match/dimensions.ts'
import { authoritiesOf, chooseHost, covers, namesUnder } from '../../routing/host-choice.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import { otherNamesInMesh } from '../../routing/mesh-names.ts'
import { namesServed, portOfOthers } from '../../routing/mesh-services.ts'
import type { RouteTable } from '../../routing/route-table.ts'
import { rangeOf } from '../../source/located.ts'
import { remembered } from '../../source/remembered.ts'
import type { TableDifference } from '../tables/table-difference.ts'
import type { Port } from '../tables-for.ts'

/** Some of the requests for a host, and why it is not certain that they come to its tables. */
export interface Meant {
  /** As clients write them, wildcards included; absent where all that stand for the host are. */
  readonly names?: readonly string[]
  readonly ports?: readonly number[]
  readonly doubts: readonly Doubt[]
  /** Each of the names is that of a service. */
  readonly areServices?: true
}

const all: Meant = { doubts: [] }

/** A host, all hosts beside it (the more special ones take requests away from a wildcard), and where it is asked for. */
interface MeantTarget {
  readonly host: string
  readonly hosts: readonly string[]
  readonly ports: readonly Port[]
}

/** What requests for a host meet on both sides. */
interface Target extends Pick<MeantTarget, 'host' | 'hosts'> {
  readonly base: readonly RouteTable[]
  readonly merged: readonly RouteTable[]
}

/**
 * The requests for a host of the mesh that surely come to its tables, and then all that do if the host, or each name under it, is a
 * service, where that is not known.
 */
export function meantBy({ host, hosts, base, merged }: Target, clusterDomain: string): readonly Meant[] {
  const tables = [...base, ...merged]
  const surely = tables.find((table) => table.host === host)?.surely
  if (surely === undefined) return [all]
  const bound = tables.flatMap((table) => table.bound)
  const perhaps = {
    doubts: [doubt({ code: 'service-unknown', host }, ...bound.map((each) => rangeOf(each.spec, 'hosts')))],
  }
  if ('services' in surely) {
    const services = surely.services.filter((each) => chooseHost(hosts, each) === host)
    return [{ names: namesServed({ services }, clusterDomain), doubts: [], areServices: true }, perhaps]
  }
  // A broader wildcard that is spelled out as services serves a host that is none on no side.
  const isSpelledOut = tables.some((table) => table.surely !== undefined && 'services' in table.surely)
  if (isSpelledOut) return [perhaps]
  return [{ names: namesServed(surely, clusterDomain), ports: [portOfOthers], doubts: [] }, perhaps]
}

/** Without what is already told for sure, of the same requests but for their names and ports. What cannot be seen to be is told again. */
export function withoutTold<Difference extends TableDifference>(
  perhaps: readonly Difference[],
  sure: readonly Difference[],
  endsOf: (difference: Difference) => string,
  work: Work,
): readonly Difference[] {
  const told = Map.groupBy(sure, endsOf)
  return perhaps.filter(
    (each) => !areWithin(pathsOf(each), (told.get(endsOf(each)) ?? []).flatMap(pathsOf), work),
  )
}

function areWithin(boxes: readonly Box[], outer: readonly Box[], work: Work): boolean {
  const space = { universe: universeOf, work }
  try {
    return boxes.every((box) => outer.some((each) => isWithin(box, each, space)))
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return false
  }
}

function pathsOf({ requests: { boxes } }: TableDifference) {
  return boxes.map(
    (box) => new Map([...box].filter(([dimension]) => dimension !== 'authority' && dimension !== 'port')),
  )
}

/** All values of each dimension that some of the requests for a host can have. */
export function universeFor(
  gateway: string,
  { host, hosts, ports: numbers }: MeantTarget,
  { meant, settings }: { readonly meant: Meant; readonly settings: IstioSettings },
): Universe {
  const authorities = remembered(() => {
    const own = authoritiesOf(host, hosts)
    const isOwn = (name: string) => name === host || covers(host, name)
    const named = (name: string) =>
      isOwn(name) ? intersect(own, namesUnder(name), unmetered) : namesUnder(name)
    const aliases = gateway === 'mesh' ? otherNamesInMesh(host, settings.clusterDomain) : []
    const every = () => [own, ...aliases.map(namesUnder)]
    return present(anyOf(meant.names?.map(named) ?? every(), unmetered))
  })
  const known = numbers.flatMap((port) => port ?? [])
  const ports = known.length > 0 ? amongTexts(known.map(String)) : universeOf('port')
  const pods = settings.gatewayNamespaces
  const clients = pods.length > 0 && gateway !== 'mesh' ? amongTexts(pods) : universeOf('namespace')
  return (dimension) => {
    if (dimension === 'authority') return authorities()
    return dimension === 'port' ? ports : dimension === 'namespace' ? clients : universeOf(dimension)
  }
}

/** These values and no others. */
export function amongTexts(texts: readonly string[]): Values {
  return present(anyOf(texts.map(exactly), unmetered))
}
