import { expect, test } from 'vitest'
import { readMergeGroups } from '../../../src/github/checks/merge-groups.ts'
import { at, github, testClient, withNock } from '../../support/github.ts'

withNock()

const parent = 'c'.repeat(40)

function branches(shas: Readonly<Record<string, string>>): void {
  const refs = Object.entries(shas).map(([name, sha]) => ({
    ref: `refs/heads/gh-readonly-queue/${name}`,
    object: { sha, type: 'commit' },
  }))
  github().get('/repos/bookinfo/mesh/git/matching-refs/heads%2Fgh-readonly-queue%2F').reply(200, refs)
}

function runs(sha: string, carried: readonly (string | null)[]): void {
  const check_runs = carried.map((external_id) => ({ external_id }))
  github()
    .get(`/repos/bookinfo/mesh/commits/${sha}/check-runs`)
    .query({ app_id: 42 })
    .reply(200, { total_count: check_runs.length, check_runs })
}

const read = () => readMergeGroups({ client: testClient(), appId: 42 }, { ...at, number: 7 })

test('without a queue there is no turn, and nothing more is asked', async () => {
  branches({})

  expect(await read()).toEqual([])
})

test('the turns of a pull request are those on which a run of ours says what it is judged against', async () => {
  branches({ 'main/pr-7-0a': 'turn', 'main/pr-77-0b': 'other', 'release/pr-7-0c': 'new' })
  runs('turn', [null, 'pr:7', `queue:8:${parent}`, `queue:7:${parent}`])
  runs('new', [])

  expect(await read()).toEqual([{ sha: 'turn', parent }])
})
