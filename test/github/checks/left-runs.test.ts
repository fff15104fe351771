import { test } from 'vitest'
import { endOtherRuns, endRunsOn } from '../../../src/github/checks/left-runs.ts'
import { createNamedRuns } from '../../../src/github/checks/named-runs.ts'
import { at, github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest()
const where = { owner: at.owner, repo: at.repo }
const ours = { status: 'in_progress', external_id: 'pr:7', head_sha: pull.head.sha, app: { id: 42 } }
const listed = [
  { ...ours, id: 1 },
  { ...ours, id: 2, status: 'completed' },
  { ...ours, id: 3, external_id: 'pr:8' },
  { ...ours, id: 4, app: { id: 1 } },
  { ...ours, id: 5 },
  { ...ours, id: 6 },
]

function lists(query: object): void {
  github()
    .get(`/repos/bookinfo/mesh/commits/${pull.head.sha}/check-runs`)
    .query({ filter: 'all', per_page: 100, ...query })
    .reply(200, { total_count: listed.length, check_runs: listed })
}

/** The ids of the runs that are to be ended, each as cancelled. */
function ends(...ids: readonly number[]): void {
  for (const id of ids) {
    github()
      .patch(`/repos/bookinfo/mesh/check-runs/${id}`, (body) => body.conclusion === 'cancelled')
      .reply(200, {})
  }
}

test('what is left of the same pull request is ended, but for what is newer than its run, without listing twice', async () => {
  const client = testClient()
  const named = createNamedRuns(client, at)
  lists({ check_name: 'firebreak' })
  await named.read(pull)
  ends(1)

  await endOtherRuns({ client, where, appId: 42, named }, pull, { id: 5, headSha: pull.head.sha })
})

test('all that is left of a pull request that has no run any more is ended', async () => {
  const client = testClient()
  lists({ check_name: 'firebreak' })
  ends(1, 5, 6)

  await endOtherRuns({ client, where, appId: 42, named: createNamedRuns(client, at) }, pull, undefined)
})

test('on a commit that nobody has all of ours is ended that is for pull requests, and no turn of a merge queue', async () => {
  const queued = { ...ours, id: 9, external_id: `queue:7:${'c'.repeat(40)}` }
  const note = { ...ours, id: 8, external_id: 'something else' }
  github()
    .get(`/repos/bookinfo/mesh/commits/${pull.head.sha}/check-runs`)
    .query({ app_id: 42, status: 'in_progress', filter: 'all', per_page: 100 })
    .reply(200, { total_count: 3, check_runs: [{ ...ours, id: 1 }, queued, note] })
  ends(1)

  await endRunsOn({ client: testClient(), where, appId: 42 }, pull.head.sha)
})
