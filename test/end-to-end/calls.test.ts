import { expect, test } from 'vitest'
import { judgingHere, startServer } from '../../src/server.ts'
import { countCalls } from '../support/counted-calls.ts'

test('few calls are enough, however many manifests there are', async () => {
  const cases = await countCalls(300, (settings, clock) => startServer(settings, clock, judgingHere))
  const routes = (calls: keyof typeof cases) => Object.fromEntries(cases[calls].byRoute)

  expect(routes('untouched')).toEqual({
    'POST /graphql': 2,
    'POST /check-runs': 1,
    'GET /git/trees/SHA': 1,
    'PATCH /check-runs/N': 1,
  })
  const warm = {
    'POST /graphql': 3,
    'POST /check-runs': 1,
    'GET /git/trees/SHA': 1,
    'GET /git/blobs/SHA': 1,
    'GET /activity': 1,
    'GET /pulls/N/files': 1,
    'PATCH /check-runs/N': 1,
    'POST /pulls/N/comments': 1,
  }
  expect(routes('warm')).toEqual(warm)
  // The judge's files by themselves, and the manifests some hundred at a time.
  expect(routes('cold')).toEqual({
    ...warm,
    'POST /graphql': 5,
    'GET /git/trees/SHA': 2,
    'GET /git/blobs/SHA': 2,
  })
})
