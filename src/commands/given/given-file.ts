import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { budgets } from '../../domain/budgets.ts'
import type { Terminal } from '../terminal.ts'
import { causeOf, UserError } from '../user-error.ts'

/** The text of a file that an option names; it is called as it is written there. */
export async function readGivenFile(option: string, path: string, { directory }: Terminal): Promise<string> {
  const full = resolve(directory, path)
  try {
    const { size } = await stat(full)
    if (size <= budgets.manifestBytes.size)
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(full))
  } catch (error) {
    throw new UserError(`${option} ${path} cannot be read: ${causeOf(error)}.`)
  }
  throw new UserError(`${option} ${path} cannot be read: it is larger than 5 MB.`)
}
