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

/** Milliseconds after which what is done is written, if nothing is noted sooner: whoever does it once more does no harm. */
const doneEvery = 200

const fillRoom = 'INSERT OR REPLACE INTO tried (id, room) VALUES (0, zeroblob(16384))'

/** What is to be kept, and whoever waits for that. */
interface Noting {
  readonly scope: Scope
  readonly resolve: (entry: JournalEntry) => void
  readonly reject: (error: unknown) => void
}

/** Whatever is told within one turn of the loop is written at once: each time the disk is waited for, and with it every webhook. */
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
  let noting: Noting[] = []
  let done: (number | bigint)[] = []
  let soon: NodeJS.Immediate | undefined
  let later: NodeJS.Timeout | undefined

  function written<T>(write: () => T): T {
    wroteAt = Number.NEGATIVE_INFINITY
    database.exec('BEGIN')
    try {
      const result = write()
      database.exec('COMMIT')
      wroteAt = performance.now()
      return result
    } catch (error) {
      // A full disk has it rolled back by SQLite itself.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  /** Nothing of what is done is lost by a fault: it is written the next time. */
  function writeAll(): void {
    clearImmediate(soon)
    clearTimeout(later)
    soon = later = undefined
    const notes = noting
    noting = []
    if (notes.length + done.length === 0) return
    try {
      const ids = written(() => {
        for (const id of done) remove.run(id)
        return notes.map(({ scope }) => insert.run(JSON.stringify(scope)).lastInsertRowid)
      })
      done = []
      for (const [index, { scope, resolve }] of notes.entries()) resolve(entry(ids[index] ?? 0, scope))
    } catch (error) {
      for (const { reject } of notes) reject(error)
    }
  }

  function entry(id: number | bigint, scope: Scope): JournalEntry {
    return {
      scope,
      async done() {
        done.push(id)
        later ??= setTimeout(writeAll, doneEvery)
      },
    }
  }

  function close(): void {
    if (!database.isOpen) return
    writeAll()
    database.close()
  }

  return {
    note: (scope) =>
      new Promise((resolve, reject) => {
        noting.push({ scope, resolve, reject })
        soon ??= setImmediate(writeAll)
      }),
    // A disk says only when it is written to that it is full; more is written than what is noted takes.
    async check() {
      if (performance.now() - wroteAt >= checkEvery) written(() => database.exec(fillRoom))
    },
    async left() {
      writeAll()
      return select.all().map(({ id, scope }) => entry(Number(id), JSON.parse(String(scope))))
    },
    close: async () => close(),
    abandon: close,
    weaknesses: async () => (path === ':memory:' ? ['forgets'] : []),
  }
}
