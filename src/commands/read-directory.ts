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
  const side = await sideOf(argument, terminal)
  if (side.kind !== 'directory') {
    throw new UserError(`${argument || 'An empty name'} is not a directory: name one that holds manifests.`)
  }
  const store = directoryStore({ path: side.path, naming: 'path' })
  return readSnapshot(store, terminal, await readGivenSnapshots(written, terminal))
}
