import type { Comparison } from './diff/comparison.ts'
import type { RouteChange } from './diff/route-change.ts'
import { type Doubt, doubt, uniteDoubts } from './doubt.ts'
import type { Modelled } from './manifest/modelled.ts'
import { identityOf, shownName } from './manifest/names.ts'
import { inKnownTurn, isByAge } from './routing/assumed-order.ts'
import type { Contribution, RouteTable } from './routing/route-table.ts'
import { tablesOfHost } from './routing/tables-of-host.ts'
import { refusedPorts } from './rules/proxy/refused-ports.ts'
import { rangeOf } from './source/located.ts'
import { memoized } from './source/memoized.ts'
import { takenOfGatewayApi } from './taken-of-gateway-api.ts'

/**
 * What Git does not say and was taken for granted behind the changes: why some of them are not certain, and what even those
 * rest on that are. Each once; where nothing changes, only what that hangs on.
 */
export function assumptionsOf(comparison: Comparison): readonly Doubt[] {
  const all = [
    ...impliedNamespaces(comparison),
    ...comparison.changes.flatMap((change) => [
      ...change.doubts,
      ...settledOf(change, comparison),
      ...sharedHost(change, comparison),
      ...gatewayElsewhere(change, comparison),
      ...takenOfGatewayApi(change, comparison),
      ...refusedByProxy(change, comparison),
      ...unknownService(change, comparison),
      ...noNamespace(change),
    ]),
    ...certificatesApart(comparison),
  ]
  return uniteDoubts([...new Set(all)])
}

/** One for all that a Gateway answers on connections which are taken not to be reused for it. */
function certificatesApart({ onCertificatesApart, merged }: Comparison): readonly Doubt[] {
  const alike = Map.groupBy(onCertificatesApart, ({ mesh, gateway }) => JSON.stringify([mesh, gateway]))
  return [...alike.values()].map((changes) => {
    const all = [...new Set(changes.flatMap(({ connections }) => connections ?? []))]
    const listed = (lists: readonly (readonly string[])[]) =>
      [...new Set([...new Set(lists)].flat())].toSorted()
    const of = listed(all.map(({ gateways }) => gateways))
    const names = listed(all.map((each) => each.names))
    const here = merged.meshes.filter(({ name }) => name === changes[0]?.mesh)
    const written = here.flatMap(({ gateways }) => gateways.filter((each) => of.includes(identityOf(each))))
    const hosts = listed([changes.map(({ host }) => host)])
    return doubt({ code: 'certificates-apart', of, names, hosts }, ...written.map((each) => rangeOf(each)))
  })
}

/** Without this there might be changes where none are. */
function impliedNamespaces({ base, merged }: Comparison): readonly Doubt[] {
  const objects = [base, merged]
    .flatMap(({ manifests }) => [...manifests.virtualServices, ...manifests.gateways])
    .filter(({ isNamespaceImplied }) => isNamespaceImplied)
  return [...Map.groupBy(objects, ({ namespace = '' }) => namespace)].map(([namespace, all]) => {
    const of = [...new Set(all.map(({ name }) => name))].toSorted()
    return doubt({ code: 'namespace-implied', of, namespace }, ...all.map((each) => rangeOf(each)))
  })
}

/** What a snapshot of the cluster settled of a change. */
export function settledOf(change: RouteChange, comparison: Comparison): readonly Doubt[] {
  const objects = objectsOf(change)
  const named = (
    code: 'namespace-known' | 'delivered-elsewhere',
    fact: 'saysNamespace' | 'isDeliveredElsewhere',
  ) =>
    objects.flatMap((each) =>
      each.inCluster?.[fact] === true
        ? [doubt({ code, of: identityOf(each), file: each.inCluster.snapshot }, rangeOf(each))]
        : [],
    )
  return uniteDoubts([
    ...tablesOf(change, comparison).flatMap(knownOrder),
    ...named('namespace-known', 'saysNamespace'),
    ...named('delivered-elsewhere', 'isDeliveredElsewhere'),
  ])
}

/** A host of the mesh of which no service is known here is told of as far as it is surely served. */
function unknownService(change: RouteChange, comparison: Comparison): readonly Doubt[] {
  const { host, gateway } = change
  if (gateway !== 'mesh') return []
  const unknown = tablesOf(change, comparison).filter((table) => table.host === host && table.surely)
  const places = unknown.flatMap(({ bound }) => bound.map((each) => rangeOf(each.spec, 'hosts')))
  return unknown.length === 0 ? [] : [doubt({ code: 'service-unknown', host }, ...places)]
}

/** Servers of one Gateway stand in their order here; behind any other order that is known a snapshot stands. */
const knownOrder = memoized(({ host, gateway, contributions }: RouteTable): readonly Doubt[] => {
  const known = inKnownTurn(contributions)
  const byAge = known.filter((each, at) => {
    const [last, next] = [known[at - 1], known[at + 1]]
    return [last, next].some((other) => other !== undefined && isByAge(each, other))
  })
  const written = byAge.map(({ virtualService }) => virtualService)
  const file = byAge.flatMap(snapshotsOf)[0]
  if (file === undefined) return []
  const cause = { code: 'order-known', of: written.map(shownName), host, gateway, file } as const
  return [doubt(cause, ...written.map((each) => rangeOf(each)))]
})

function snapshotsOf({ virtualService, reading }: Contribution): readonly string[] {
  return [virtualService, reading?.gateway].flatMap((each) => each?.inCluster?.snapshot ?? [])
}

function tablesOf({ mesh, gateway, host }: RouteChange, { merged }: Comparison): readonly RouteTable[] {
  return merged.meshes
    .filter(({ name }) => name === mesh)
    .flatMap((each) => tablesOfHost(each, { gateway, host }))
    .filter(({ contributions }) => contributions.length > 1)
}

function objectsOf({ before, after }: RouteChange): readonly Modelled[] {
  const routes = [before, after].flatMap((route) => route ?? [])
  return [...new Set(routes.flatMap(({ from }) => [from.primary, from.secondary ?? []].flat()))]
}

/** Nothing is added where the change itself hangs on the order, or a snapshot says it. */
function sharedHost(change: RouteChange, comparison: Comparison): readonly Doubt[] {
  if (change.doubts.some(({ cause }) => cause.code === 'creation-order')) return []
  return tablesOf(change, comparison).flatMap(takenOrder)
}

/** One object for all changes of the host: it names everybody who shares it. */
const takenOrder = memoized(({ host, gateway, contributions }: RouteTable): readonly Doubt[] => {
  const written = [...new Set(contributions.map(({ virtualService }) => virtualService))]
  if (inKnownTurn(contributions).length === written.length) return []
  const cause = { code: 'shared-host', of: written.map(shownName).toSorted(), host, gateway } as const
  return [doubt(cause, ...written.map((each) => rangeOf(each)))]
})

function gatewayElsewhere({ mesh, gateway }: RouteChange, { base, merged }: Comparison): readonly Doubt[] {
  if (gateway === 'mesh') return []
  const here = [...base.meshes, ...merged.meshes].filter(({ name }) => name === mesh)
  const isHere = here.some(({ gateways, gatewayApi }) =>
    [...gateways, ...(gatewayApi?.gateways ?? [])].some((each) => identityOf(each) === gateway),
  )
  return isHere ? [] : [doubt({ code: 'gateway-elsewhere', gateway })]
}

function noNamespace(change: RouteChange): readonly Doubt[] {
  return objectsOf(change)
    .filter(({ namespace }) => namespace === undefined)
    .map((each) => doubt({ code: 'no-namespace', of: [each.name], files: [each.file.path] }, rangeOf(each)))
}

/** No proxy of the port has what is said to be so after the merge. */
function refusedByProxy({ mesh, gateway, host }: RouteChange, { merged }: Comparison): readonly Doubt[] {
  const here = refusedPorts(merged).filter(({ ports }) =>
    ports.some(
      (port) =>
        port.mesh === mesh && port.gateway === gateway && port.tables.some((table) => table.host === host),
    ),
  )
  if (here.length === 0) return []
  const of = [...new Set(here.flatMap(({ diagnostic }) => diagnostic.resource ?? []))].toSorted()
  return [
    doubt({ code: 'rejected-by-proxy', gateway, of }, ...here.map(({ diagnostic }) => diagnostic.range)),
  ]
}
