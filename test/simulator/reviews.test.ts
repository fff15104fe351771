import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '../../simulator/index.ts'
import {
  at,
  installationOctokit,
  linasPull,
  octokit,
  refusal,
  repo,
  smallWorld,
  withLines,
} from './support.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof installationOctokit>>
let pull: { number: number; head: string }
beforeAll(async () => {
  simulator = await smallWorld()
  client = await installationOctokit(simulator)
  pull = await linasPull(simulator)
})
afterAll(async () => {
  expect(simulator.contractViolations()).toEqual([])
  await simulator.close()
})

const on = () => ({ ...at, pull_number: pull.number })

function review(extra: Readonly<Record<string, unknown>>) {
  return client.rest.pulls.createReview({ ...on(), ...extra })
}

function comment(place: Readonly<Record<string, unknown>>) {
  return { path: 'a.txt', body: 'Look', ...place }
}

test.each([
  ['an added line', { line: 3, side: 'RIGHT' }],
  ['a removed line', { line: 3, side: 'LEFT' }],
  ['a line of the context', { line: 6, side: 'RIGHT' }],
  ['a range within one hunk', { start_line: 1, start_side: 'RIGHT', line: 3, side: 'RIGHT' }],
  [
    'a range from a removed line to an added one',
    { start_line: 3, start_side: 'LEFT', line: 3, side: 'RIGHT' },
  ],
])('a comment may stand on %s', async (_, place) => {
  const { data } = await client.rest.pulls.createReviewComment({
    ...on(),
    ...comment(place),
    commit_id: pull.head,
  } as Parameters<typeof client.rest.pulls.createReviewComment>[0])

  expect(data).toMatchObject({ line: place.line, side: place.side, subject_type: 'line' })
  expect(data.diff_hunk).toMatch(/^@@ -1,6 \+1,6 @@/)
})

test.each([
  ['a line between the hunks', { line: 15 }, 'must be part of the diff'],
  ['a range over two hunks', { start_line: 3, line: 30 }, 'must be part of the same hunk'],
  ['a range that ends before it starts', { start_line: 6, line: 3 }, 'must precede the end line'],
  ['a file that is not changed', { path: 'README.md', line: 1 }, 'Path could not be resolved'],
  ['no line at all', {}, 'Line could not be resolved'],
  ['a removed line beyond the file', { line: 400, side: 'LEFT' }, 'must be part of the diff'],
])('a comment on %s refuses the whole review', async (_, place, words) => {
  const before = simulator.reviewComments(repo, pull.number).length
  const comments = [comment({ line: 3 }), comment(place)]

  const refused = await refusal(review({ event: 'COMMENT', body: 'Two', comments }))

  expect(refused.status).toBe(422)
  expect(refused.text).toContain(words)
  expect(simulator.reviewComments(repo, pull.number)).toHaveLength(before)
})

test('a comment on a whole file stands on no line', async () => {
  const { data } = await client.rest.pulls.createReviewComment({
    ...on(),
    commit_id: pull.head,
    path: 'a.txt',
    body: 'All of it',
    subject_type: 'file',
  } as unknown as Parameters<typeof client.rest.pulls.createReviewComment>[0])

  expect(data).toMatchObject({ subject_type: 'file', line: null })
})

test('in a review comments on whole files are not allowed', async () => {
  const comments = [{ path: 'a.txt', body: 'x', subject_type: 'file' }]

  expect((await refusal(review({ event: 'COMMENT', body: 'x', comments }))).status).toBe(422)
})

test.each(['COMMENT', 'REQUEST_CHANGES'])('a review that says %s needs a text', async (event) => {
  expect((await refusal(review({ event }))).status).toBe(422)
})

test('a review without event stays pending: its author sees it, and there is only one', async () => {
  const { data } = await review({ body: 'Later', comments: [comment({ line: 30 })] })
  const carla = octokit(simulator, simulator.userToken('carla'))
  const shown = await client.rest.pulls.listReviews(on())
  const hidden = await carla.rest.pulls.listReviews(on())
  const second = await refusal(review({ body: 'Again' }))
  const comments = (await client.rest.pulls.listReviewComments(on())).data.filter(({ line }) => line === 30)
  const { data: sent } = await client.rest.pulls.submitReview({
    ...on(),
    review_id: data.id,
    event: 'COMMENT',
  })

  expect(data.state).toBe('PENDING')
  expect(shown.data.map(({ id }) => id)).toContain(data.id)
  expect(hidden.data.map(({ id }) => id)).not.toContain(data.id)
  expect(second.status).toBe(422)
  expect(comments).toEqual([])
  expect(sent).toMatchObject({ state: 'COMMENTED', body: 'Later' })
})

test.each(['APPROVE', 'REQUEST_CHANGES'] as const)(
  'an author cannot say %s about the own pull request',
  async (event) => {
    const saying = simulator.submitReview({ repo, number: pull.number, by: 'lina', event, body: 'x' })

    await expect(saying).rejects.toMatchObject({ status: 422 })
  },
)

test('dismissing changes the entry itself, and a comment cannot be dismissed', async () => {
  const who = { repo, number: pull.number, by: 'carla' }
  const approval = await simulator.submitReview({ ...who, event: 'APPROVE' })
  const remark = await simulator.submitReview({ ...who, event: 'COMMENT', body: 'By the way' })
  simulator.dismissReview({ ...who, by: 'maya' }, approval, 'Changed since')
  const { data } = await client.rest.pulls.listReviews(on())

  expect(data.find(({ id }) => id === approval)).toMatchObject({ state: 'DISMISSED', commit_id: pull.head })
  expect(() => simulator.dismissReview({ ...who, by: 'maya' }, remark, 'x')).toThrow('Unprocessable')
})

test('an answer joins the thread of the first comment', async () => {
  const [root] = simulator.reviewComments(repo, pull.number)
  const who = { repo, number: pull.number, by: 'lina' }
  const first = simulator.replyToReviewComment(who, root?.id ?? 0, 'Why?')
  const { data } = await client.rest.pulls.createReplyForReviewComment({
    ...on(),
    comment_id: first,
    body: 'So',
  })

  expect(data).toMatchObject({ in_reply_to_id: root?.id, path: 'a.txt' })
})

test('a comment can be changed and deleted by its author, not by another App or a reader', async () => {
  const { data } = await client.rest.pulls.createReviewComment({
    ...on(),
    ...comment({ line: 3 }),
    commit_id: pull.head,
    line: 3,
  })
  const oskar = octokit(simulator, simulator.userToken('oskar'))
  const one = { ...at, comment_id: data.id }
  const refused = await refusal(oskar.rest.pulls.updateReviewComment({ ...one, body: 'Mine' }))
  const { data: changed } = await client.rest.pulls.updateReviewComment({ ...one, body: 'Changed' })
  await client.rest.pulls.deleteReviewComment(one)

  expect(refused.status).toBe(403)
  expect(changed.body).toBe('Changed')
  expect(await refusal(client.rest.pulls.getReviewComment(one))).toMatchObject({ status: 404 })
})

test('a comment follows its line through a push, and is outdated once the line has changed', async () => {
  const make = async (line: number) =>
    (await client.rest.pulls.createReviewComment({ ...on(), ...comment({}), commit_id: pull.head, line }))
      .data.id
  const [moved, gone] = [await make(30), await make(3)]
  const text = `new first line\n${withLines({ 3: 'drei', 30: 'thirty' })}`
  await simulator.push({ repo, branch: 'edit', by: 'lina', files: { 'a.txt': text }, message: 'shift' })
  const { data } = await client.rest.pulls.listReviewComments({ ...on(), per_page: 100 })
  const find = (id: number) => data.find((item) => item.id === id)

  expect(find(moved)).toMatchObject({ line: 31, original_line: 30, original_commit_id: pull.head })
  expect(find(gone)).toMatchObject({ line: null, position: null, original_line: 3 })
})

test('a comment in the conversation has at most 65536 characters', async () => {
  const say = (body: string) => client.rest.issues.createComment({ ...at, issue_number: pull.number, body })

  const { data } = await say('x'.repeat(65_536))
  const refused = await refusal(say('x'.repeat(65_537)))

  expect(data.performed_via_github_app?.slug).toBe('firebreak')
  expect(data.user).toMatchObject({ login: 'firebreak[bot]', type: 'Bot' })
  expect(refused).toMatchObject({ status: 422 })
  expect(refused.text).toContain('Body is too long')
})

test('comments are listed oldest first, in pages', async () => {
  const issue = { ...at, issue_number: pull.number }
  for (const body of ['one', 'two']) simulator.comment({ repo, number: pull.number, by: 'carla' }, body)
  const first = await client.rest.issues.listComments({ ...issue, per_page: 2 })
  const all = await client.paginate(client.rest.issues.listComments, { ...issue, per_page: 1 })

  expect(first.headers.link).toContain('rel="next"')
  expect(all.slice(-2).map(({ body }) => body)).toEqual(['one', 'two'])
})
