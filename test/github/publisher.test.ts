import nock from 'nock'
import { describe, expect, test } from 'vitest'
import type { Publication } from '../../src/app/ports.ts'
import { peopleIn } from '../../src/github/checks/kept-people.ts'
import { createLocalNewestRuns } from '../../src/github/checks/newest-runs.ts'
import { judgedText } from '../../src/github/checks/verdict-base.ts'
import { createGitHubPublisher } from '../../src/github/publisher.ts'
import { createReadings } from '../../src/github/reading/readings.ts'
import { createGitHubTrees, createObjectCache } from '../../src/github/trees/trees.ts'
import { at, github, pullRequest, recordingLog, testClient, withNock } from '../support/github.ts'

withNock()

const pull = pullRequest()
const run = { id: 5, headSha: pull.head.sha }

function publisher() {
  const log = recordingLog()
  const identity = { appId: 42, slug: 'firebreak' }
  const client = testClient()
  const pause = async () => undefined
  const readings = createReadings(
    { client, appId: 42 },
    at,
    createGitHubTrees(client, at, { cache: createObjectCache() }),
  )
  return {
    log,
    publisher: createGitHubPublisher({
      client,
      at,
      identity,
      readings,
      newest: createLocalNewestRuns(),
      log,
      pause,
    }),
  }
}

const publication = (over: Partial<Publication['report']> = {}): Publication => ({
  report: {
    conclusion: 'success',
    title: 'Fine',
    summary: 'All is fine.',
    annotations: [],
    quiet: 'Nothing left.',
    details: '<details><summary>Try it</summary>\n</details>\n',
    queued: { verdict: '**Taken out.**', details: { queued: 'Queue it.', merged: 'Queue it again.' } },
    reviewComments: [],
    reviewers: [],
    ...over,
  },
  facts: ['a fact'],
  grounds: {},
})

const reviewComment = {
  path: 'a.yaml',
  startLine: 4,
  line: 4,
  marker: '<!-- firebreak:review x -->',
  body: '<!-- firebreak:review x -->\nmoves',
}

function patch(): { body?: nock.DataMatcherMap } {
  const sent: { body?: nock.DataMatcherMap } = {}
  github()
    .patch('/repos/bookinfo/mesh/check-runs/5', (body) => {
      sent.body = body
      return true
    })
    .reply(200, {})
  return sent
}

function conversation(status = 200): void {
  github().get('/repos/bookinfo/mesh/issues/7/comments').query(true).reply(status, [])
  github().get('/repos/bookinfo/mesh/pulls/7/comments').query(true).reply(status, [])
}

describe('publishing', () => {
  test('completes the run, keeps what it has shown, and makes no empty conversation', async () => {
    const sent = patch()
    conversation()

    await publisher().publisher.publish(pull, run, publication())

    expect(sent.body).toMatchObject({ status: 'completed', conclusion: 'success' })
    expect(sent.body).toMatchObject({ external_id: `pr:7:on:${pull.base.tip}:-` })
    expect(sent.body?.['output']).toMatchObject({
      text: expect.stringMatching(/^<!-- firebreak:shown [\s\S]* -->\n\n<details><summary>Try it/),
    })
  })

  test('keeps whom it asked about, within the limit of GitHub, however much it has shown', async () => {
    const asked = { owners: ['@o/login'], logins: ['leo'], reviewers: ['leo'], codeowners: 'asked' } as const
    const people = { asked, key: 'k'.repeat(16) }
    const facts = Array.from({ length: 9_000 }, (_, at) => `fact ${at}`)
    const sent = patch()
    conversation()

    const long = publication({ details: `Try it ${'long '.repeat(10_000)}` })
    await publisher().publisher.publish(pull, run, { ...long, facts, grounds: { people } })

    const { text = '' } = (sent.body?.['output'] ?? {}) as { text?: string }
    expect(peopleIn(text)).toEqual(people)
    expect(text).toContain(judgedText(pull))
    expect(text.length).toBeLessThanOrEqual(65_535)
    expect(text.length).toBeGreaterThan(60_000)
    expect(text.includes('Try it')).toBe(false)
  })

  test('is not undone by a conversation that GitHub does not allow', async () => {
    patch()
    conversation(403)
    const { publisher: tried, log } = publisher()

    const published = await tried.publish(pull, run, publication({ comment: 'Hello' }))

    expect(published).toMatchObject({ unsaid: { status: 403 } })
    expect(log.lines.map(({ fields }) => fields)).toMatchObject([
      { what: 'summary comment' },
      { what: 'review comments' },
    ])
  })

  test('tries a comment again that GitHub could not take, and says what it is that stays away', async () => {
    patch()
    conversation(502)
    conversation(502)
    conversation()
    const { publisher: tried } = publisher()
    expect(await tried.publish(pull, run, publication())).toEqual({})

    patch()
    for (let times = 0; times < 3; times++) conversation(502)
    expect(await tried.publish(pull, run, publication())).toMatchObject({ unsaid: { status: 502 } })
  })

  test('that could not be told as a whole is told once more without its verdict', async () => {
    conversation()
    expect(await publisher().publisher.say(pull, run, publication())).toEqual({})
  })

  test('says on the check run what found no place in the diff', async () => {
    patch()
    const late = patch()
    conversation()
    github()
      .post('/repos/bookinfo/mesh/pulls/7/comments')
      .reply(422, { message: 'line must be part of the diff' })

    await publisher().publisher.publish(pull, run, publication({ reviewComments: [reviewComment] }))

    expect(late.body?.['output']).toMatchObject({
      annotations: [{ path: 'a.yaml', start_line: 4, annotation_level: 'notice', message: 'moves' }],
    })
    expect(late.body).not.toHaveProperty('conclusion')
  })

  test('logs whom GitHub does not take as a reviewer', async () => {
    patch()
    conversation()
    github().get('/repos/bookinfo/mesh/issues/7/timeline').query(true).reply(200, [])
    github().post('/repos/bookinfo/mesh/pulls/7/requested_reviewers').reply(422, {})
    const { publisher: asked, log } = publisher()

    await asked.publish(pull, run, publication({ reviewers: ['@leo'] }))

    expect(log.lines).toMatchObject([{ level: 'warn', fields: { owners: ['@leo'] } }])
  })

  test('fails where the verdict is not taken, before anything else is written', async () => {
    github().patch('/repos/bookinfo/mesh/check-runs/5').reply(502)

    await expect(publisher().publisher.publish(pull, run, publication())).rejects.toMatchObject({
      status: 502,
    })
    expect(nock.pendingMocks()).toEqual([])
  })

  test('for a merge queue says why the pull request is thrown out, once, and nothing else', async () => {
    const turn = pullRequest({ group: { sha: 'group', parent: 'parent' } })
    const marker = '<!-- firebreak:queue group -->'
    const blocked = publication({ conclusion: 'failure', title: 'Blocked: *it*', comment: 'Hello' })
    const comments = (list: readonly object[]) =>
      github().get('/repos/bookinfo/mesh/issues/7/comments').query(true).reply(200, list)

    patch()
    comments([{ id: 1, body: marker, user: { login: 'carol', type: 'User' } }])
    const ahead = [
      ['refs/heads/gh-readonly-queue/main/pr-7-parent', 'group'],
      ['refs/heads/gh-readonly-queue/main/pr-6-abc', 'parent'],
      ['refs/heads/gh-readonly-queue/main/pr-5-0123', 'abc'],
    ]
    github()
      .get(/^\/repos\/bookinfo\/mesh\/git\/matching-refs\//)
      .query(true)
      .reply(
        200,
        ahead.map(([ref, sha]) => ({ ref, object: { sha } })),
      )
    let body = ''
    github()
      .post('/repos/bookinfo/mesh/issues/7/comments', (sent) => {
        body = sent.body
        return true
      })
      .reply(201, {})
    await publisher().publisher.publish(turn, run, blocked)
    expect(body).toContain(marker)
    expect(body).toContain(
      '**Taken out.**\n\nThis is so together with what is ahead of it in the queue: #6, #5.',
    )

    patch()
    comments([{ id: 2, body, user: { login: 'firebreak[bot]', type: 'Bot' } }])
    await publisher().publisher.publish(turn, run, blocked)

    patch()
    await publisher().publisher.publish(turn, run, publication())
  })

  test('a second time adds no annotation twice', async () => {
    const annotations = [
      { path: 'a.yaml', startLine: 1, endLine: 1, level: 'failure', title: 't', message: 'm' } as const,
    ]
    patch()
    github().patch('/repos/bookinfo/mesh/check-runs/5').reply(403)
    const { publisher: tried } = publisher()
    await expect(tried.publish(pull, run, publication({ annotations }))).rejects.toMatchObject({
      status: 403,
    })

    github()
      .get('/repos/bookinfo/mesh/check-runs/5')
      .reply(200, { output: { annotations_count: 1 } })
    const sent = patch()
    conversation()
    await tried.publish(pull, run, publication({ annotations }))

    expect(sent.body).toMatchObject({ status: 'completed' })
  })
})

describe('a run that was begun while the pull request waited', () => {
  const begun = { id: 5, headSha: pull.head.sha, name: 'firebreak' }

  test('is gone on with', async () => {
    expect(await publisher().publisher.begin(pull, begun)).toEqual(begun)
  })

  test('is not where another was begun after it, since a verdict on it would not count', async () => {
    const { publisher: writing } = publisher()
    for (const id of [6, 7]) github().post('/repos/bookinfo/mesh/check-runs').reply(201, { id })
    const later = await writing.begin(pull)

    expect(await writing.begin(pull, later)).toEqual(later)
    expect(await writing.begin(pull, begun)).toEqual({ ...begun, id: 7 })
  })

  test.each([
    ['on another commit', { ...begun, headSha: 'e'.repeat(40) }],
    ['under another name', { ...begun, name: 'firebreak (release)' }],
    ['under a name that nobody knows', { id: 5, headSha: pull.head.sha }],
  ])('%s is not', async (_, other) => {
    github().post('/repos/bookinfo/mesh/check-runs').reply(201, { id: 6 })

    expect(await publisher().publisher.begin(pull, other)).toEqual({ ...begun, id: 6 })
  })
})
