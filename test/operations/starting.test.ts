import { expect, test } from 'vitest'
import { sayWeaknesses } from '../../src/operations/starting.ts'
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
