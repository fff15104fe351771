import { expect, test } from 'vitest'
import { createRedisFaults } from '../../src/queue/redis-faults.ts'
import { recordingLog } from '../support/github.ts'

function refusal(message: string): Error {
  return Object.assign(new Error(message), { name: 'ReplyError' })
}

test('what Redis refuses is not said to be a Redis that is away', () => {
  const log = recordingLog()
  const tell = createRedisFaults(log)

  tell(refusal("OOM command not allowed when used memory > 'maxmemory'."))
  tell(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))

  expect(log.lines.map(({ message }) => message)).toEqual(['Redis refuses', 'Redis cannot be reached'])
})

test('one kind of fault is said once a minute, with how often it was', () => {
  const log = recordingLog()
  let time = 0
  const tell = createRedisFaults(log, () => time)

  for (let each = 0; each < 100; each++) tell(refusal(`OOM script ${each}`))
  expect(log.lines).toMatchObject([{ level: 'error', fields: { count: 1 } }])

  time = 60_000
  tell(refusal('OOM once more'))
  tell(refusal('MISCONF'))
  expect(log.lines.slice(1)).toMatchObject([{ fields: { count: 100 } }, { fields: { count: 1 } }])
})
