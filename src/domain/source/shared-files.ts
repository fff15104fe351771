import type { SourceFile } from './source-file.ts'

/** Some files, each the very object that stands among others where it is the same: what is found in a file is found once. */
export function sharedFiles(
  files: readonly SourceFile[],
  others: readonly SourceFile[],
): readonly SourceFile[] {
  const known = new Map(others.map((file) => [file.path, file]))
  return files.map((file) => {
    const other = known.get(file.path)
    return other?.text === file.text && other.delivered === file.delivered ? other : file
  })
}
