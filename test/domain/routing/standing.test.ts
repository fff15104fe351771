import { expect, it } from 'vitest'
import { defaultIstioSettings } from '../../../src/domain/routing/istio-settings.ts'
import type { RouteTable } from '../../../src/domain/routing/route-table.ts'
import { takeSnapshot } from '../../../src/domain/routing/snapshot.ts'
import { atHomeIn, notAskedIn, standingIn, withoutEntriesIn } from '../../../src/domain/routing/standing.ts'
import { gateway, manifests, virtualService } from '../../support/meshes.ts'

const http = [{ route: [{ destination: { host: 'a' } }] }]

function tablesOf(side: ReturnType<typeof manifests>): readonly RouteTable[] {
  return takeSnapshot(side, {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(),
  }).meshes.flatMap(({ tables }) => tables)
}

const names = (some: Iterable<{ readonly name: string }>) => [...some].map(({ name }) => name).toSorted()

it('inside the mesh the second of one host is not asked; at a gateway both are', () => {
  const both = [
    virtualService('ns/a', { hosts: ['h.example'], gateways: ['mesh', 'ns/gw'], http }),
    virtualService('ns/b', { hosts: ['h.example'], gateways: ['mesh', 'ns/gw'], http }),
  ]

  const found = tablesOf(manifests(both)).map((table) => [
    table.gateway,
    names(notAskedIn(table)),
    names(standingIn(table)),
  ])

  expect(found).toEqual([
    ['mesh', ['b'], ['a']],
    ['ns/gw', [], ['a', 'b']],
  ])
})

it('who has no entry for requests has the host nevertheless', () => {
  const [table] = tablesOf(manifests([virtualService('ns/a', { hosts: ['h.example'] })]))

  expect(
    table && [names(withoutEntriesIn(table)), names(standingIn(table)), names(notAskedIn(table))],
  ).toEqual([['a'], ['a'], []])
})

it('a secondary of which every entry is dropped stands where it is dropped', () => {
  const [table] = tablesOf(
    manifests([
      virtualService('ns/p', {
        hosts: ['h.example'],
        http: [{ match: [{ uri: { prefix: '/a' } }], delegate: { name: 's' } }],
      }),
      virtualService('ns/s', { http: [{ match: [{ uri: { prefix: '/b' } }], ...http[0] }] }),
    ]),
  )

  expect(table && names(standingIn(table))).toEqual(['p', 's'])
})

it('on a listener that gateways share, those are at home that name the gateway', () => {
  const spec = { servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] }
  const tables = tablesOf(
    manifests(
      [virtualService('ns/a', { hosts: ['h.example'], gateways: ['ns/one'], http })],
      [gateway('ns/one', spec), gateway('ns/two', spec)],
    ),
  )

  expect(tables.map((table) => [table.gateway, names(standingIn(table)), names(atHomeIn(table))])).toEqual([
    ['ns/one', ['a'], ['a']],
    ['ns/two', ['a'], []],
  ])
})
