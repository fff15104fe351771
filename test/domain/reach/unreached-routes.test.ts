import { expect, it } from 'vitest'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { unreachedIn } from '../../../src/domain/reach/unreached-routes.ts'
import {
  answerOf,
  exact,
  options,
  prefix,
  primary,
  tableOf,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

function unreached(...all: readonly VirtualService[]): readonly string[] {
  const mesh = workedMesh(...all)
  const table = tableOf(mesh, 'shop.example')
  const isUnreached = unreachedIn(mesh, options)
  return table.routes.filter((route) => isUnreached(table, route)).map(answerOf)
}

it('a route is unreached whose requests earlier ones take', () => {
  expect(
    unreached(primary('p', to('broad', prefix('/a')), to('late', exact('/a/1')), to('b', exact('/b')))),
  ).toEqual(['late'])
})

it('of an entry each match stands for itself', () => {
  expect(unreached(primary('p', to('broad', prefix('/a')), to('late', exact('/a/1'), exact('/b'))))).toEqual([
    'late',
  ])
})

it('what the order of creation decides is not said to be unreached, nor what is the same but for a condition', () => {
  expect(unreached(primary('p', to('own', exact('/a/1'))), primary('q', to('other', prefix('/a'))))).toEqual(
    [],
  )
  expect(
    unreached(
      primary(
        'p',
        to('beta', { ...prefix('/a'), headers: { 'x-beta': { exact: '1' } } }),
        to('late', exact('/a/1')),
      ),
    ),
  ).toEqual([])
})
