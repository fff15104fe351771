import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from '../../../../src/domain/diff/compare.ts'
import type { Manifests } from '../../../../src/domain/manifest/manifests.ts'
import type { Request } from '../../../../src/domain/match/request.ts'
import { createOwnership } from '../../../../src/domain/ownership/ownership.ts'
import { createExplainer } from '../../../../src/domain/routing/explain/explain-request.ts'
import type { Explanation } from '../../../../src/domain/routing/explain/explanation.ts'
import { indexHosts } from '../../../../src/domain/routing/explain/host-index.ts'
import { defaultIstioSettings } from '../../../../src/domain/routing/istio-settings.ts'
import type { EffectiveRoute, RouteTable } from '../../../../src/domain/routing/route-table.ts'
import { type Snapshot, takeSnapshot } from '../../../../src/domain/routing/snapshot.ts'
import { runs } from '../../../support/laws.ts'
import { mesh, twoSides } from '../../../support/meshes.ts'
import { nameOf, routeInOrder } from '../../../support/reference.ts'
import { request } from '../../../support/requests.ts'

const settings = { ...defaultIstioSettings, gatewayNamespaces: ['n1'] }

function snapshotOf(manifests: Manifests): Snapshot {
  const none: ReadonlySet<string> = new Set()
  return takeSnapshot(manifests, {
    settings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => none,
  })
}

/** Whether Istio sends a route to this client on this port at all. */
function isSentTo({ match }: EffectiveRoute, to: Request): boolean {
  if (match?.port !== undefined && match.port !== to.port) return false
  if ((match?.gateways ?? []).length > 0) return true
  const labels = Object.entries(match?.sourceLabels ?? {})
  return (
    labels.every(([name, value]) => to.sourceLabels?.[name] === value) &&
    (match?.sourceNamespace ?? to.sourceNamespace) === to.sourceNamespace
  )
}

function permutations<T>(values: readonly T[]): readonly (readonly T[])[] {
  if (values.length < 2) return [values]
  return values.flatMap((value, index) =>
    permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
  )
}

/** At a gateway, the most special host with a route for the client, and those who have one. */
function servedTo(candidates: readonly RouteTable[], to: Request): RouteTable | undefined {
  return candidates
    .map((table) => ({
      ...table,
      contributions: table.contributions.filter(({ routes }) => routes.some((route) => isSentTo(route, to))),
    }))
    .find(({ contributions }) => contributions.length > 0)
}

/** In the mesh, the most special host of which the client sees a VirtualService at all. */
function seenBy(candidates: readonly RouteTable[], to: Request): RouteTable | undefined {
  return candidates.find(({ contributions }) =>
    contributions.some(({ visibleTo }) => visibleTo?.includes(to.sourceNamespace ?? '') !== false),
  )
}

/** The outcome keys that some order of creation gives. */
function reference(
  tables: readonly RouteTable[],
  gateway: string,
  to: Request,
): readonly string[] | 'no-host' {
  const candidates = indexHosts(tables.filter((table) => table.gateway === gateway)).tablesFor(
    to.authority,
    to.port,
  )
  const table = gateway === 'mesh' ? seenBy(candidates, to) : servedTo(candidates, to)
  if (table === undefined) return gateway === 'mesh' && candidates.length > 0 ? ['no-route'] : 'no-host'
  const orders = permutations(
    table.contributions.map(({ virtualService }) => nameOf(virtualService as never)),
  )
  return [
    ...new Set(orders.map((order) => routeInOrder(table, order, to)?.outcome.key ?? 'no-route')),
  ].toSorted()
}

function keysOf({ outcome, route, possible }: Explanation): readonly string[] | 'no-host' {
  if (outcome === 'no-host') return outcome
  if (outcome === 'no-route' || outcome === 'service') return ['no-route']
  const all = outcome === 'route' ? [route] : (possible ?? [])
  return all.map((each) => (typeof each === 'object' ? each.outcome.key : 'no-route')).toSorted()
}

describe('explain, on small random meshes', () => {
  it('explain(r) is what every order of creation gives, tried one by one', () => {
    fc.assert(
      fc.property(mesh, fc.array(request, { minLength: 10, maxLength: 10 }), (manifests, requests) => {
        const { meshes } = snapshotOf(manifests)
        const explainer = createExplainer(meshes, settings)
        const tables = meshes.flatMap((each) => each.tables)
        for (const to of requests) {
          for (const gateway of ['n1/gw', 'n1/other', 'mesh']) {
            const [answer] = explainer.explain({ ...to, gateway })
            expect(answer && keysOf(answer)).toEqual(reference(tables, gateway, to))
          }
        }
      }),
      { numRuns: runs(50, 10_000) },
    )
  })
})

describe('explain, beside the diff of two random sides', () => {
  it('the witness of a certain change is explained differently on the two sides', () => {
    const options = {
      settings,
      complete: true,
      ownership: createOwnership(undefined),
      meshOf: () => 'default',
    }
    fc.assert(
      fc.property(twoSides, ([before, after]) => {
        const { base, merged, changes } = compare(before, after, options)
        const [old, now] = [base, merged].map(({ meshes }) => createExplainer(meshes, settings))
        for (const { witness, certain, gateway, unanswered } of changes) {
          if (witness === undefined || !certain) continue
          const [was] = old?.explain({ ...witness, gateway }) ?? []
          const [is] = now?.explain({ ...witness, gateway }) ?? []
          expect(is && answerOf(is, gateway)).not.toBe(was && answerOf(was, gateway))
          if (gateway !== 'mesh') continue
          for (const [said, explained] of [
            [unanswered.before, was],
            [unanswered.after, is],
          ] as const) {
            if (explained?.outcome === 'no-route') expect(['not-found', 'either']).toContain(said)
            if (explained?.outcome === 'service') expect(['service', 'either']).toContain(said)
          }
        }
      }),
      { numRuns: runs(25, 10_000) },
    )
  })
})

/** Inside the mesh it is the service itself that answers for a host that nobody has. */
function answerOf({ outcome, route }: Explanation, gateway: string): string {
  if (outcome === 'no-host') return gateway === 'mesh' ? 'service' : 'no-route'
  return route?.outcome.key ?? outcome
}
