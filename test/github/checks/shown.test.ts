import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShown, shownText } from '../../../src/github/checks/shown.ts'
import { github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest()

const run = (text: string | null, over: object = {}) => ({
  id: 1,
  name: 'firebreak',
  external_id: 'pr:7',
  completed_at: '2026-01-01T00:00:00Z',
  app: { id: 42 },
  output: { title: 't', summary: 's', text, annotations_count: 0, annotations_url: '' },
  ...over,
})

function listing(runs: readonly object[], sha = pull.head.sha): void {
  github()
    .get(`/repos/bookinfo/mesh/commits/${sha}/check-runs`)
    .query({ check_name: 'firebreak', filter: 'all', per_page: 100 })
    .reply(200, { total_count: runs.length, check_runs: runs })
}

const read = (commits = [pull.head.sha]) => readShown({ client: testClient(), appId: 42 }, pull, commits)

test('a check covers what it listed, and nothing else', async () => {
  listing([run(shownText(['one', 'two']))])

  const [shown] = await read()

  expect(shown?.at).toBe('2026-01-01T00:00:00Z')
  expect(['one', 'two', 'three'].map((fact) => shown?.covers(fact))).toEqual([true, true, false])
})

test('a verdict that says what it rested on covers what it listed', async () => {
  listing([run(shownText(['one']), { external_id: `pr:7:on:${'c'.repeat(40)}:-` })])

  expect((await read())[0]?.covers('one')).toBe(true)
})

test.each([
  ['of another App', { app: { id: 1 } }],
  ['of another pull request', { external_id: 'pr:8' }],
  ['that is not finished', { completed_at: null }],
])('a check %s has shown nothing', async (_, over) => {
  listing([run(shownText(['one']), over)])

  expect(await read()).toEqual([])
})

test('a check that keeps nothing has shown nothing; one without facts has shown none', async () => {
  listing([run(null), run(shownText([]))])

  const shown = await read()

  expect(shown.map(({ covers }) => covers('one'))).toEqual([false])
})

test('each commit is asked for', async () => {
  listing([run(shownText(['new']))])
  listing([run(shownText(['old']))], 'old-commit')

  expect(await read([pull.head.sha, 'old-commit'])).toHaveLength(2)
})

test.each([404, 422])('a commit that is no more (%s) has shown nothing', async (status) => {
  listing([run(shownText(['new']))])
  github().get('/repos/bookinfo/mesh/commits/pruned/check-runs').query(true).reply(status)

  const shown = await read([pull.head.sha, 'pruned'])

  expect(shown.map(({ covers }) => covers('new'))).toEqual([true])
})

test.each([500, 403])(
  'a commit that cannot be read now (%s) is no commit that is no more',
  async (status) => {
    github().get('/repos/bookinfo/mesh/commits/old/check-runs').query(true).reply(status)

    await expect(read(['old'])).rejects.toMatchObject({ status })
  },
)

test('law: whatever the facts, the text stays a comment within the limit and covers them', async () => {
  const facts = fc.array(fc.string(), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(facts, async (listed) => {
      const text = shownText(listed)
      expect(text.slice('<!--'.length, -'-->'.length)).not.toContain('--')
      listing([run(text)])
      const [shown] = await read()
      expect(listed.every((fact) => shown?.covers(fact))).toBe(true)
    }),
    { numRuns: 20 },
  )
  expect(shownText(Array.from({ length: 9000 }, (_, index) => `fact ${index}`)).length).toBeLessThan(65_535)
})
