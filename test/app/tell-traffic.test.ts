import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer } from '../../src/server.ts'
import { write } from '../commands/fake-terminal.ts'
import { openTheatre, type Theatre } from '../support/stage.ts'

const logs = mkdtempSync(join(tmpdir(), 'firebreak-traffic-'))
let theatre: Theatre

beforeAll(async () => {
  theatre = await openTheatre({}, { trafficDirectory: logs }, (settings, clock) =>
    startServer(settings, clock),
  )
})

afterAll(async () => {
  await theatre.close()
  rmSync(logs, { recursive: true, force: true })
})

const line = (path: string, count: number) =>
  `${JSON.stringify({ method: 'GET', authority: 'bookinfo.example', path, count })}\n`

async function proposed(log: string | undefined) {
  const story = await theatre.story()
  if (log !== undefined) write(logs, { [`${story.repo}/access.log`]: log })
  const pull = await story.propose(
    'lina',
    story.edited('teams/login/vs-1.yaml', 'exact: /logout', 'exact: /log-out'),
  )
  return pull.verdict()
}

it('tells on the check run of the requests that were made, which decide nothing', async () => {
  const told = await proposed(
    `${line('/logout?token=eyJhbGciOiJIUzI1NiJ9.e30', 30)}${line('/productpage', 70)}x\n`,
  )
  const untold = await proposed(undefined)

  expect(told.summary).toContain('requests in `org-1/')
  expect(told.summary).toContain('30 (30 %) would be treated differently')
  expect(told.summary).toContain('1 of 3 lines cannot be read, the first of them line 3 of `access.log`')
  expect(told.summary).not.toContain('eyJ')
  expect(untold.summary).toContain('the logs of this repository are not there, or cannot be read')
  expect([untold.conclusion, untold.title]).toEqual([told.conclusion, told.title])
  expect(theatre.github.contractViolations()).toEqual([])
})

it('is silent where no request changes', async () => {
  const story = await theatre.story()
  const pull = await story.propose('lina', { 'teams/login/README.md': 'hello\n' })

  expect((await pull.verdict()).summary).not.toContain('requests')
})
