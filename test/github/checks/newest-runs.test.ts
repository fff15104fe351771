import { describe, expect, test } from 'vitest'
import { budgets } from '../../../src/domain/budgets.ts'
import { createLocalNewestRuns } from '../../../src/github/checks/newest-runs.ts'
import { newestContract } from '../../support/newest-contract.ts'

describe('the newest runs of one process', () => {
  const runs = createLocalNewestRuns()
  newestContract(() => runs)

  test('the oldest of too many is forgotten', async () => {
    for (let id = 1; id <= budgets.knownRuns.size + 1; id++)
      await runs.note({ id: 2 * id, headSha: `commit ${id}`, name: 'firebreak' })

    expect(await runs.isNewest({ id: 1, headSha: 'commit 1', name: 'firebreak' })).toBe(true)
    expect(await runs.isNewest({ id: 3, headSha: 'commit 2', name: 'firebreak' })).toBe(false)
  })
})
