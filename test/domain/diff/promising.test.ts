import { expect, it } from 'vitest'
import { promisingAfter, promisingBefore } from '../../../src/domain/diff/promising.ts'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { virtualService } from '../../support/meshes.ts'
import { delegate, prefix, primary, secondary, to, workedMesh } from '../../support/worked-mesh.ts'

const shop = primary('p', delegate('s', prefix('/a')))
const part = secondary('s', to('a'))

const side = (...all: readonly VirtualService[]) => {
  const mesh = workedMesh(...all)
  return { table: mesh.tables.find(({ host }) => host === 'shop.example'), graph: mesh.graph }
}
const told = (all: ReturnType<typeof promisingAfter>) =>
  all.map(({ primary: { name }, arrived }) => `${name}${arrived ? ' arrived' : ''}`)

it('whoever delegates on the host promises there', () => {
  expect(told(promisingBefore(side(shop, part, primary('own', to('x', prefix('/b'))))))).toEqual(['p'])
  expect(promisingBefore({ table: undefined, graph: undefined })).toEqual([])
})

it('a primary that is there on both sides promises on both', () => {
  expect(told(promisingAfter(side(shop, part), side(shop, part)))).toEqual(['p'])
})

it('a table that is gone takes back no promise of a primary that kept its hosts', () => {
  const after = { ...side(shop, part), table: undefined }

  expect(told(promisingAfter(side(shop, part), after))).toEqual(['p'])
})

it('a primary that gave up the host promises nothing there any more', () => {
  const elsewhere = virtualService('n/p', { ...shop.spec, hosts: ['other.example'] })

  expect(told(promisingAfter(side(shop, part), side(elsewhere, part)))).toEqual([])
})

it('a primary that something else brought here has arrived', () => {
  const before = { ...side(shop, part), table: undefined }

  expect(told(promisingAfter(before, side(shop, part)))).toEqual(['p arrived'])
})

it('a new primary has not arrived: it was written to be here', () => {
  expect(told(promisingAfter(side(part), side(shop, part)))).toEqual(['p'])
})
