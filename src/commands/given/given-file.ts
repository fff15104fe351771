import { createReadStream, type ReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { inMegabytes } from '../../domain/budget.ts'
import { budgets } from '../../domain/budgets.ts'
import type { Terminal } from '../terminal.ts'
import { causeOf, UserError } from '../user-error.ts'

/** The text of a file that an option names; it is called as it is written there. No more of it is read than is taken. */
export async function readGivenFile(option: string, path: string, terminal: Terminal): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of (await openGiven(path, terminal)) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > budgets.manifestBytes.size)
        throw new Error(`it is larger than ${inMegabytes(budgets.manifestBytes)}`)
      chunks.push(chunk)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    throw new UserError(`${option} ${path} cannot be read: ${causeOf(error)}.`)
  }
}

/** A file, or a pipe such as that of `<(kubectl get ...)`. Anything else is refused: a device may never end. */
export async function openGiven(
  path: string,
  { directory }: Pick<Terminal, 'directory'>,
): Promise<ReadStream> {
  const full = resolve(directory, path)
  const found = await stat(full)
  if (!(found.isFile() || found.isFIFO() || found.isDirectory()))
    throw new Error('it is neither a file nor a pipe')
  return createReadStream(full)
}
