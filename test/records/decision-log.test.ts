import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { checkPullRequest } from '../../src/app/check-pull-request.ts'
import { judgePullRequest } from '../../src/app/judge-pull-request.ts'
import type { Observed } from '../../src/app/observer.ts'
import { createDecisionLog } from '../../src/records/decision-log.ts'
import { pullRequest, recordingLog } from '../support/github.ts'
import { charts } from '../support/helm.ts'
import { createInMemoryForge } from '../support/in-memory-forge.ts'

async function judged(before?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-decision-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const to = join(folder, 'decisions.jsonl')
  if (before !== undefined) writeFileSync(to, before)
  const log = recordingLog()
  const now = () => Date.parse('2026-01-01T00:00:00Z')
  const ends: string[] = []
  const observe = (fact: Observed) => void (fact.kind === 'decision' && ends.push(fact.end))
  const decisions = createDecisionLog({ to, version: '1.2.3', now, log, observe })
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
  return { forge, check, lines, to, log, ends }
}

test('a line is added for each verdict that was published, and for no other', async () => {
  const { forge, check, lines, ends } = await judged()
  await check()
  await check()
  forge.beforeRead = (what) => {
    if (what === 'publish') throw new Error('502')
  }
  await check()

  await expect.poll(lines).toHaveLength(3)
  expect(ends).toEqual(['kept', 'kept'])
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

test('a line that cannot be added is logged and counted; the verdict stands', async () => {
  const { forge, check, to, log, ends } = await judged()
  rmSync(to)
  mkdirSync(to)

  await check()

  expect(forge.runs).toMatchObject([{ published: { report: { conclusion: 'success' } } }])
  await expect
    .poll(() => log.lines)
    .toContainEqual(expect.objectContaining({ level: 'error', message: 'a decision could not be kept' }))
  expect(ends).toEqual(['lost'])
})

test.each(['{"schema":"firebreak-dec', 'a\n{"schema"'])(
  'a line that a killed server left unfinished, as in %j, takes no other with it',
  async (before) => {
    const { check, lines } = await judged(before)
    await check()

    await expect.poll(() => lines().length).toBe(before.split('\n').length + 2)
    expect(JSON.parse(lines().at(-2) ?? '')).toMatchObject({ schema: 'firebreak-decision/1' })
    expect(lines().slice(0, -2)).toEqual(before.split('\n'))
  },
)

test('a whole file is gone on with as it is', async () => {
  const { check, lines } = await judged('a\n')
  await check()

  await expect.poll(() => lines().length).toBe(3)
  expect(lines()[0]).toBe('a')
})

test('after a line that may have been written in part the next begins a line of its own', async () => {
  const { check, lines, to } = await judged()
  rmSync(to)
  mkdirSync(to)
  await check()
  await pause(50)
  rmSync(to, { recursive: true })
  writeFileSync(to, '{"schema"')
  await check()

  await expect.poll(() => lines().length).toBe(3)
  expect(JSON.parse(lines()[1] ?? '')).toMatchObject({ schema: 'firebreak-decision/1' })
})
