import type { SourceFile } from '../../domain/source/source-file.ts'
import type { Terminal } from '../terminal.ts'
import { readGivenFile } from './given-file.ts'

/** The option `--defaults`, as it is shown. */
export const defaultsOption = '--defaults <file>'

/** What the option is for. */
export const defaultsMeaning =
  "the configuration of the owner's repository .github, which applies where there is no .github/firebreak.yml"

/** The file of `--defaults`; undefined where it is not given. */
export async function readGivenDefaults(
  path: string | undefined,
  terminal: Terminal,
): Promise<SourceFile | undefined> {
  if (path === undefined) return undefined
  return { path, text: await readGivenFile('--defaults', path, terminal), elsewhere: true }
}
