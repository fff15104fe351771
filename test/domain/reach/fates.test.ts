import { expect, it } from 'vitest'
import type { HTTPMatchRequest } from '../../../src/domain/manifest/virtual-service.ts'
import { fatesOf } from '../../../src/domain/reach/fates.ts'
import {
  answerOf,
  boxFor,
  exact,
  options,
  prefix,
  primary,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const shop = primary('p', to('one', exact('/a/1')), to('rest', prefix('/a/')))
const mesh = workedMesh(shop)
const fates = (match: HTTPMatchRequest, whose = mesh.virtualServices[0]) =>
  fatesOf([boxFor(match)], whose!, mesh, options).map((fate) =>
    typeof fate === 'string' ? fate : answerOf(fate),
  )

it('everything that can answer some of the requests is told, and nobody where nothing does', () => {
  expect(fates(prefix('/a'))).toEqual(['one', 'rest', 'not-found'])
  expect(fates(exact('/a/1'))).toEqual(['one'])
  expect(fates(exact('/b'))).toEqual(['not-found'])
})

it('of a VirtualService that no table serves nothing is told', () => {
  expect(fates(prefix('/a'), primary('another'))).toEqual([])
})
