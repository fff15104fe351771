import type { SourceFile } from './source-file.ts'

/**
 * Some files, each the very object that stands among others where it is the same: what is found in a file is found once. The very list
 * where that is so already.
 */
export function sharedFiles(
  files: readonly SourceFile[],
  others: readonly SourceFile[],
): readonly SourceFile[] {
  const known = new Map(others.map((file) => [file.path, file]))
  const shared = files.map((file) => {
    const other = known.get(file.path)
    return other?.text === file.text && other.delivered === file.delivered ? other : file
  })
  return shared.every((file, at) => file === files[at]) ? files : shared
}
