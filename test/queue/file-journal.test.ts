import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
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

  test('writes at once what it is told at once: a burst waits for the disk as often as one event', async () => {
    const path = join(folder, 'burst')
    const journal = createFileJournal(path)
    const repository = { installation: 1, owner: 'o', repo: 'r' }
    const written = () => statSync(`${path}-wal`).size
    const notes = (of: number) =>
      Promise.all(Array.from({ length: of }, () => journal.note({ kind: 'repository', repository })))
    await notes(1)
    const before = written()
    const entries = await notes(100)
    const noted = written()
    // Every time that something is written a page of four KiB is, at least.
    expect(noted - before).toBeLessThan(20 * 4_096)

    for (const entry of entries) await entry.done()
    expect(await journal.left()).toHaveLength(1)
    expect(written() - noted).toBeLessThan(20 * 4_096)
    await journal.close()
  })

  test('has written what is done when it is let go of', async () => {
    const path = join(folder, 'abandoned')
    const journal = createFileJournal(path)
    const entry = await journal.note({
      kind: 'repository',
      repository: { installation: 1, owner: 'o', repo: 'r' },
    })
    await entry.done()
    journal.abandon()

    const next = createFileJournal(path)
    expect(await next.left()).toEqual([])
    await next.close()
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
