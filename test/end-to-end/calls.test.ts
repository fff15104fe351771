import { expect, test } from 'vitest'
import { startServer } from '../../src/server.ts'
import { countCalls } from '../support/counted-calls.ts'

test('few calls are enough, however many manifests there are', async () => {
  const cases = await countCalls(300, startServer, { concurrency: 1 })
  const routes = (calls: keyof typeof cases) => Object.fromEntries(cases[calls].byRoute)

  expect(routes('untouched')).toEqual({
    'POST /graphql': 2,
    'POST /check-runs': 1,
    'PATCH /check-runs/N': 1,
  })
  const warm = {
    'POST /graphql': 3,
    'POST /check-runs': 1,
    'GET /git/blobs/SHA': 1,
    'GET /activity': 1,
    'PATCH /check-runs/N': 1,
  }
  expect(routes('warm')).toEqual(warm)
  // All manifests with a few questions, and the trees of both sides.
  const { 'POST /graphql': questions = 0, 'GET /git/blobs/SHA': alone = 0, ...others } = routes('cold')
  const { 'POST /graphql': _, 'GET /git/blobs/SHA': __, ...warmOthers } = warm
  expect(others).toEqual({ ...warmOthers, 'GET /git/trees/SHA': 2 })
  expect(questions + alone).toBeLessThanOrEqual(10)
})
