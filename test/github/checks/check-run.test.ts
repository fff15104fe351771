import type nock from 'nock'
import { describe, expect, test } from 'vitest'
import {
  abandonCheckRun,
  addAnnotations,
  beginCheckRun,
  type CheckReport,
  completeCheckRun,
} from '../../../src/github/checks/check-run.ts'
import { workingWords } from '../../../src/report/github/working.ts'
import { github, pullRequest, testClient, withNock } from '../../support/github.ts'

withNock()

const runs = () => ({ client: testClient(), where: { owner: 'bookinfo', repo: 'mesh' } })
const run = { id: 5, headSha: 'b'.repeat(40) }

const annotations = (count: number): CheckReport['annotations'] =>
  Array.from({ length: count }, (_, index) => ({
    path: 'a.yaml',
    startLine: index + 1,
    endLine: index + 1,
    level: 'failure' as const,
    title: 'dropped-entry',
    message: `message ${index}`,
  }))

const report = (over: Partial<CheckReport> = {}): CheckReport => ({
  conclusion: 'failure',
  title: 'A title',
  summary: 'A summary',
  text: 'kept',
  annotations: [],
  ...over,
})

/** Answers one PATCH of the run and keeps what was sent. */
function patch(status = 200): { body?: nock.DataMatcherMap } {
  const seen: { body?: nock.DataMatcherMap } = {}
  github()
    .patch('/repos/bookinfo/mesh/check-runs/5', (body) => {
      seen.body = body
      return true
    })
    .reply(status, {})
  return seen
}

function sentAnnotations({ body }: { body?: nock.DataMatcherMap }): number {
  const output = body?.['output'] as { annotations?: unknown[] } | undefined
  return output?.annotations?.length ?? 0
}

describe('a run begins', () => {
  test.each([
    ['main', 'firebreak'],
    ['release/1.2', 'firebreak (release/1.2)'],
  ])('in progress on the head, named for the base %s', async (branch, name) => {
    const pull = pullRequest({ base: { branch, tip: 'a'.repeat(40) } })
    github()
      .post('/repos/bookinfo/mesh/check-runs', {
        name,
        head_sha: pull.head.sha,
        status: 'in_progress',
        external_id: 'pr:7',
        output: { ...workingWords(pull.base, false) },
      })
      .reply(201, { id: 5 })

    expect(await beginCheckRun(runs(), pull)).toEqual({ id: 5, headSha: pull.head.sha, name })
  })
})

test("a run for a turn in a merge queue stands on the queue's commit and says whose turn it is", async () => {
  const group = { sha: 'd'.repeat(40), parent: 'e'.repeat(40) }
  github()
    .post('/repos/bookinfo/mesh/check-runs', {
      name: 'firebreak',
      head_sha: group.sha,
      status: 'in_progress',
      external_id: `queue:7:${group.parent}`,
      output: { ...workingWords(pullRequest().base, true) },
    })
    .reply(201, { id: 5 })

  expect(await beginCheckRun(runs(), pullRequest({ group }))).toEqual({
    id: 5,
    headSha: group.sha,
    name: 'firebreak',
  })
})

describe('a run is completed', () => {
  test('in one request where there are no annotations', async () => {
    const sent = patch()

    await completeCheckRun(runs(), run, { report: report(), tried: 'never' })

    expect(sent.body).toEqual({
      status: 'completed',
      conclusion: 'failure',
      output: { title: 'A title', summary: 'A summary', text: 'kept' },
    })
  })

  test('with what it carries from then on', async () => {
    const sent = patch()

    await completeCheckRun(runs(), run, { report: report(), carries: 'pr:7:on', tried: 'never' })

    expect(sent.body).toMatchObject({ status: 'completed', external_id: 'pr:7:on' })
  })

  test('after its annotations, 50 at a time', async () => {
    const sent = [patch(), patch(), patch(), patch()]

    await completeCheckRun(runs(), run, { report: report({ annotations: annotations(120) }), tried: 'never' })

    expect(sent.map(sentAnnotations)).toEqual([50, 50, 20, 0])
    expect(sent.map(({ body }) => body?.['status'])).toEqual([undefined, undefined, undefined, 'completed'])
  })

  test('with each annotation once, though an answer was lost', async () => {
    const sent = [patch(502), patch(), patch()]
    github()
      .get('/repos/bookinfo/mesh/check-runs/5')
      .reply(200, { id: 5, output: { annotations_count: 50 } })

    await completeCheckRun(runs(), run, { report: report({ annotations: annotations(60) }), tried: 'never' })

    expect(sent.map(sentAnnotations)).toEqual([50, 10, 0])
  })

  test('with each annotation once, though it was tried before', async () => {
    github()
      .get('/repos/bookinfo/mesh/check-runs/5')
      .reply(200, { id: 5, output: { annotations_count: 3 } })
    const sent = [patch(), patch()]

    await completeCheckRun(runs(), run, { report: report({ annotations: annotations(4) }), tried: 'before' })

    expect(sent.map(sentAnnotations)).toEqual([1, 0])
  })

  test('not at all where GitHub refuses', async () => {
    patch(422)

    const completed = completeCheckRun(runs(), run, {
      report: report({ annotations: annotations(1) }),
      tried: 'never',
    })

    await expect(completed).rejects.toMatchObject({ status: 422 })
  })

  test('with columns on single lines alone', async () => {
    const sent = [patch(), patch()]
    const [one] = annotations(1)
    if (one === undefined) throw new Error('one')
    const columns = { startColumn: 2, endColumn: 5 }

    await completeCheckRun(runs(), run, {
      report: report({
        annotations: [
          { ...one, ...columns },
          { ...one, ...columns, endLine: 9 },
        ],
      }),
      tried: 'never',
    })

    const output = sent[0]?.body?.['output'] as { annotations: object[] } | undefined
    const [single, several] = output?.annotations ?? []
    expect(single).toMatchObject({ start_line: 1, end_line: 1, start_column: 2, end_column: 5 })
    expect(several).not.toHaveProperty('start_column')
  })

  test.each([
    ['summary', report({ summary: 'x'.repeat(65_536) })],
    ['text', report({ text: 'x'.repeat(65_536) })],
  ])('never with a %s that GitHub would cut or refuse', async (field, long) => {
    await expect(completeCheckRun(runs(), run, { report: long, tried: 'never' })).rejects.toThrow(field)
  })
})

test('late annotations come after those that are there', async () => {
  const sent = patch()

  await addAnnotations(runs(), run, { ...report({ annotations: annotations(3) }), late: annotations(2) })

  expect(sentAnnotations(sent)).toBe(2)
})

describe('a run is given up', () => {
  test('after a fault as a failure that offers to be run again', async () => {
    const sent = patch()

    await abandonCheckRun(runs(), run, {
      kind: 'fault',
      because: 'GitHub answered 502',
      again: 'by-itself',
    })

    expect(sent.body).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      output: { title: 'Cannot decide: GitHub answered 502' },
      actions: [{ identifier: 'rerun' }],
    })
  })

  test('when superseded as cancelled, which satisfies no rule', async () => {
    const sent = patch()

    await abandonCheckRun(runs(), run, { kind: 'superseded', by: 'closed' })

    expect(sent.body).toMatchObject({ status: 'completed', conclusion: 'cancelled' })
    expect(sent.body).not.toHaveProperty('actions')
  })
})
