import { expect, test } from 'vitest'
import { doubt } from '../../../src/domain/doubt.ts'
import { budgetsUsedUp } from '../../../src/domain/policy/budgets-used-up.ts'
import type { Judgement } from '../../../src/domain/policy/judgement.ts'

type Change = Judgement['comparison']['changes'][number]

const change = (...doubts: Change['doubts']) => ({ doubts }) as unknown as Change

test('what was too much is named once, whatever else is doubted', () => {
  const changes = [
    change(doubt({ code: 'too-much-to-compare', budget: 'operation' })),
    change(
      doubt({ code: 'too-much-to-compare', budget: 'operation' }),
      doubt({ code: 'pattern-too-large', field: 'path', pattern: 'a.{20}' }),
      doubt({ code: 'untried-copies', of: ['ns/vs'], files: ['a.yaml'] }),
    ),
    change(doubt({ code: 'creation-order', of: ['ns/a', 'ns/b'] })),
  ]

  expect(budgetsUsedUp({ assumptions: [], comparison: { changes } })).toEqual([
    'copies',
    'operation',
    'pattern',
  ])
})

test('where all is certain none is', () => {
  const assumptions = [doubt({ code: 'gateway-elsewhere', gateway: 'ns/gw' })]

  expect(budgetsUsedUp({ assumptions, comparison: { changes: [change()] } })).toEqual([])
})
