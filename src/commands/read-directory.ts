import type { FileStore } from '../git/file-store.ts'
import { readGivenSnapshots } from './given-snapshots.ts'
import { type LoneSide, readSnapshot } from './read-snapshot.ts'
import { directoryStore, sideOf } from './side.ts'
import type { Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

/** The snapshot of a directory that was named on the command line. */
export async function readDirectory(
  argument: string,
  terminal: Terminal,
  written?: readonly string[],
): Promise<LoneSide> {
  const store = await storeOfDirectory(argument, terminal)
  return readSnapshot(store, terminal, await readGivenSnapshots(written, terminal))
}

/** The files of a directory that was named on the command line. */
export async function storeOfDirectory(argument: string, terminal: Terminal): Promise<FileStore> {
  const side = await sideOf(argument, terminal)
  if (side.kind !== 'directory') {
    throw new UserError(`${argument || 'An empty name'} is not a directory: name one that holds manifests.`)
  }
  return directoryStore({ path: side.path, naming: 'path' })
}
