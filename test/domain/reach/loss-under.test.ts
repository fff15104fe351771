import { expect, it } from 'vitest'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { lossUnder } from '../../../src/domain/reach/loss-under.ts'
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

const loss = (...all: readonly VirtualService[]) => {
  const mesh = workedMesh(...all)
  return lossUnder(
    mesh.graph.edges.filter(({ entry }) => entry === 0),
    mesh,
    options,
  )
}

it('says what happens to the requests of a secondary without its delegate', () => {
  const part = secondary('s', to('one', exact('/a/1')))
  const mesh = workedMesh(primary('p', to('rest', prefix('/b'))), part)
  const [edge] = workedMesh(primary('p', delegate('s', prefix('/a'))), part).graph.edges
  const [own] = mesh.virtualServices.filter(({ name }) => name === 'p')

  expect(lossUnder([{ ...edge!, primary: own! }], mesh, options)).toBe('/a/1 would return 404')
})

it('names who would answer instead', () => {
  expect(
    loss(
      primary('p', delegate('s', prefix('/a')), to('rest', prefix('/a'))),
      secondary('s', to('x', exact('/b'))),
    ),
  ).toBe('')
})

it('is nothing without a delegate', () => {
  expect(lossUnder([], workedMesh(primary('p', to('a'))), options)).toBe('')
})
