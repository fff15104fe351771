import { canonicalJson } from '../manifest/json.ts'
import { shownName } from '../manifest/names.ts'
import { mayBe } from '../manifest/placeholders/placeholders.ts'
import type { HTTPMatchRequest, HTTPRoute } from '../manifest/virtual-service.ts'
import { memoized } from '../source/memoized.ts'
import { ownValue } from '../source/own-value.ts'
import { type Outcome, outcomeOf } from './action.ts'
import { type Redirected, redirectedRoutes } from './listeners/https-redirect.ts'
import type { MergedVirtualService } from './merge-virtual-services.ts'
import {
  type DroppedEntry,
  type DropReason,
  type EffectiveRoute,
  isCatchAll,
  type MergedEntry,
} from './route-table.ts'

/** Where a VirtualService is evaluated: one port of one gateway, or the sidecars (`mesh`). */
export interface Listener {
  readonly gateway: string
  /** Absent: any port, and `match.port` stays a condition. */
  readonly port?: number
  /** Where the pods of the gateway run; empty or absent where that is not known. */
  readonly namespaces?: readonly string[]
  /** Labels that the pods of the gateway surely have; there may be more. */
  readonly labels?: Readonly<Record<string, string>>
  /** Who is answered with a redirect to https instead. */
  readonly redirected?: Redirected
}

export interface VirtualServiceRoutes {
  readonly routes: readonly EffectiveRoute[]
  readonly dropped: readonly DroppedEntry[]
}

/**
 * The routes that one merged VirtualService gives to one listener (Istio `BuildHTTPRoutesForVirtualService`): matches
 * for other ports and gateways are left out, and nothing after the first catch-all is sent.
 */
export function routesOf(merged: MergedVirtualService, listener: Listener): VirtualServiceRoutes {
  const known = routesByListener(merged)
  const key = canonicalJson(listener)
  const routes = known.get(key) ?? routesFor(merged, listener)
  known.set(key, routes)
  return routes
}

const routesByListener = memoized((_: MergedVirtualService) => new Map<string, VirtualServiceRoutes>())

function routesFor(merged: MergedVirtualService, listener: Listener): VirtualServiceRoutes {
  const routes: EffectiveRoute[] = []
  const dropped: DroppedEntry[] = []
  const ending: HTTPMatchRequest[] = []
  let stopped = false
  for (const entry of merged.entries) {
    if (stopped) {
      dropped.push(drop(entry, 'after-catch-all'))
      continue
    }
    const own = routesOfEntry(entry, listener)
    if (own.length === 0) dropped.push(drop(entry, whyNone(entry.http, listener)))
    for (const route of own) {
      routes.push(ending.length === 0 ? route : { ...route, behind: [...ending] })
      if (route.match !== undefined && isCatchAll(route.match)) ending.push(route.match)
    }
    const last = own.at(-1)
    stopped = last !== undefined && endsTheList(last.match, listener)
  }
  return { routes: redirectedRoutes(routes, listener.redirected), dropped }
}

function routesOfEntry(entry: MergedEntry, listener: Listener): readonly EffectiveRoute[] {
  const matches = entry.http.match ?? []
  if (matches.length === 0) return [{ from: entry, outcome: outcomeFor(entry, undefined) }]
  const routes: EffectiveRoute[] = []
  for (const match of matches) {
    if (!appliesTo(match, listener)) continue
    routes.push({ from: entry, match, outcome: outcomeFor(entry, match) })
    if (endsTheList(match, listener)) break
  }
  return routes
}

function appliesTo(match: HTTPMatchRequest, listener: Listener): boolean {
  return appliesToPort(match, listener) && appliesToGateway(match, listener) && appliesToPods(match, listener)
}

function appliesToPort(match: HTTPMatchRequest, listener: Listener): boolean {
  return typeof match.port !== 'number' || listener.port === undefined || match.port === listener.port
}

function appliesToGateway(match: HTTPMatchRequest, listener: Listener): boolean {
  const gateways = match.gateways ?? []
  return gateways.length === 0 || gateways.includes(listener.gateway)
}

/** Beside `gateways` the client is not looked at. At a gateway it is the pod itself. */
function appliesToPods(
  { gateways = [], sourceNamespace, sourceLabels = {} }: HTTPMatchRequest,
  { namespaces = [], labels = {} }: Listener,
): boolean {
  if (gateways.length > 0) return true
  const isOther = Object.entries(sourceLabels).some(
    ([name, value]) => Object.hasOwn(labels, name) && !mayBe(value, labels[name] ?? ''),
  )
  if (isOther) return false
  return sourceNamespace === undefined || namespaces.length === 0 || namespaces.includes(sourceNamespace)
}

/** A catch-all, unless it is one only for some ports or clients: then it stays a condition here. */
function endsTheList(match: HTTPMatchRequest | undefined, listener: Listener): boolean {
  if (!isCatchAll(match)) return false
  if (match?.port !== undefined && listener.port === undefined) return false
  const ignoresSource = (match?.gateways ?? []).length > 0
  return ignoresSource || (hasAllLabels(match, listener) && match?.sourceNamespace === undefined)
}

function hasAllLabels({ sourceLabels = {} }: HTTPMatchRequest = {}, { labels = {} }: Listener): boolean {
  return Object.entries(sourceLabels).every(([name, value]) => ownValue(labels, name) === value)
}

function whyNone(http: HTTPRoute, listener: Listener): DropReason {
  const fitting = (http.match ?? []).filter((match) => appliesToGateway(match, listener))
  if (fitting.length === 0) return 'other-gateway'
  return fitting.some((match) => appliesToPort(match, listener)) ? 'other-pods' : 'other-port'
}

function drop(entry: MergedEntry, reason: DropReason): DroppedEntry {
  const { primary, secondary, secondaryEntry } = entry
  return {
    primary,
    entry: entry.entry,
    reason,
    ...(secondary && { secondary }),
    ...(secondaryEntry !== undefined && { secondaryEntry }),
  }
}

function outcomeFor(entry: MergedEntry, match: HTTPMatchRequest | undefined): Outcome {
  if (entry.external !== undefined) return externalOutcome(entry.external)
  return outcomeOf(entry.http, match, shownName(entry.secondary ?? entry.primary))
}

function externalOutcome(target: string): Outcome {
  return { action: { kind: 'external', virtualService: target }, supplier: target, key: `external ${target}` }
}
