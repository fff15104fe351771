import { DatabaseSync } from 'node:sqlite'
import type { Journal, JournalEntry } from '../app/journal.ts'
import type { Scope } from '../app/scope.ts'

/** A journal in a file of SQLite; `:memory:` keeps it for as long as the process lives. */
export function createFileJournal(path: string): Journal {
  const database = new DatabaseSync(path)
  // What was written is on the disk before it is said to be.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec(
    'CREATE TABLE IF NOT EXISTS asked (id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL)',
  )
  const insert = database.prepare('INSERT INTO asked (scope) VALUES (?)')
  const remove = database.prepare('DELETE FROM asked WHERE id = ?')
  const select = database.prepare('SELECT id, scope FROM asked ORDER BY id')

  function entry(id: number | bigint, scope: Scope): JournalEntry {
    return { scope, done: async () => void remove.run(id) }
  }

  function close(): void {
    if (database.isOpen) database.close()
  }

  return {
    note: async (scope) => entry(insert.run(JSON.stringify(scope)).lastInsertRowid, scope),
    // Takes the lock that writing takes, and writes nothing.
    check: async () => database.exec('BEGIN IMMEDIATE; ROLLBACK'),
    left: async () => select.all().map(({ id, scope }) => entry(Number(id), JSON.parse(String(scope)))),
    close: async () => close(),
    abandon: close,
    weaknesses: async () => (path === ':memory:' ? ['forgets'] : []),
  }
}
