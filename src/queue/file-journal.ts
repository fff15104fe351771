import { DatabaseSync } from 'node:sqlite'
import type { Journal, JournalEntry } from '../app/work/journal.ts'
import type { Scope } from '../app/work/scope.ts'

/** Thrown where another process has the file open, or this one does already. */
export class JournalInUse extends Error {
  override readonly name = 'JournalInUse'
}

/** What SQLite calls `SQLITE_BUSY`. */
const busy = 5

/** A journal in a file of SQLite; `:memory:` keeps it for as long as the process lives. */
export function createFileJournal(path: string): Journal {
  const database = new DatabaseSync(path)
  try {
    return journalIn(database, path)
  } catch (error) {
    database.close()
    const isInUse = error instanceof Error && 'errcode' in error && error.errcode === busy
    throw isInUse ? new JournalInUse(`${path} is in use`, { cause: error }) : error
  }
}

/** Milliseconds for which what was written says that something can be: anybody may ask, and writing holds up the webhooks. */
const checkEvery = 1_000

const fillRoom = 'INSERT OR REPLACE INTO tried (id, room) VALUES (0, zeroblob(16384))'

function journalIn(database: DatabaseSync, path: string): Journal {
  // Two servers would take up what the other is at; the lock ends with the process, however that ends.
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  // What was written is on the disk before it is said to be.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec(
    'CREATE TABLE IF NOT EXISTS asked (id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL)',
  )
  database.exec('CREATE TABLE IF NOT EXISTS tried (id INTEGER PRIMARY KEY, room BLOB)')
  const insert = database.prepare('INSERT INTO asked (scope) VALUES (?)')
  const remove = database.prepare('DELETE FROM asked WHERE id = ?')
  const select = database.prepare('SELECT id, scope FROM asked ORDER BY id')

  let wroteAt = Number.NEGATIVE_INFINITY

  function written<T>(write: () => T): T {
    wroteAt = Number.NEGATIVE_INFINITY
    const result = write()
    wroteAt = performance.now()
    return result
  }

  function entry(id: number | bigint, scope: Scope): JournalEntry {
    return { scope, done: async () => void remove.run(id) }
  }

  function close(): void {
    if (database.isOpen) database.close()
  }

  return {
    note: async (scope) => entry(written(() => insert.run(JSON.stringify(scope))).lastInsertRowid, scope),
    // A disk says only when it is written to that it is full; more is written than what is noted takes.
    async check() {
      if (performance.now() - wroteAt >= checkEvery) written(() => database.exec(fillRoom))
    },
    left: async () => select.all().map(({ id, scope }) => entry(Number(id), JSON.parse(String(scope)))),
    close: async () => close(),
    abandon: close,
    weaknesses: async () => (path === ':memory:' ? ['forgets'] : []),
  }
}
