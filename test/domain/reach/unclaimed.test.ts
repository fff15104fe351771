import { expect, it } from 'vitest'
import { unmetered } from '../../../src/domain/language/string-set.ts'
import { allows } from '../../../src/domain/language/values.ts'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { requestsText } from '../../../src/domain/reach/agreed-requests.ts'
import { unclaimed } from '../../../src/domain/reach/unclaimed.ts'
import {
  delegate,
  exact,
  options,
  prefix,
  primary,
  secondary,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const left = (...all: readonly VirtualService[]) => {
  const [edge] = workedMesh(...all).graph.edges
  if (edge === undefined) throw new Error('nobody delegates')
  return requestsText(unclaimed(edge, options), unmetered)
}

it('what no entry of the secondary takes of its prefix is left', () => {
  expect(
    left(primary('p', delegate('s', exact('/a'), exact('/b'))), secondary('s', to('x', exact('/a')))),
  ).toBe('/b')
})

it('nothing is left where an entry takes everything', () => {
  expect(
    left(primary('p', delegate('s', prefix('/a'))), secondary('s', to('x', exact('/a')), to('all'))),
  ).toBe('')
})

it('what a narrower entry of the primary gives to somebody is not counted', () => {
  const shop = primary('p', delegate('s', prefix('/a')), delegate('t', exact('/a/t')))
  const [edge] = workedMesh(shop, secondary('s', to('x', exact('/a/x'))), secondary('t', to('t'))).graph.edges
  const boxes = unclaimed(edge!, options)
  const isLeft = (path: string) => boxes.some((box) => allows(box.get('path')!, path))

  expect(['/a/t', '/a/x', '/a/y'].filter(isLeft)).toEqual(['/a/y'])
})

it('an entry that conflicts with the delegate claims nothing', () => {
  expect(left(primary('p', delegate('s', exact('/a'))), secondary('s', to('x', exact('/b'))))).toBe('/a')
})
