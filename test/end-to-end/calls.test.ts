import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** A folder for the time of one test. */
async function within(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'firebreak-calls-'))
  try {
    await work(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

test('with a mirror no file is asked for', () =>
  within(async (directory) => {
    const mirrors = { directory, path: process.env['PATH'] ?? '' }
    const { cold, warm, untouched } = await countCalls(300, startServer, { concurrency: 1, mirrors })

    for (const { byRoute } of [cold, warm, untouched]) expect(byRoute.has('GET /git/blobs/SHA')).toBe(false)
    expect(Object.fromEntries(warm.byRoute)).toEqual({
      'POST /graphql': 3,
      'POST /check-runs': 1,
      'GET /activity': 1,
      'PATCH /check-runs/N': 1,
      // For Git alone.
      'POST /app/installations/N/access_tokens': 1,
    })
    expect(cold.byRoute.get('POST /graphql')).toBe(3)
    expect(untouched.total).toBe(4)
  }))

test('what is kept on disk is not asked for after a restart', () =>
  within(async (cacheDirectory) => {
    const settings = { concurrency: 1, cacheDirectory }
    await countCalls(300, startServer, settings)
    // Another local GitHub with the very same files.
    const { cold } = await countCalls(300, startServer, settings)

    expect(Object.fromEntries(cold.byRoute)).toEqual({
      'POST /graphql': 3,
      'POST /check-runs': 1,
      'GET /activity': 1,
      'PATCH /check-runs/N': 1,
    })
  }))
