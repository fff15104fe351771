import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tablesOn } from '../../../../src/domain/diff/tables-for.ts'
import { indexHosts } from '../../../../src/domain/routing/explain/host-index.ts'
import type { RouteTable } from '../../../../src/domain/routing/route-table.ts'

const hosts = ['*', '*.example', '*.a.example', 'a.example', 'b.a.example', '*xample']
const names = ['a.example', 'b.a.example', 'c.a.example', 'example', 'x.test', '.example', 'xample', 'a']

const table = fc
  .record({ host: fc.constantFrom(...hosts), ports: fc.constantFrom(undefined, [80], [443], [80, 443]) })
  .map(({ host, ports }): RouteTable => {
    const http = {
      from: { http: {}, primary: {}, entry: 0 },
      outcome: {},
    } as unknown as RouteTable['routes'][0]
    const rest = {
      mesh: 'default',
      gateway: 'g',
      terms: {} as never,
      dropped: [],
      contributions: [],
      bound: [],
      doubts: [],
    }
    return { ...rest, host, routes: [http], ...(ports && { ports }) }
  })

it('tablesFor(name, port) begins with the table that the diff compares for it', () => {
  fc.assert(
    fc.property(
      fc.array(table, { maxLength: 8 }),
      fc.constantFrom(...names),
      fc.constantFrom(80, 443),
      (all, name, port) => {
        expect(indexHosts(all).tablesFor(name, port)[0]).toBe(tablesOn(all, port)(name)[0])
      },
    ),
  )
})

it('lists the tables from the most special host to the widest', () => {
  const tables = hosts.map((host) => ({ host, routes: [] }) as unknown as RouteTable)

  const found = indexHosts(tables).tablesFor('b.a.example', undefined)

  expect(found.map(({ host }) => host)).toEqual(['b.a.example', '*.a.example', '*.example', '*xample', '*'])
})
