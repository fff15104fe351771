import { describe, expect, test } from 'vitest'
import { requestReviewers } from '../../../src/github/people/reviewers.ts'
import { github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const conversation = () => ({
  client: testClient(),
  identity: { appId: 42, slug: 'firebreak' },
  where: { owner: 'bookinfo', repo: 'mesh' },
  number: 7,
})

function timeline(events: readonly object[]): void {
  github().get('/repos/bookinfo/mesh/issues/7/timeline').query({ per_page: 100 }).reply(200, events)
}

function request(body: object, status = 201): void {
  github()
    .post('/repos/bookinfo/mesh/pulls/7/requested_reviewers', body as never)
    .reply(status, {})
}

const ask = (owners: readonly string[], pull = pullRequest()) =>
  requestReviewers(conversation(), pull, owners)

describe('reviewers', () => {
  test('are requested one by one, teams by their slug', async () => {
    timeline([])
    request({ team_reviewers: ['login'] })
    request({ reviewers: ['leo'] })

    expect(await ask(['@bookinfo/login', '@leo'])).toEqual([])
  })

  test('are requested once in the life of a pull request, whoever asked', async () => {
    timeline([
      { event: 'review_requested', requested_team: { slug: 'login' } },
      { event: 'review_requested', requested_reviewer: { login: 'Leo' } },
      { event: 'review_request_removed', requested_reviewer: { login: 'Leo' } },
      { event: 'reviewed', user: { login: 'maya' } },
    ])

    expect(await ask(['@BookInfo/Login', '@leo', '@maya'])).toEqual([])
  })

  test('are not requested on drafts', async () => {
    expect(await ask(['@leo'], pullRequest({ draft: true }))).toEqual([])
  })

  test('are neither the author nor anybody whom GitHub cannot ask', async () => {
    expect(await ask(['@Carol', 'leo@example.com', '@elsewhere/login'])).toEqual([])
  })

  test('that GitHub does not take are given back, and the others are requested', async () => {
    timeline([])
    request({ team_reviewers: ['login'] }, 422)
    request({ reviewers: ['leo'] })

    expect(await ask(['@bookinfo/login', '@leo'])).toEqual(['@bookinfo/login'])
  })
})
