import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createFileJournal } from '../../src/queue/file-journal.ts'
import { holdsAsJournal } from './journal.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-journal-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a journal in a file', () => {
  holdsAsJournal((name) => createFileJournal(join(folder, name)))

  test('that cannot be written is an error at once', () => {
    expect(() => createFileJournal(join(folder, 'nowhere', 'journal'))).toThrow(
      'unable to open database file',
    )
  })
})
