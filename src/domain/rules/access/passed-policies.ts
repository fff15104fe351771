import type { AccessPolicy } from '../../access/access-policy.ts'
import type { DoorAccess } from '../../access/applied-policies.ts'
import { isTemplatePath, textPattern } from '../../access/text-patterns.ts'
import { waysThrough } from '../../access/written-values.ts'
import { budgets } from '../../budgets.ts'
import type { AccessOperation } from '../../manifest/authorization-policy.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknownValue } from '../../manifest/placeholders/placeholders.ts'
import type { Request } from '../../match/request.ts'
import { hostExamples } from '../../match/witness-request.ts'
import { createExplainer } from '../../routing/explain/explain-request.ts'
import { refusalAt } from '../../routing/explain/refusal-at.ts'
import type { IstioSettings } from '../../routing/istio-settings.ts'
import { admittingAll } from '../../routing/listeners/access-at-gateways.ts'
import { httpServersOf } from '../../routing/listeners/gateways.ts'
import type { EffectiveRoute } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'

/** A request that a policy denies, and one that comes to the same route and that none refuses. */
export interface Passed {
  readonly policy: AccessPolicy
  readonly operation: AccessOperation
  readonly by: 'host' | 'path'
  readonly denied: Request
  readonly passing: Request
  readonly route: EffectiveRoute
}

/** How many values of rules may still be compared with. */
interface Tried {
  left: number
}

/** A port of a gateway. */
interface Door {
  readonly gateway: string
  readonly port: number
  readonly isPlain: boolean
  readonly access: DoorAccess
  readonly cost: number
}

/** Of each operation of a policy that denies at a gateway the first request that passes by another host, and by another path. */
export function passedPolicies(mesh: Mesh, settings: IstioSettings, tried: Tried): readonly Passed[] {
  const doors = doorsOf(mesh)
  if (doors.length === 0) return []
  const answers = answering(mesh, settings)
  const found = new Map<string, Passed>()
  for (const door of doors) {
    const hosts = mesh.tables.filter((table) => table.gateway === door.gateway && table.routes.length > 0)
    for (const { policy, operation, at } of deniedAt(door)) {
      for (const by of ['host', 'path'] as const) {
        const key = JSON.stringify([identityOf(policy), policy.file.path, at, by])
        if (found.has(key)) continue
        const requests = requestsOf(operation, { by, door, hosts: hosts.map(({ host }) => host) })
        const passed = requests.find(([denied, passing]) => {
          tried.left -= door.cost
          return (
            tried.left >= 0 &&
            passes({ denied, passing, policy }, door, settings) &&
            answers(denied, passing, door)
          )
        })
        const route = passed && answers(...passed, door)
        if (passed && route)
          found.set(key, { policy, operation, by, denied: passed[0], passing: passed[1], route })
      }
    }
  }
  return [...found.values()]
}

function doorsOf({ inForce, accessAt }: Mesh): readonly Door[] {
  return inForce.gateways.flatMap((gateway) =>
    httpServersOf(gateway).flatMap(({ port, plain }) => {
      const access = accessAt(identityOf(gateway), port)
      const isDenying = access.applied.some(({ policy }) => policy.action === 'DENY')
      const cost = isDenying ? costOf(access) : 0
      return port === undefined || !isDenying
        ? []
        : [{ gateway: identityOf(gateway), port, isPlain: plain, access, cost }]
    }),
  )
}

/** What it takes to ask all policies about a request, and about its other form. */
function costOf({ applied }: DoorAccess): number {
  const written = applied.flatMap(({ policy }) => policy.rules).map(waysThrough)
  const values = written.flatMap(({ sources, operations, conditions }) => [
    ...sources.flat(),
    ...operations.flat(),
    ...conditions,
  ])
  return 2 * (written.length + values.reduce((all, each) => all + (each?.values.length ?? 0), 0))
}

function deniedAt({ access }: Door) {
  return access.applied
    .filter(({ policy, doubts }) => policy.action === 'DENY' && !policy.isIncomplete && doubts.length === 0)
    .flatMap(({ policy }) =>
      policy.rules.flatMap(({ to = [] }, rule) =>
        to.map(({ operation = {} }, place) => ({ policy, operation, at: [rule, place] })),
      ),
    )
}

type Pair = readonly [denied: Request, passing: Request]

/** Requests that an operation denies by its host or path, each with the same one written otherwise. */
function requestsOf(
  operation: AccessOperation,
  { by, door, hosts }: { readonly by: Passed['by']; readonly door: Door; readonly hosts: readonly string[] },
): readonly Pair[] {
  const some = <T>(list: readonly T[]) => list.slice(0, budgets.passingExamples.size)
  const names = some((operation.hosts ?? []).flatMap((each) => examplesOfHost(each, hosts)))
  const paths = some((operation.paths ?? []).flatMap(examplesOfPath))
  const authorities = operation.hosts === undefined ? some(hosts).flatMap(firstExample) : names
  const [method = 'GET'] = (operation.methods ?? []).filter((each) => textPattern(each).kind === 'exact')
  const rest = { method, scheme: door.isPlain ? 'http' : 'https', headers: {}, port: door.port }
  const requests = authorities.flatMap((authority) =>
    (operation.paths === undefined ? ['/'] : paths).map((path): Request => ({ ...rest, authority, path })),
  )
  if (by === 'host')
    return names.length === 0
      ? []
      : requests.map((each) => [each, { ...each, authority: `${each.authority}:${door.port}` }])
  return paths.length === 0 ? [] : requests.map((each) => [each, { ...each, path: `/${each.path}` }])
}

/** Served hosts without a port; what begins so may have any. */
function examplesOfHost(written: string, served: readonly string[]): readonly string[] {
  const pattern = textPattern(written.toLowerCase())
  if (isUnknownValue(written) || written.includes(':') || pattern.kind === 'any' || pattern.kind === 'prefix')
    return []
  if (pattern.kind === 'exact') return [pattern.text]
  const under = served.flatMap(firstExample).filter((each) => each.endsWith(pattern.text))
  return under.length === 0 ? firstExample(`*${pattern.text}`) : under
}

function firstExample(host: string): readonly string[] {
  return isUnknownValue(host) ? [] : hostExamples(host).slice(0, 1)
}

function examplesOfPath(text: string): readonly string[] {
  const pattern = textPattern(text)
  if (isUnknownValue(text) || isTemplatePath(text) || pattern.kind === 'any' || pattern.kind === 'suffix')
    return []
  return pattern.text.startsWith('/') && pattern.text !== '/' ? [pattern.text] : []
}

/** Whether the policy surely denies the one, and nothing refuses the other. */
function passes(
  { denied, passing, policy }: Pick<Passed, 'denied' | 'passing' | 'policy'>,
  { access }: Door,
  settings: IstioSettings,
): boolean {
  const alone = { ...access, applied: access.applied.filter((each) => each.policy === policy) }
  return (
    refusalAt(denied, alone, settings)?.isCertain === true &&
    refusalAt(passing, alone, settings) === undefined &&
    refusalAt(passing, access, settings) === undefined
  )
}

/** The route that would answer both; undefined where there is none. */
function answering(mesh: Mesh, settings: IstioSettings) {
  const explainer = createExplainer([{ ...mesh, accessAt: admittingAll }], settings)
  return (denied: Request, passing: Request, { gateway }: Door): EffectiveRoute | undefined => {
    const [one, other] = [denied, passing].map((each) => explainer.explain({ ...each, gateway })[0]?.route)
    return one !== undefined && one.outcome.key === other?.outcome.key ? one : undefined
  }
}
