import { spawnSync } from 'node:child_process'
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

  test('is that of one server: another that opens it is told so, until the first has closed it', async () => {
    const path = join(folder, 'shared')
    const first = createFileJournal(path)
    await first.note({ kind: 'repository', repository: { installation: 1, owner: 'o', repo: 'r' } })

    expect(() => createFileJournal(path)).toThrow(`${path} is in use`)

    await first.close()
    const second = createFileJournal(path)
    expect(await second.left()).toHaveLength(1)
    await second.close()
  })

  test('whose disk is full says so before anything has to be kept', () => {
    const program = `
      const { createFileJournal } = await import(${JSON.stringify(join(process.cwd(), 'src/queue/file-journal.ts'))})
      const journal = createFileJournal(process.argv[1])
      const tell = (work) => work.then(() => 'well', (error) => error.message)
      const scope = { kind: 'repository', repository: { installation: 1, owner: 'o', repo: 'r' } }
      const before = await tell(journal.check())
      while ((await tell(journal.note(scope))) === 'well');
      console.log(JSON.stringify([before, await tell(journal.check())]))`
    // As a disk of 256 KiB, which needs nobody's leave.
    const limited = spawnSync(
      'sh',
      [
        '-c',
        'ulimit -f 512; exec "$0" --input-type=module -e "$1" "$2"',
        process.execPath,
        program,
        join(folder, 'full'),
      ],
      { encoding: 'utf8' },
    )

    expect(JSON.parse(limited.stdout)).toEqual(['well', expect.stringMatching(/full|disk/)])
  })
})
