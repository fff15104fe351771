import { expect, test } from 'vitest'
import { createAllowances } from '../../src/operations/allowances.ts'

const hour = 3_600_000

test('of all installations the one counts that has the fewest left, until its hour is over', () => {
  let now = 0
  const { note, lowest } = createAllowances(() => now)
  note({ installation: 1, resource: 'core', left: 4000, resets: hour })
  note({ installation: 2, resource: 'core', left: 12, resets: hour / 2 })
  note({ installation: 2, resource: 'graphql', left: 5000, resets: hour })
  note({ installation: 1, resource: 'core', left: 3999, resets: hour })

  expect([...lowest()]).toEqual([
    ['core', 12],
    ['graphql', 5000],
  ])

  now = hour / 2
  expect(lowest().get('core')).toBe(3999)
  now = hour
  expect(lowest().size).toBe(0)
})
