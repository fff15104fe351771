import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asOneTable, isOn, serves, tablesOn } from '../../../src/domain/diff/tables-for.ts'
import { virtualService } from '../../support/meshes.ts'
import { tableForRequest } from '../../support/reference.ts'
import { exact, tableOf, to, workedMesh } from '../../support/worked-mesh.ts'

const on = (host: string, gateway = 'gw', exportTo?: string) =>
  virtualService(`n/${host.replace('*', 'all')}`, {
    hosts: [host],
    gateways: [gateway],
    http: [to(host.replace('*', 'all'), exact('/a'))],
    ...(exportTo && { exportTo: [exportTo] }),
  })
const hosts = ['*', '*.example', '*.shop.example', 'a.shop.example', 'b.example']
const mesh = workedMesh(...hosts.map((host) => on(host)))

describe('the tables that requests for a host meet', () => {
  it('are that of the host, else that of the longest wildcard', () => {
    const met = tablesOn(mesh.tables, 80)

    expect(met('a.shop.example').map(({ host }) => host)).toEqual(['a.shop.example'])
    expect(met('c.shop.example').map(({ host }) => host)).toEqual(['*.shop.example'])
    expect(met('other.test').map(({ host }) => host)).toEqual(['*'])
  })

  it('law: are the ones that looking at each would find', () => {
    fc.assert(
      fc.property(
        fc.subarray(hosts),
        fc.constantFrom('a.shop.example', 'b.example', 'c.example', 'x.test'),
        (some, host) => {
          const tables = mesh.tables.filter((table) => some.includes(table.host))
          const asked = { method: 'GET', scheme: 'http', authority: host, path: '/a', headers: {}, port: 80 }

          expect(tablesOn(tables, 80)(host)[0]).toBe(tableForRequest(tables, 'n/gw', asked))
        },
      ),
    )
  })

  it('are none of another port', () => {
    const tables = mesh.tables.map((table) => ({ ...table, ports: [80] }))

    expect(tablesOn(tables, 443)('b.example')).toEqual([])
    expect(tables.map((table) => isOn(table, undefined))).not.toContain(false)
  })

  it('are none of a host without routes, but in the mesh', () => {
    const table = { ...tableOf(mesh, 'b.example'), routes: [] }

    expect([serves(table), serves({ ...table, gateway: 'mesh' })]).toEqual([false, true])
  })
})

describe('several tables as one', () => {
  it('are read one after the other', () => {
    const [narrow, broad] = ['b.example', '*'].map((host) => tableOf(mesh, host))
    const one = asOneTable([narrow!, broad!])

    expect(one?.host).toBe('b.example')
    expect(one?.contributions.map(({ level }) => level)).toEqual([0, 1])
  })

  it('are the one where there is one, and none where there is none', () => {
    const only = tableOf(mesh, '*')

    expect([asOneTable([only]), asOneTable([])]).toEqual([only, undefined])
  })
})
