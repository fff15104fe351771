import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareTables } from '../../../../src/domain/diff/tables/compare-tables.ts'
import { hostAges, hostOrder } from '../../../../src/domain/diff/tables/host-order.ts'
import { workOf } from '../../../../src/domain/language/string-set.ts'
import { identityOf } from '../../../../src/domain/manifest/names.ts'
import type { HTTPMatchRequest } from '../../../../src/domain/manifest/virtual-service.ts'
import { universeOf } from '../../../../src/domain/match/dimensions.ts'
import type {
  Audience,
  Clients,
  Contribution,
  RouteTable,
} from '../../../../src/domain/routing/route-table.ts'
import { clientsOf, inOneList, type Turn, turns } from '../../../../src/domain/routing/turns.ts'
import { compareTexts } from '../../../../src/domain/source/compare-texts.ts'
import { virtualService } from '../../../support/meshes.ts'
import { options, prefix, tableOf, to, workedMesh } from '../../../support/worked-mesh.ts'

const host = 'shop.example'
const sharing = (name: string, match: HTTPMatchRequest | undefined, timeout = '1s') =>
  virtualService(`n/${name}`, {
    hosts: [host],
    gateways: ['gw'],
    http: [{ ...(match === undefined ? to(name) : to(name, match)), timeout }],
  })

const matches = [undefined, prefix('/a'), { ...prefix('/b'), port: 80 }, { sourceLabels: { app: 'x' } }]
const some = fc
  .array(
    fc.record({
      match: fc.constantFrom(...matches),
      level: fc.constantFrom(undefined, 0, 1, 2),
      visibleTo: fc.constantFrom(undefined, ['n'], ['m']),
      isOwn: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => {
    const written = all.map(({ match }, at) => sharing(`v${at}`, match))
    const table = tableOf(workedMesh(...written), host)
    return all.flatMap(({ level, visibleTo, isOwn }, at) => {
      const own = table.contributions.find(({ virtualService: { name } }) => name === `v${at}`)
      const contribution = own && {
        ...own,
        ...(level !== undefined && { level }),
        ...(visibleTo && { visibleTo }),
      }
      return contribution === undefined ? [] : [{ contribution, isOwn }]
    })
  })

/** Who is among the clients does not hang on the order in which others are left out. */
function sorted(clients: Clients | undefined): Clients | undefined {
  return clients && { ...clients, except: clients.except.toSorted((a, b) => compareTexts(said(a), said(b))) }
}

const said = (audience: Audience): string => JSON.stringify(audience)

/** The slow way: everybody who shares the host is put in order and given a turn. */
function everybodyInTurn(all: readonly Contribution[], gateway: string, order: readonly string[]) {
  const placeOf = ({ virtualService: each }: Contribution) => order.indexOf(identityOf(each))
  return turns(
    gateway,
    all.toSorted((a, b) => placeOf(a) - placeOf(b)),
  )
}

it.each(['n/gw', 'mesh'])('law: in %s some have the turns that they have among everybody', (gateway) => {
  fc.assert(
    fc.property(some, fc.infiniteStream(fc.nat()), (all, choices) => {
      const contributions = all.map(({ contribution }) => contribution)
      const own = new Set(all.flatMap(({ contribution, isOwn }) => (isOwn ? [contribution] : [])))
      const order = all
        .filter(({ isOwn }) => isOwn)
        .map(({ contribution }) => [identityOf(contribution.virtualService), choices.next().value] as const)
        .toSorted(([, a], [, b]) => a - b)
        .map(([name]) => name)
      const listOf = (inTurn: readonly Turn[]) =>
        inOneList(
          gateway,
          inTurn,
          (turn) =>
            own.has(turn.contribution)
              ? turn.contribution.routes.map((route) => ({ route, clients: sorted(clientsOf(turn, route)) }))
              : [],
          ({ route }) => route,
        )
      const prepared = hostOrder(gateway, contributions)

      expect(listOf(prepared.inTurn(prepared.concerned(own), order))).toEqual(
        listOf(everybodyInTurn(contributions, gateway, order)),
      )
    }),
  )
})

it('in the mesh everybody is concerned, at a gateway who has some of the routes', () => {
  const { contributions } = tableOf(workedMesh(sharing('a', prefix('/a')), sharing('b', prefix('/b'))), host)
  const own = contributions.slice(1)

  expect(hostOrder('mesh', contributions).concerned(own)).toEqual(contributions)
  expect(hostOrder('n/gw', contributions).concerned(own)).toEqual(own)
})

it('of some those are known that have an age, the oldest first', () => {
  const aged = (name: string, created: string) => ({
    ...sharing(name, undefined),
    inCluster: { snapshot: 'snapshot.yaml', created },
  })
  const written = [
    aged('a', '2026-01-02T00:00:00Z'),
    sharing('b', undefined),
    aged('c', '2026-01-01T00:00:00Z'),
  ]
  const { contributions } = tableOf(workedMesh(...written), host)

  expect(hostAges(contributions, []).known(['n/a', 'n/b', 'n/c'])).toEqual(['n/c', 'n/a'])
  expect(hostAges(contributions, []).known(['n/a', 'n/b'])).toEqual(['n/a'])
})

function workFor(count: number): number {
  const table = (timeout: string): RouteTable => {
    const written = Array.from({ length: count }, (_, at) => sharing(`v${at}`, prefix(`/p${at}/`), timeout))
    return tableOf(workedMesh(...written), host)
  }
  const work = workOf('comparison')
  const before = work.left
  const context = { gateway: 'n/gw', options, universe: universeOf, narrowing: workOf('narrowing'), work }
  const found = compareTables(
    { table: table('1s'), scope: [] },
    { table: table('2s'), scope: [] },
    { ...context, newTerms: false },
  )
  expect(found.filter(({ doubts }) => doubts.length === 0)).toHaveLength(count)
  return before - work.left
}

it('a group of paths costs what has a route there, however many others share the host', () => {
  expect(workFor(200)).toBeLessThan(2.2 * workFor(100))
})

it('of two sides one order is known, unless they contradict each other', () => {
  const of = (...days: readonly (readonly [name: string, day: string])[]) =>
    tableOf(
      workedMesh(
        ...days.map(([name, day]) => ({
          ...sharing(name, undefined),
          inCluster: { snapshot: 'snapshot.yaml', created: `2026-01-${day}T00:00:00Z` },
        })),
      ),
      host,
    ).contributions
  const all = ['n/a', 'n/b', 'n/c']

  expect(hostAges(of(['a', '01'], ['c', '03']), of(['a', '01'], ['b', '02'])).known(all)[0]).toBe('n/a')
  expect(hostAges(of(['a', '01'], ['b', '02']), of(['b', '01'], ['a', '02'])).known(all)).toEqual([])
})
