import { describe, expect, test } from 'vitest'
import type { BranchPush, PullRequest } from '../../../src/app/ports.ts'
import { readPushOrigin } from '../../../src/github/pushes/push-origin.ts'
import { at, github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const [before, middle, after] = ['a', 'c', 'd'].map((each) => each.repeat(40)) as [string, string, string]
const push: BranchPush = { branch: 'main', before, after, by: { login: 'olga', bot: false } }

function read(pull: PullRequest = pullRequest({ state: 'merged' }), given: BranchPush = push) {
  const waited: number[] = []
  const options = {
    client: testClient(),
    at,
    appId: 42,
    pullRequest: async () => pull,
    pause: async (milliseconds: number) => void waited.push(milliseconds),
  }
  return readPushOrigin(options, given)
}

function repository(): void {
  github()
    .get('/repos/bookinfo/mesh')
    .reply(200, { default_branch: 'main', owner: { login: 'bookinfo', type: 'Organization' } })
}

function activity(type: string | undefined, times = 1): void {
  const others = { before: middle, after: before, activity_type: 'push', actor: { login: 'x' } }
  const entry = { before, after, activity_type: type, actor: { login: 'carla', type: 'User' } }
  github()
    .get('/repos/bookinfo/mesh/activity')
    .query({ ref: 'refs/heads/main', direction: 'desc', per_page: 100 })
    .times(times)
    .reply(200, type === undefined ? [others] : [others, entry])
}

function merged(list: readonly object[], times = 1): void {
  github().get(`/repos/bookinfo/mesh/commits/${after}/pulls`).times(times).reply(200, list)
}

const seven = { number: 7, merged_at: '2026-01-01T00:00:00Z', base: { ref: 'main' } }
const sides = { base: { branch: 'main', tip: before }, group: { sha: after, parent: before } }

/** What was said of pull request 7 in reviews, and what became of these; without events where no more is asked. */
function reviewed(list: readonly object[] = [], events: readonly object[] | 'unasked' = []): void {
  github().get('/repos/bookinfo/mesh/pulls/7/reviews').query({ per_page: 100 }).reply(200, list)
  if (events === 'unasked') return
  github().get('/repos/bookinfo/mesh/issues/7/timeline').query({ per_page: 100 }).reply(200, events)
}

/** The last verdict on the head of pull request 7. */
function green(run: object = {}, head = pullRequest().head.sha): void {
  const text = `<!-- firebreak:shown x -->\n<!-- firebreak:judged ${before} ${head} -->`
  github()
    .get(`/repos/bookinfo/mesh/commits/${head}/check-runs`)
    .query({ check_name: 'firebreak', app_id: 42, filter: 'latest' })
    .reply(200, {
      check_runs: [
        {
          id: 1,
          app: { id: 42 },
          conclusion: 'success',
          started_at: '2026-01-01T10:00:00Z',
          output: { text },
          ...run,
        },
      ],
    })
}

describe('the last verdict on a merged pull request', () => {
  test.each([
    ['was a success for a base', {}, before],
    ['was none', { conclusion: 'action_required' }, 'none'],
    ['was another App’s', { app: { id: 1 } }, 'none'],
    ['says nothing of its base', { output: { text: null } }, 'none'],
    ['was on another head', { output: { text: `<!-- firebreak:judged ${before} ${after} -->` } }, 'none'],
  ])('%s', async (_, run, greenAt) => {
    repository()
    activity('pr_merge')
    merged([seven])
    green(run)
    if (greenAt === before) reviewed()

    const origin = await read()
    expect(origin.kind === 'merged' ? (origin.greenAt ?? 'none') : origin.kind).toBe(greenAt)
  })

  test.each([
    ['an objection since its evaluation began', 'CHANGES_REQUESTED', '2026-01-01T10:00:00Z', 'none'],
    ['an objection that has no time', 'CHANGES_REQUESTED', undefined, 'none'],
    ['an objection that it knew of', 'CHANGES_REQUESTED', '2026-01-01T09:59:59Z', before],
    ['an approval since then', 'APPROVED', '2026-01-01T10:00:05Z', before],
    ['a comment since then', 'COMMENTED', '2026-01-01T10:00:05Z', before],
  ])('was a success, and there is %s', async (_, state, at, greenAt) => {
    repository()
    activity('pr_merge')
    merged([seven])
    green()
    reviewed([{ state, submitted_at: at }], greenAt === 'none' ? 'unasked' : [])

    const origin = await read()
    expect(origin.kind === 'merged' ? (origin.greenAt ?? 'none') : origin.kind).toBe(greenAt)
  })

  test.each([
    ['dismissed since its evaluation began', 'review_dismissed', '2026-01-01T10:00:00Z', 'none'],
    ['dismissed at a time that is not said', 'review_dismissed', undefined, 'none'],
    ['dismissed before', 'review_dismissed', '2026-01-01T09:59:59Z', before],
    ['only asked for since then', 'review_requested', '2026-01-01T10:00:05Z', before],
  ])('was a success, and a review was %s', async (_, event, created_at, greenAt) => {
    repository()
    activity('pr_merge')
    merged([seven])
    green()
    reviewed([{ state: 'DISMISSED' }], [{ event, created_at, actor: { login: 'max' } }])

    const origin = await read()
    expect(origin.kind === 'merged' ? (origin.greenAt ?? 'none') : origin.kind).toBe(greenAt)
  })
})

describe('a push', () => {
  test.each([
    ['of a commit that no pull request has', []],
    ['of a commit with a pull request that is open', [{ ...seven, merged_at: null }]],
    ['of a commit that was merged into another branch', [{ ...seven, base: { ref: 'release' } }]],
    ['of a merge that was made elsewhere, and may hold more', [seven]],
  ])('%s is its pusher’s', async (_, list) => {
    repository()
    activity('push')
    merged(list)

    expect(await read()).toMatchObject({
      kind: 'direct',
      by: { login: 'carla' },
      pull: {
        ref: { number: 0 },
        author: { login: 'carla' },
        head: { sha: after },
        organization: 'bookinfo',
        ...sides,
      },
    })
  })

  test('of the very head of a merged pull request is that pull request', async () => {
    repository()
    activity('push')
    merged([seven])
    green({}, after)
    reviewed()
    const pull = pullRequest({ state: 'merged', head: { sha: after, branch: 'topic' } })

    expect(await read(pull)).toMatchObject({ kind: 'merged', pull: { ref: { number: 7 }, ...sides } })
  })

  test('of that head over what was there is its pusher’s', async () => {
    repository()
    activity('force_push')
    merged([seven])
    const pull = pullRequest({ state: 'merged', head: { sha: after, branch: 'topic' } })

    expect(await read(pull)).toMatchObject({ kind: 'direct' })
  })

  test('of which nobody knows whose it was is nobody’s', async () => {
    repository()
    github().get('/repos/bookinfo/mesh/activity').query(true).times(3).reply(404, {})
    merged([], 3)
    const { by: _, ...unknown } = push

    expect(await read(pullRequest(), unknown)).toMatchObject({
      kind: 'direct',
      pull: { author: { login: 'ghost' } },
    })
  })
})

describe('a merge', () => {
  test.each(['pr_merge', 'merge_queue_merge'])(
    'by GitHub (%s) is the pull request, at its two commits',
    async (type) => {
      repository()
      activity(type)
      if (type === 'merge_queue_merge') verdict(after, {})
      merged([seven])
      green()
      reviewed()

      expect(await read()).toMatchObject({
        kind: 'merged',
        by: { login: 'carla' },
        pull: { ref: { number: 7 }, author: { login: 'carol' }, ...sides },
      })
    },
  )

  test('that GitHub has not recorded yet is waited for', async () => {
    repository()
    activity(undefined)
    activity('pr_merge')
    merged([])
    merged([seven])
    green()
    reviewed()

    expect(await read()).toMatchObject({ kind: 'merged' })
  })

  test('of which GitHub never says what it was is a fault, not somebody’s push', async () => {
    repository()
    activity('pr_merge')
    merged([], 3)

    await expect(read()).rejects.toThrow('does not say what it has merged')
  })
})

function verdict(sha: string, over: object): void {
  const run = { app: { id: 42 }, conclusion: 'success', external_id: 'pr:7', ...over }
  github()
    .get(`/repos/bookinfo/mesh/commits/${sha}/check-runs`)
    .query({ check_name: 'firebreak', app_id: 42, filter: 'latest' })
    .reply(200, { check_runs: [run] })
}

describe('what a merge queue let in', () => {
  test('by verdicts on each of its commits is judged', async () => {
    repository()
    activity('merge_queue_merge')
    verdict(after, { external_id: `queue:8:${middle}` })
    verdict(middle, { external_id: `queue:7:${before}` })

    expect(await read()).toEqual({ kind: 'judged' })
  })

  test.each([
    ['without success on one of them', { external_id: `queue:7:${before}`, conclusion: 'failure' }],
    ['with a verdict of another App', { external_id: `queue:7:${before}`, app: { id: 1 } }],
  ])('%s is not', async (_, over) => {
    repository()
    activity('merge_queue_merge')
    verdict(after, { external_id: `queue:8:${middle}` })
    verdict(middle, over)
    merged([seven])
    green()
    reviewed()

    expect(await read()).toMatchObject({ kind: 'merged' })
  })
})
