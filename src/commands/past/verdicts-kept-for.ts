import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { GitClone } from '../../git/clone.ts'
import type { Terminal } from '../terminal.ts'
import { causeOf, UserError } from '../user-error.ts'
import { type KeptVerdicts, noVerdicts, openKeptVerdicts } from './kept-verdicts.ts'

/** What `--keep` names: a file, or none at all; undefined where it says nothing. */
export type Keep = string | false | undefined

/** The verdicts that were kept of a clone. Where nothing can be kept in the usual place everything is judged, and that is said. */
export async function verdictsKeptFor(
  { objects }: Pick<GitClone, 'objects'>,
  keep: Keep,
  terminal: Pick<Terminal, 'environment' | 'directory' | 'warn'>,
): Promise<KeptVerdicts> {
  if (keep === false) return noVerdicts
  const path = keep === undefined ? usualPath(objects, terminal) : resolve(terminal.directory, keep)
  return openKeptVerdicts(path).catch((error: unknown) => {
    if (keep !== undefined) throw new UserError(`--keep ${keep} cannot be written: ${causeOf(error)}.`)
    terminal.warn(`${path} cannot be written, so nothing is kept for the next run: ${causeOf(error)}.`)
    return noVerdicts
  })
}

/** A file for each clone. */
function usualPath(objects: string, { environment }: Pick<Terminal, 'environment'>): string {
  const folder = environment['XDG_CACHE_HOME'] || join(environment['HOME'] || homedir(), '.cache')
  const name = createHash('sha256').update(objects).digest('hex').slice(0, 16)
  return join(folder, 'firebreak', `history-${name}.jsonl`)
}
