import { isAbsolute } from 'node:path'
import { budgets } from '../../domain/budgets.ts'
import type { Terminal } from '../terminal.ts'
import { causeOf, UserError } from '../user-error.ts'
import { type Members, membersIn, readMembers } from './members.ts'
import { commitOf, type Side, withCloneAt } from './side.ts'

/** A file with the members of teams, and the side by which it is judged. */
interface Named {
  readonly file: string
  readonly base: Side
}

/**
 * The members that a file of the repository names as it is on the base side, for whoever proposes something may not say who is in which
 * team. An absolute path, and one beside a directory, is read as it is.
 */
export async function membersOnBase({ file, base }: Named, terminal: Terminal): Promise<Members> {
  if (isAbsolute(file) || base.kind === 'directory') return readMembers(file, terminal)
  const otherwise = `${terminal.directory} does not lie in a Git repository: check it out before this step.`
  const content = await withCloneAt(terminal, otherwise, async (clone) => {
    const store = clone.store(await commitOf(clone, base.name))
    const entry = (await store.listing()).tree.get(file.replace(/^(?:\.\/)+/, ''))
    if (entry === undefined || !entry.mode.startsWith('100'))
      throw new UserError(
        `The members file ${file} is not on the base side (${base.name}), which alone counts.`,
      )
    return store.blob(entry.sha)
  })
  return membersIn({ path: file, text: textOf(content, file) })
}

function textOf(content: Uint8Array, file: string): string {
  try {
    if (content.length > budgets.manifestBytes.size) throw new Error('it is larger than 5 MB')
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch (error) {
    throw new UserError(`--members ${file} cannot be read: ${causeOf(error)}.`)
  }
}
