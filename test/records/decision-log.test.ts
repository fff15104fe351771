import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkPullRequest } from '../../src/app/check-pull-request.ts'
import { judgePullRequest } from '../../src/app/judge-pull-request.ts'
import { createDecisionLog } from '../../src/records/decision-log.ts'
import { pullRequest, recordingLog } from '../support/github.ts'
import { charts } from '../support/helm.ts'
import { createInMemoryForge } from '../support/in-memory-forge.ts'

async function judged() {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-decision-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const to = join(folder, 'decisions.jsonl')
  const log = recordingLog()
  const now = () => Date.parse('2026-01-01T00:00:00Z')
  const decisions = createDecisionLog({ to, version: '1.2.3', now, log })
  const { ref } = pullRequest()
  const forge = createInMemoryForge()
  const world = {
    ...(await forge.connect(ref)),
    charts,
    judge: judgePullRequest,
    decisions,
    log,
    pause: async () => undefined,
    today: () => '2026-01-01',
  }
  const check = () => checkPullRequest(ref, world)
  const lines = () => readFileSync(to, 'utf8').split('\n')
  return { forge, check, lines, to, log }
}

test('a line is added for each verdict that was published, and for no other', async () => {
  const { forge, check, lines } = await judged()
  await check()
  await check()
  forge.beforeRead = (what) => {
    if (what === 'publish') throw new Error('502')
  }
  await check()

  await expect.poll(lines).toHaveLength(3)
  const [first = ''] = lines()
  expect(JSON.parse(first)).toMatchObject({
    schema: 'firebreak-decision/1',
    version: '1.2.3',
    at: '2026-01-01T00:00:00.000Z',
    on: pullRequest().head.sha,
    inputs: { today: '2026-01-01', pull: { number: 7 } },
    verdict: { conclusion: 'success' },
  })
})

test('a line that cannot be added is logged; the verdict stands', async () => {
  const { forge, check, to, log } = await judged()
  rmSync(to)
  mkdirSync(to)

  await check()

  expect(forge.runs).toMatchObject([{ published: { report: { conclusion: 'success' } } }])
  await expect
    .poll(() => log.lines)
    .toContainEqual(expect.objectContaining({ level: 'error', message: 'a decision could not be kept' }))
})
