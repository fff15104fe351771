import type { FileStore } from '../../git/file-store.ts'
import type { Terminal } from '../terminal.ts'
import { UserError } from '../user-error.ts'
import { readGivenDefaults } from './given-defaults.ts'
import { readGivenSnapshots } from './given-snapshots.ts'
import { type Given, type LoneSide, readSnapshot } from './read-snapshot.ts'
import { directoryStore, sideOf } from './side.ts'

/** The snapshot of a directory that was named on the command line. */
export async function readDirectory(
  argument: string,
  terminal: Terminal,
  options: GivenOptions = {},
): Promise<LoneSide> {
  const store = await storeOfDirectory(argument, terminal)
  return readSnapshot(store, terminal, await readGiven(options, terminal))
}

/** The files that options name beside a directory. */
export interface GivenOptions {
  readonly snapshot?: readonly string[]
  readonly defaults?: string
}

/** What is in them. */
export async function readGiven(options: GivenOptions, terminal: Terminal): Promise<Given> {
  const snapshots = await readGivenSnapshots(options.snapshot, terminal)
  const defaults = await readGivenDefaults(options.defaults, terminal)
  return { ...(snapshots && { snapshots }), ...(defaults && { defaults }) }
}

/** The files of a directory that was named on the command line. */
export async function storeOfDirectory(argument: string, terminal: Terminal): Promise<FileStore> {
  const side = await sideOf(argument, terminal)
  if (side.kind !== 'directory') {
    throw new UserError(`${argument || 'An empty name'} is not a directory: name one that holds manifests.`)
  }
  return directoryStore({ path: side.path, naming: 'path' })
}
