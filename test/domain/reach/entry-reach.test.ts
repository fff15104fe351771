import { expect, it } from 'vitest'
import { entryReaches, sameEntryIn } from '../../../src/domain/reach/entry-reach.ts'
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

const shop = primary('p', delegate('s', prefix('/a')), to('rest'))
const part = secondary('s', to('one', exact('/a/1')), to('two', exact('/a/1')))

it('every entry is told with its place, and with whether its routes are reached', () => {
  const reaches = entryReaches(workedMesh(shop, part), options)
  const told = reaches.map(({ supplier, index, routes }) => [
    supplier.name,
    index,
    ...routes.map(({ reachable }) => reachable),
  ])

  expect(told).toEqual([
    ['s', 0, 'yes'],
    ['s', 1, 'no'],
    ['p', 1, 'yes'],
  ])
})

it('a route knows the match that its author wrote', () => {
  const [first] = entryReaches(workedMesh(shop, part), options)

  expect(first?.routes[0]?.written).toBe(part.spec.http?.[0]?.match?.[0])
})

it('is worked out once for each mesh', () => {
  const mesh = workedMesh(shop, part)

  expect(entryReaches(mesh, options)).toBe(entryReaches(mesh, options))
})

it('an entry is found in another mesh by what it says, wherever it stands there', () => {
  const moved = secondary('s', to('new', exact('/a/0')), ...(part.spec.http ?? []))
  const [entry] = entryReaches(workedMesh(shop, part), options)
  const found = entry && sameEntryIn(workedMesh(shop, moved), entry, options)

  expect([found?.supplier.name, found?.index]).toEqual(['s', 1])
  expect(entry && sameEntryIn(workedMesh(shop, secondary('s', to('other'))), entry, options)).toBeUndefined()
})
