import { expect, it } from 'vitest'
import { allows } from '../../../src/domain/language/values.ts'
import { universeOf } from '../../../src/domain/match/dimensions.ts'
import { tableUniverse } from '../../../src/domain/reach/table-universe.ts'
import { virtualService } from '../../support/meshes.ts'
import { options, tableOf, to, workedMesh } from '../../support/worked-mesh.ts'

const on = (name: string, host: string, gateways = ['gw']) =>
  virtualService(`n/${name}`, { hosts: [host], gateways, http: [to(name)] })

it('a host is asked for by its name', () => {
  const mesh = workedMesh(on('a', 'a.example'), on('all', '*.example'))
  const names = tableUniverse(tableOf(mesh, 'a.example'), mesh.tables, options)('authority')

  expect(allows(names, 'a.example')).toBe(true)
  expect(allows(names, 'b.example')).toBe(false)
})

it('a wildcard is asked for by the names that no more special host of its gateway takes', () => {
  const mesh = workedMesh(on('a', 'a.example'), on('all', '*.example'), on('c', 'c.example', ['other']))
  const names = tableUniverse(tableOf(mesh, '*.example'), mesh.tables, options)('authority')

  expect(allows(names, 'a.example')).toBe(false)
  expect(allows(names, 'b.example')).toBe(true)
  expect(allows(names, 'c.example')).toBe(true)
})

it('in the mesh no name is ruled out', () => {
  const mesh = workedMesh(on('a', 'a.n.svc.cluster.local', ['mesh']))

  expect(tableUniverse(mesh.tables[0]!, mesh.tables, options)('authority')).toEqual(universeOf('authority'))
})

it('only the ports of the table are met', () => {
  const mesh = workedMesh(on('a', 'a.example'))
  const table = { ...tableOf(mesh, 'a.example'), ports: [80] }
  const ports = tableUniverse(table, mesh.tables, options)('port')

  expect([allows(ports, '80'), allows(ports, '443')]).toEqual([true, false])
})
