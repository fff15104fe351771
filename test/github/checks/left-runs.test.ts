import { test } from 'vitest'
import { endOtherRuns, endRunsOn } from '../../../src/github/checks/left-runs.ts'
import { at, github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest()
const runs = () => ({ client: testClient(), where: { owner: at.owner, repo: at.repo }, appId: 42 })
const left = (id: number, external_id: string) => ({ id, external_id, head_sha: pull.head.sha })

function lists(...check_runs: readonly object[]): void {
  github()
    .get(`/repos/bookinfo/mesh/commits/${pull.head.sha}/check-runs`)
    .query({ app_id: 42, status: 'in_progress', filter: 'all', per_page: 100 })
    .reply(200, { total_count: check_runs.length, check_runs })
}

/** The ids of the runs that are to be ended, each as cancelled. */
function ends(...ids: readonly number[]): void {
  for (const id of ids) {
    github()
      .patch(`/repos/bookinfo/mesh/check-runs/${id}`, (body) => body.conclusion === 'cancelled')
      .reply(200, {})
  }
}

test('what is left of the same pull request is ended, but for what is newer than its run', async () => {
  lists(left(1, 'pr:7'), left(3, 'pr:8'), left(5, 'pr:7'), left(6, 'pr:7'))
  ends(1)

  await endOtherRuns(runs(), pull, { run: { id: 5, headSha: pull.head.sha } })
})

test('all that is left of a pull request that has no run any more is ended', async () => {
  lists(left(1, 'pr:7'), left(3, 'pr:8'), left(5, 'pr:7'))
  ends(1, 5)

  await endOtherRuns(runs(), pull, { run: undefined })
})

test('on a commit that nobody has all is ended that is for pull requests, and no turn of a merge queue', async () => {
  lists(left(1, 'pr:7'), left(2, `queue:7:${'c'.repeat(40)}`), left(3, 'something else'), left(4, 'pr:8'))
  ends(1, 4)

  await endRunsOn(runs(), pull.head.sha)
})

test.each([404, 422])('on a commit that is no more (%s) there is nothing to end', async (status) => {
  github().get('/repos/bookinfo/mesh/commits/pruned/check-runs').query(true).reply(status)

  await endRunsOn(runs(), 'pruned')
})
