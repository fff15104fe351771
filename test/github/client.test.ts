import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { statusOf } from '../../src/app/status-of.ts'
import { createClientClass, unlessStatus } from '../../src/github/client.ts'
import { github, withNock } from '../support/github.ts'

withNock()

const log = { debug() {}, info() {}, warn() {}, error() {} }

/** A client at GitHub's pace, in a lane of its own. */
function paced(id: string) {
  const Client = createClientClass({ pace: 'github' })
  return new Client({ auth: { token: 'token-of-a-test' }, log, throttle: { id } })
}

test('every request names the version of the API', async () => {
  nock('https://api.github.com', { reqheaders: { 'x-github-api-version': '2022-11-28' } })
    .get('/rate_limit')
    .reply(200, {})

  await paced('version').request('GET /rate_limit')
})

describe('a secondary limit', () => {
  const limited = { message: 'You have exceeded a secondary rate limit.' }

  // They wait side by side: each has a lane and a path of its own.
  test('is waited out for as long as GitHub asks, whether it is told by 403 or 429', async () => {
    const waited = await Promise.all(
      ([403, 429] as const).map(async (status) => {
        const path = `/secondary/${status}`
        github().get(path).reply(status, limited, { 'retry-after': '1' })
        github().get(path).reply(200, {})
        const began = performance.now()
        await paced(`secondary ${status}`).request(`GET ${path}`)
        return performance.now() - began
      }),
    )

    // What is asked for is a second; a timer may be some milliseconds early.
    expect(Math.min(...waited)).toBeGreaterThanOrEqual(950)
  })

  test('that would hold the job for too long fails it', async () => {
    github().get('/rate_limit').reply(429, limited, { 'retry-after': '3600' })

    await expect(paced('long').request('GET /rate_limit')).rejects.toMatchObject({ status: 429 })
  })
})

test.each([400, 401, 403, 404, 410, 422])('an answer %d is not asked for again', async (status) => {
  github().get('/rate_limit').reply(status, { message: 'no' })

  await expect(paced('final').request('GET /rate_limit')).rejects.toMatchObject({ status })
})

test('a failure of GitHub is asked for again', async () => {
  github().get('/rate_limit').reply(502)
  github().get('/rate_limit').reply(200, {})

  await expect(paced('again').request('GET /rate_limit')).resolves.toMatchObject({ status: 200 })
})

test('an expected refusal is an absence, any other error stays one', async () => {
  const refuse = (status: number) => () => Promise.reject(Object.assign(new Error('no'), { status }))

  expect(await unlessStatus([404], refuse(404))).toBeUndefined()
  await expect(unlessStatus([404], refuse(403))).rejects.toThrow('no')
  await expect(unlessStatus([404], () => Promise.reject(new Error('socket')))).rejects.toThrow('socket')
  const limit = { status: 403, response: { headers: { 'x-ratelimit-remaining': '0' } } }
  const limited = () => Promise.reject(Object.assign(new Error('too much'), limit))
  expect(await unlessStatus([403], refuse(403))).toBeUndefined()
  await expect(unlessStatus([403], limited)).rejects.toThrow('too much')
  expect([statusOf(undefined), statusOf(new Error('x')), statusOf({ status: 'x' })]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
