import { kindAndName } from '../manifest/names.ts'
import type { MadeOf, Resource, UnmodelledResource } from '../manifest/resource.ts'
import type { HTTPRoute, VirtualService, VirtualServiceSpec } from '../manifest/virtual-service.ts'
import { memoized } from '../source/memoized.ts'
import { type AssumedAges, byAge, createdAt } from './ages.ts'
import type { Route } from './objects.ts'
import { bySpecificity, openTies } from './order.ts'
import { originOf, type RuleMatch, rulesOf } from './rules.ts'

/** One entry of a list: a match of a rule. */
interface ListEntry {
  readonly http: HTTPRoute
  /** The list itself. */
  readonly primary: VirtualService
  readonly entry: number
  /** The route that has the rule, as if it were a secondary. */
  readonly secondary: VirtualService
  readonly secondaryEntry: number
}

/** Rules that the control plane sorts together: those for one host text at one listener, or for one service. */
export interface List {
  readonly virtualService: VirtualService
  readonly entries: readonly ListEntry[]
  readonly dropped: readonly []
  /** A list of the namespace of whoever reads it comes before those of others. */
  readonly ownFirst?: true
  /** Groups of what has parts for the same requests, of which only an age that nobody knows here says which comes first. */
  readonly open: readonly (readonly Resource[])[]
}

/** What a list is made for. */
export interface ListPlace {
  readonly name: string
  /** What has the place: a listener's Gateway, or a service's first route. */
  readonly holder: UnmodelledResource
  readonly spec: Pick<VirtualServiceSpec, 'hosts' | 'gateways' | 'exportTo'>
  /** Which part of the holder it is. */
  readonly part?: string
  /** Added to each match. */
  readonly port?: number
}

/** The matches of some routes as one list; its age and namespace are those of its oldest route. */
export function listOf(place: ListPlace, matches: readonly RuleMatch[], oldest: AssumedAges): List {
  const inTurn = matches.toSorted(({ route: a }, { route: b }) => byAge(oldest)(a, b))
  const sorted = inTurn.toSorted(bySpecificity)
  const routes = [...new Set(inTurn.map(({ route }) => route))]
  const entries = sorted.flatMap(({ route, rule, entries: own }) =>
    own.map((http) => ({ http: withPort(http, place.port), route, rule })),
  )
  const { decoded: _, inCluster: __, ...holder } = place.holder
  const virtualService: VirtualService = {
    ...holder,
    kind: 'VirtualService',
    name: place.name,
    ...agedAs(routes, place),
    labels: {},
    annotations: {},
    madeOf: {
      ...madeOf(place.holder),
      ...(place.part !== undefined && { part: place.part }),
      age: ageOf(routes, place),
    },
    spec: { ...place.spec, http: entries.map(({ http }) => http) },
  }
  return {
    virtualService,
    entries: entries.map(({ http, route, rule }, entry) => ({
      http,
      primary: virtualService,
      entry,
      secondary: asSecondary(route),
      secondaryEntry: rule,
    })),
    dropped: [],
    ownFirst: true,
    open: openTies(sorted),
  }
}

function withPort(http: HTTPRoute, port: number | undefined): HTTPRoute {
  return port === undefined
    ? http
    : { ...http, match: (http.match ?? [{}]).map((match) => ({ ...match, port })) }
}

function agedAs(routes: readonly Route[], place: ListPlace): Pick<VirtualService, 'namespace' | 'inCluster'> {
  const [first] = routes
  const areKnown = routes.every((route) => createdAt(route) !== undefined)
  const namespace = first?.namespace ?? place.holder.namespace
  return {
    ...(namespace !== undefined && { namespace }),
    ...(areKnown && first?.inCluster && { inCluster: first.inCluster }),
  }
}

/** A list of one route is as old as that. */
function ageOf([first, ...others]: readonly Route[], { name }: ListPlace): string {
  return first === undefined || others.length > 0 ? name : kindAndName(first)
}

function madeOf({ kind, name, namespace }: UnmodelledResource): Omit<MadeOf, 'age'> {
  return { kind, name, ...(namespace !== undefined && { namespace }) }
}

/** A route as whoever supplies entries: with its own name, file and place. Of its rules, which stand as they are written, it is asked where they are and whether they are the same. */
const asSecondary = memoized((route: Route): VirtualService => {
  const { decoded: _, ...object } = route
  return {
    ...object,
    kind: 'VirtualService',
    madeOf: { ...madeOf(route), age: kindAndName(route) },
    spec: { http: rulesOf(route).map((rule): HTTPRoute => ({ ...rule, ...originOf(rule, route) })) },
  }
})
