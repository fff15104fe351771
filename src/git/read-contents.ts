import type { FileContents } from '../app/reading/chart-port.ts'
import { budgets } from '../domain/budgets.ts'
import { mapConcurrently } from './map-concurrently.ts'
import type { ReadFilesOptions } from './read-files.ts'

const mostFiles = budgets.chartFiles.size
const mostBytes = budgets.chartBytes.size
const servedLimit = budgets.blobBytes.size
const concurrency = budgets.fetches.size

/** Links and submodules lead elsewhere. */
const regular = new Set(['100644', '100755'])

/** The regular files at the wanted paths, whatever is in them; nothing where they are too many or too large, or not all are listed. */
export async function readContents({
  listing,
  wanted,
  blob,
}: ReadFilesOptions): Promise<FileContents | undefined> {
  if (listing.cut.length > 0) return undefined
  const entries = [...listing.tree].filter(([path, { mode }]) => regular.has(mode) && wanted(path))
  if (entries.length > mostFiles || entries.some(([, { size = 0 }]) => size > servedLimit)) return undefined
  let left = mostBytes
  const read = await mapConcurrently(entries, concurrency, async ([path, { sha, size = 0 }]) => {
    left -= size
    if (left < 0) return undefined
    const content = await blob(sha, size)
    left += size - content.length
    return [path, content] as const
  })
  return left < 0 ? undefined : new Map(read.flatMap((each) => (each === undefined ? [] : [each])))
}
