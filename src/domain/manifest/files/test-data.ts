/** Folders that by their names hold what tests read: Go and others leave them out of everything else. */
const folder =
  /^(.*?(?:^|\/)(?:test[-_]?data|__testdata__|fixtures|__fixtures__|__tests__|__snapshots__|goldens?))\//i

/** The folder of test data in which a file lies, by its name; the outermost. */
export function testDataFolder(path: string): string | undefined {
  return folder.exec(path)?.[1]
}
