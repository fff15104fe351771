import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare } from '../../../src/domain/diff/compare.ts'
import { compareMeshes } from '../../../src/domain/diff/compare-meshes.ts'
import type { RouteChange } from '../../../src/domain/diff/route-change.ts'
import { keyOfDoubt } from '../../../src/domain/doubt.ts'
import { unmetered } from '../../../src/domain/language/work.ts'
import type { Manifests } from '../../../src/domain/manifest/manifests.ts'
import { hostMatches } from '../../../src/domain/manifest/names.ts'
import { type Box, intersectBoxes, keyOfBox } from '../../../src/domain/match/box.ts'
import type { Request } from '../../../src/domain/match/request.ts'
import { createOwnership } from '../../../src/domain/ownership/ownership.ts'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import type { RouteTable } from '../../../src/domain/routing/route-table.ts'
import { runs } from '../../support/laws.ts'
import { mesh, twoSides } from '../../support/meshes.ts'
import { containsPoint, valueAt } from '../../support/points.ts'
import { isKeptInMesh, nameOf, routeInOrder, tableForRequest } from '../../support/reference.ts'
import { request } from '../../support/requests.ts'

const numRuns = runs(25, 10_000)
const options = {
  settings: { ...defaultIstioSettings, gatewayNamespaces: ['n1'] },
  complete: true,
  ownership: createOwnership(undefined),
  meshOf: () => 'default',
}

const gateways = ['n1/gw', 'n1/other', 'mesh']

interface Ends {
  readonly before: string
  readonly after: string
}

/** What happens to a request on both sides, in every order of the VirtualServices that may contest it. */
function endsOf(
  base: readonly RouteTable[],
  merged: readonly RouteTable[],
  gateway: string,
  asked: Request,
): readonly Ends[] {
  const [left, right] = [base, merged].map((tables) => tableForRequest(tables, gateway, asked))
  const names = new Set(
    [left, right].flatMap((table) => (table?.contributions ?? []).map((each) => nameOf(each.virtualService))),
  )
  const endIn = (table: RouteTable | undefined, order: readonly string[]) =>
    routeInOrder(table, order, asked)?.outcome.key ??
    (gateway === 'mesh' && isKeptInMesh(table, order, asked) ? 'not-found' : 'none')
  return permutations([...names]).map((order) => ({ before: endIn(left, order), after: endIn(right, order) }))
}

/** Whether the most special host that takes a request is surely one of services, which answer where no route does. */
function isForServices(tables: readonly RouteTable[], gateway: string, { authority }: Request): boolean {
  const hosts = tables.flatMap((table) =>
    table.gateway === gateway && hostMatches(table.host, authority) ? [table.host] : [],
  )
  return hosts.toSorted((a, b) => b.replace('*', '').length - a.replace('*', '').length)[0] === '*'
}

/** How a change says that requests end; at a gateway whatever has no route ends alike. */
function endOf({ gateway, before, after, unanswered }: RouteChange, side: 'before' | 'after'): string {
  const route = side === 'before' ? before : after
  return route?.outcome.key ?? (gateway === 'mesh' && unanswered[side] === 'not-found' ? 'not-found' : 'none')
}

function permutations(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length < 2) return [names]
  return names.flatMap((name, index) =>
    permutations(names.toSpliced(index, 1)).map((rest) => [name, ...rest]),
  )
}

function holding(changes: readonly RouteChange[], gateway: string, asked: Request): readonly RouteChange[] {
  const host = (change: RouteChange) => change.requests.universe?.('authority')
  return changes.filter(
    (change) =>
      change.gateway === gateway &&
      (change.ports === undefined || change.ports.includes(asked.port ?? 0)) &&
      host(change) !== undefined &&
      containsPoint({ boxes: [new Map([['authority', host(change)!]])] }, valueAt(asked)) &&
      containsPoint(change.requests, valueAt(asked)),
  )
}

const upTo = (max: number) => fc.integer({ min: 0, max })

/** Two boxes have a request in common; what is not looked into may be either. */
function mayMeet(a: Box, b: Box): boolean {
  const known = (box: Box) => new Map([...box].filter(([dimension]) => !dimension.startsWith('opaque:')))
  return intersectBoxes(known(a), known(b), unmetered) !== undefined
}

describe('the changes between two sides', () => {
  it('r lies in a certain change <=> r ends differently in the same way in every order; in an uncertain one <=> in some', () => {
    fc.assert(
      fc.property(
        twoSides,
        fc.array(request, { minLength: 20, maxLength: 20 }),
        ([base, merged], requests) => {
          const { changes, base: before, merged: after } = compare(base, merged, options)
          const [left, right] = [before, after].map((side) => side.meshes.flatMap((each) => each.tables))
          for (const one of requests) {
            for (const gateway of gateways) {
              const asked = gateway === 'mesh' ? one : { ...one, sourceNamespace: 'n1' }
              const ends = endsOf(left!, right!, gateway, asked)
              const pairs = new Set(
                ends
                  .filter((each) => each.before !== each.after)
                  .map((each) => `${each.before} => ${each.after}`),
              )
              const always = pairs.size === 1 && ends.every((each) => each.before !== each.after)
              const found = holding(changes, gateway, asked)
              expect(
                new Set(found.map((each) => `${endOf(each, 'before')} => ${endOf(each, 'after')}`)),
              ).toEqual(pairs)
              const isService = isForServices([...left!, ...right!], gateway, asked)
              const isSure = ({ before, after }: RouteChange) =>
                always && (isService || before !== undefined || after !== undefined)
              expect(found.map((each) => each.certain)).toEqual(found.map(isSure))
            }
          }
        },
      ),
      { numRuns },
    )
  })

  it('whoever gains or loses requests is named among the differences when there is no work left, too', () => {
    fc.assert(
      fc.property(twoSides, upTo(2_000), upTo(2_000), ([base, merged], left, narrowing) => {
        const { base: before, merged: after } = compare(base, merged, options)
        const differences = (work: number) =>
          before.meshes.flatMap((mesh) =>
            compareMeshes(mesh, after.meshes[0], {
              settings: options.settings,
              work: { of: 'comparison', left: work },
              narrowing: { of: 'narrowing', left: narrowing },
            }),
          )
        const [exact, rough] = [differences(Number.MAX_SAFE_INTEGER), differences(left)]

        for (const { gateway, host, ports, requests, before: from, after: to } of exact) {
          for (const box of requests.boxes) {
            const here = rough.filter(
              (each) =>
                each.host === host &&
                each.gateway === gateway &&
                String(each.ports) === String(ports) &&
                each.requests.boxes.some((other) => mayMeet(box, other)),
            )
            if (from !== undefined) {
              expect(here.map((each) => each.before?.outcome.supplier)).toContain(from.outcome.supplier)
            }
            if (to !== undefined) {
              expect(here.map((each) => each.after?.outcome.supplier)).toContain(to.outcome.supplier)
            }
          }
        }
      }),
      { numRuns: runs(12, 10_000) },
    )
  })

  it('every witness of a certain change is treated differently, as the change says', () => {
    fc.assert(
      fc.property(twoSides, ([base, merged]) => {
        const { changes, base: before, merged: after } = compare(base, merged, options)
        const [left, right] = [before, after].map((side) => side.meshes.flatMap((each) => each.tables))
        for (const change of changes.filter((each) => each.certain)) {
          expect(change.witness).toBeDefined()
          const ends = endsOf(left!, right!, change.gateway, change.witness!)
          expect(ends).toEqual(
            ends.map(() => ({
              before: endOf(change, 'before'),
              after: endOf(change, 'after'),
            })),
          )
        }
      }),
      { numRuns },
    )
  })

  it('every uncertain change names at least one doubt, the same ones in whatever order the files come', () => {
    const told = (base: Manifests, merged: Manifests) =>
      compare(base, merged, options)
        .changes.map(({ host, gateway, ports, requests, certain, doubts, before, after }) => {
          expect(doubts.length === 0).toBe(certain)
          const ends = [before?.outcome.key, after?.outcome.key]
          return JSON.stringify([
            host,
            gateway,
            ports,
            ends,
            requests.boxes.map(keyOfBox),
            doubts.map(keyOfDoubt),
          ])
        })
        .toSorted()
    const turned = (side: Manifests): Manifests => ({
      ...side,
      virtualServices: side.virtualServices.toReversed(),
    })
    fc.assert(
      fc.property(twoSides, ([base, merged]) => {
        expect(told(turned(base), turned(merged))).toEqual(told(base, merged))
      }),
      { numRuns: runs(12, 10_000) },
    )
  })

  it('a mesh does not differ from itself', () => {
    fc.assert(
      fc.property(mesh, (side) => {
        expect(compare(side, side, options).changes).toEqual([])
      }),
      { numRuns },
    )
  })
})
