import { expect, test } from 'vitest'
import { judgedText, readGreenBase } from '../../../src/github/checks/verdict-base.ts'
import { github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const pull = pullRequest()

test('law: a success says against which base it was given; of two verdicts the newer', async () => {
  const run = (id: number, tip: string) => ({
    id,
    app: { id: 42 },
    conclusion: 'success',
    output: { text: `Before.\n${judgedText({ ...pull, base: { ...pull.base, tip } })}` },
  })
  const [older, newer] = ['c'.repeat(40), 'd'.repeat(40)]
  github()
    .get(`/repos/bookinfo/mesh/commits/${pull.head.sha}/check-runs`)
    .query(true)
    .reply(200, { check_runs: [run(1, older), run(2, newer)] })
    .get(`/repos/bookinfo/mesh/pulls/${pull.ref.number}/reviews`)
    .query(true)
    .reply(200, [])
    .get(`/repos/bookinfo/mesh/issues/${pull.ref.number}/timeline`)
    .query(true)
    .reply(200, [])

  expect(await readGreenBase({ client: testClient(), appId: 42 }, pull)).toBe(newer)
})
