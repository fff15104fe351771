import { expect, it } from 'vitest'
import { withoutBystanders } from '../../../../src/domain/diff/tables/bystanders.ts'
import type { VirtualService } from '../../../../src/domain/manifest/virtual-service.ts'
import { virtualService } from '../../../support/meshes.ts'
import { exact, tableOf, to, workedMesh } from '../../../support/worked-mesh.ts'

const host = 'shop.n.svc.cluster.local'
const inMesh = (name: string, answer: string, exportTo?: readonly string[]) =>
  virtualService(`n/${name}`, {
    hosts: [host],
    gateways: ['mesh'],
    http: [to(answer, exact(`/${name}`))],
    ...(exportTo && { exportTo: [...exportTo] }),
  })
const side = (...all: readonly VirtualService[]) => ({
  table: tableOf(workedMesh(...all), host),
  scope: [],
})
const names = (sides: ReturnType<typeof withoutBystanders>) =>
  sides.map(({ table }) => table?.contributions.map(({ virtualService: { name } }) => name))

it('of those that are the same on both sides one stays: it may be the oldest', () => {
  const before = side(inMesh('a', 'a'), inMesh('b', 'b'), inMesh('c', 'c'))
  const after = side(inMesh('a', 'a'), inMesh('b', 'b'), inMesh('c', 'new'))

  expect(names(withoutBystanders(before, after))).toEqual([
    ['a', 'c'],
    ['a', 'c'],
  ])
})

it('where one comes or goes everybody stays', () => {
  const before = side(inMesh('a', 'a'), inMesh('b', 'b'))
  const after = side(inMesh('a', 'a'), inMesh('b', 'b'), inMesh('c', 'c'))

  expect(withoutBystanders(before, after)).toEqual([before, after])
})

it('where one is for some namespaces only everybody stays', () => {
  const before = side(inMesh('a', 'a', ['.']), inMesh('b', 'b'), inMesh('c', 'c'))
  const after = side(inMesh('a', 'a', ['.']), inMesh('b', 'b'), inMesh('c', 'new'))

  expect(withoutBystanders(before, after)).toEqual([before, after])
})
