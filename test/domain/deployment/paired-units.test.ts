import { expect, it } from 'vitest'
import { pairedUnits } from '../../../src/domain/deployment/paired-units.ts'
import type { Unit } from '../../../src/domain/deployment/unit.ts'

const unit = (key: string, ...by: readonly string[]): Unit => ({
  key,
  by,
  folder: 'f',
  takes: 'kustomization',
  over: {},
})
const pairs = (base: readonly Unit[], merged: readonly Unit[]) =>
  pairedUnits(base, merged).map(({ before, after }) => [before?.by[0], after?.by[0]])

it('of several units with one key those that the same file says belong together', () => {
  expect(pairs([unit('k', 'a'), unit('k', 'b')], [unit('k', 'b'), unit('k', 'a')])).toEqual([
    ['b', 'b'],
    ['a', 'a'],
  ])
})

it('a unit that moves to another file stays the same', () => {
  expect(pairs([unit('k', 'a')], [unit('k', 'b')])).toEqual([['a', 'b']])
})

it('what comes or goes has no other side, but for a root, which is built upon by now', () => {
  expect(pairs([unit('k', 'a')], [unit('l', 'b')])).toEqual([
    ['a', undefined],
    [undefined, 'b'],
  ])
  const root = unit('f')
  expect(pairedUnits([root], [])).toEqual([{ key: 'f', before: root, after: root }])
})
