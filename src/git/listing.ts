import type { Tree, TreeEntry } from '../app/reading/git-objects.ts'

/** What `git ls-tree -r -z --long` prints, by path. An object that the clone lacks has the size `BAD`: whoever asks for it learns of that. */
export function readGitListing(output: string): Tree {
  const tree = new Map<string, TreeEntry>()
  for (const line of output.split('\0')) {
    const found = /^(?<mode>\d+) \w+ (?<sha>[0-9a-f]+) +(?<size>\d+|-|BAD)\t(?<path>.+)$/s.exec(line)?.groups
    if (found === undefined) continue
    const { mode = '', sha = '', size = '-', path = '' } = found
    tree.set(path, /\D/.test(size) ? { mode, sha } : { mode, sha, size: Number(size) })
  }
  return tree
}
