import { writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Terminal } from '../terminal.ts'
import { UserError } from '../user-error.ts'
import { commitOf, type Side, withCloneAt } from './side.ts'

/** A file with the members of teams, and the side by which it is judged. */
interface Named {
  readonly file: string
  readonly base: Side
  /** Where it is written, to be read from there. */
  readonly folder: string
}

/**
 * Where the members are to be read: a file of the repository as it is on the base side, for whoever proposes something may not
 * say who is in which team. An absolute path, and one beside a directory, is read as it is.
 */
export async function membersOnBase({ file, base, folder }: Named, terminal: Terminal): Promise<string> {
  if (isAbsolute(file) || base.kind === 'directory') return file
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
  const written = join(folder, 'members.yml')
  await writeFile(written, content)
  return written
}
