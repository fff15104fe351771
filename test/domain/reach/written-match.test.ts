import { expect, it } from 'vitest'
import type { VirtualService } from '../../../src/domain/manifest/virtual-service.ts'
import { writtenEntry, writtenMatches } from '../../../src/domain/reach/written-match.ts'
import {
  delegate,
  exact,
  prefix,
  primary,
  secondary,
  tableOf,
  to,
  workedMesh,
} from '../../support/worked-mesh.ts'

const entriesOf = (...all: readonly VirtualService[]) => [
  ...new Set(tableOf(workedMesh(...all), 'shop.example').routes.map(({ from }) => from)),
]

it('an ordinary VirtualService wrote its own entry and matches', () => {
  const own = to('a', exact('/a'), exact('/b'))
  const [entry] = entriesOf(primary('p', own))

  expect(writtenEntry(entry!)).toBe(entry!.primary.spec.http?.[0])
  expect(writtenMatches(entry!)).toEqual(own.match)
})

it('of a merged entry the secondary wrote what it has of its own, once for each match of the primary that fits', () => {
  const inner = to('a', exact('/a/1'), exact('/b/1'))
  const [entry] = entriesOf(
    primary('p', delegate('s', prefix('/a'), prefix('/b'), prefix('/'))),
    secondary('s', inner),
  )

  expect(writtenEntry(entry!)).toBe(entry!.secondary?.spec.http?.[0])
  expect(writtenMatches(entry!)).toEqual([
    inner.match?.[0],
    inner.match?.[0],
    inner.match?.[1],
    inner.match?.[1],
  ])
  expect(writtenMatches(entry!)).toHaveLength(entry!.http.match?.length ?? 0)
})

it('where the secondary wrote none the primary`s matches stand, and nobody wrote them there', () => {
  const [entry] = entriesOf(primary('p', delegate('s', prefix('/a'), prefix('/b'))), secondary('s', to('a')))

  expect(writtenMatches(entry!)).toEqual([undefined, undefined])
})
