import { rm } from 'node:fs/promises'
import { fileOf } from './loose-objects.ts'
import { endReaders } from './object-reader.ts'
import { forgetAnswers } from './remember.ts'
import { gitText } from './run.ts'

/** Removes a commit with whatever no reference leads to without it. Others may be writing meanwhile, so nothing else is touched. */
export async function pruneCommit(directory: string, sha: string): Promise<void> {
  const listed = await gitText(directory, ['rev-list', '--objects', sha, '--not', '--all'])
  for (const line of listed.split('\n').filter((each) => each !== ''))
    await rm(fileOf(directory, line.slice(0, sha.length)), { force: true })
  await endReaders(directory)
  forgetAnswers()
}
