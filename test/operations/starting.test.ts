import { expect, test } from 'vitest'
import type { Standing } from '../../src/github/app-check.ts'
import type { Lack } from '../../src/github/app-needs.ts'
import { sayStanding, sayWeaknesses } from '../../src/operations/starting.ts'
import { createFileJournal } from '../../src/queue/file-journal.ts'
import { recordingLog } from '../support/github.ts'

test('a store that keeps nothing is said to, once', async () => {
  const log = recordingLog()
  const journal = createFileJournal(':memory:')

  await sayWeaknesses(journal, log)

  expect(log.lines).toEqual([
    {
      level: 'warn',
      fields: { weakness: 'forgets' },
      message: 'the store writes nothing to disk (save, appendonly): what was accepted is lost when it ends',
    },
  ])
  await journal.close()
})

/** What is said of an App, as level, message and fields. */
async function said(
  standing: Standing,
  installations: ReadonlyMap<string, readonly Lack[]> | Error = new Map(),
) {
  const log = recordingLog()
  const check = {
    standing: async () => standing,
    accepted: new Promise<void>(() => {}),
    lacksOfInstallations: async () => {
      if (installations instanceof Error) throw installations
      return installations
    },
  }
  await sayStanding(check, log)
  return log.lines.map(({ level, message, fields }) => [level, message, fields])
}

const well = { kind: 'accepted', lacks: [], secondsAhead: 1 } as const
const members = { kind: 'permission', needed: 'members: read', lost: 'no consent counts' } as const
const push = { kind: 'event', needed: 'push', lost: 'verdicts stay' } as const

test('of an App that lacks nothing nothing is said', async () => {
  expect(await said(well)).toEqual([])
})

test('each thing that is lacking is a line, with what is lost and on which account', async () => {
  const lines = await said({ ...well, lacks: [members] }, new Map([['bookinfo', [push]]]))

  expect(lines).toEqual([
    ['error', 'a permission is missing', { needed: 'members: read', lost: 'no consent counts' }],
    [
      'error',
      'an event is not subscribed to',
      { account: 'bookinfo', needed: 'push', lost: 'verdicts stay' },
    ],
  ])
})

test('what could not be asked at start is said when GitHub answers', async () => {
  const log = recordingLog()
  const answers: Standing[] = [{ kind: 'unreachable' }, { ...well, lacks: [members] }]
  const back = Promise.withResolvers<void>()
  const check = {
    standing: async () => answers.shift() ?? well,
    accepted: back.promise,
    lacksOfInstallations: async () => new Map(),
  }
  await sayStanding(check, log)
  expect(log.lines.map(({ message }) => message)).toEqual(['GitHub has not been reached yet'])

  back.resolve()

  await expect.poll(() => log.lines.at(-1)?.message).toBe('a permission is missing')
})

test.each([-45, 45])('a clock that is %d seconds off is told', async (secondsAhead) => {
  expect((await said({ ...well, secondsAhead })).map(([, , fields]) => fields)).toEqual([{ secondsAhead }])
})

test('a wrong key, and a GitHub that is away, are told', async () => {
  const one = await said({ kind: 'refused', status: 401 })
  const other = await said({ kind: 'unreachable' })

  expect([...one, ...other].map(([, message]) => message)).toEqual([
    'GitHub does not accept APP_ID with this private key: 401',
    'GitHub has not been reached yet',
  ])
  expect((await said(well, new Error('502'))).map(([level]) => level)).toEqual(['warn'])
})
