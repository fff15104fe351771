import { expect, test } from 'vitest'
import { readUnjudged } from '../../../src/github/checks/unjudged.ts'
import { at, github, testClient, withNock } from '../../support/github.ts'

withNock()

function pulls(list: readonly (readonly [number: number, sha: string, base: string])[]): void {
  const found = list.map(([number, sha, ref]) => ({
    number,
    head: { sha },
    base: { ref, repo: { default_branch: 'main' } },
  }))
  github().get('/repos/bookinfo/mesh/pulls').query({ state: 'open', per_page: 100 }).reply(200, found)
}

function runs(sha: string, name: string, check_runs: readonly object[]): void {
  github()
    .get(`/repos/bookinfo/mesh/commits/${sha}/check-runs`)
    .query({ check_name: name, app_id: 42, filter: 'all', per_page: 100 })
    .reply(200, { total_count: check_runs.length, check_runs })
}

test('pull requests without a finished verdict of their base are left', async () => {
  pulls([
    [1, 'judged', 'main'],
    [2, 'elsewhere', 'release'],
    [3, 'begun', 'main'],
    [4, 'superseded', 'main'],
    [5, 'never', 'main'],
    [6, 'lost', 'main'],
  ])
  runs('judged', 'firebreak', [{ status: 'completed', conclusion: 'action_required' }])
  runs('elsewhere', 'firebreak (release)', [{ status: 'completed', conclusion: 'success' }])
  runs('begun', 'firebreak', [{ status: 'in_progress', conclusion: null }])
  runs('superseded', 'firebreak', [{ status: 'completed', conclusion: 'cancelled' }])
  runs('never', 'firebreak', [])
  runs('lost', 'firebreak', [
    { id: 2, status: 'completed', conclusion: 'success' },
    { id: 1, status: 'in_progress', conclusion: null },
  ])

  const left = await readUnjudged({ client: testClient(), appId: 42 }, at)

  expect(left).toEqual([3, 4, 5, 6].map((number) => ({ ...at, number })))
})
