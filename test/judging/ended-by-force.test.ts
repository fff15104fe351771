import { afterAll, beforeAll, expect, test } from 'vitest'
import { createJudgingThreads } from '../../src/judging/threads.ts'
import { startServer } from '../../src/server.ts'
import { openTheatre, type Theatre } from '../support/stage.ts'

let theatre: Theatre
beforeAll(async () => {
  const judging = createJudgingThreads({ threads: 1, seconds: 0.001 })
  theatre = await openTheatre({}, {}, (settings, clock) => startServer(settings, clock, () => judging))
})
afterAll(() => theatre.close())

test('what takes too long to be judged is not merged, is not tried again by itself, and says so', async () => {
  const story = await theatre.story()
  const proposed = await story.propose('lina', { 'login/new.yaml': 'kind: VirtualService\n' })

  const { conclusion, title, summary } = await proposed.verdict()

  expect(conclusion).toBe('failure')
  expect(title).toBe('Cannot decide: judging it took more than 0.001 seconds, and was ended')
  expect(summary).toContain('so the gate stays shut')
})
