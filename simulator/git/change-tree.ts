import { writeObject } from './loose-objects.ts'
import { entriesOf, type TreeEntry } from './objects.ts'

/** Contents of a file in a commit to be made; null removes the path, `symlink` makes its text the target. */
export type NewFile =
  | null
  | string
  | Uint8Array
  | { readonly symlink: string }
  | { readonly executable: string }

/** What becomes of a path below a folder; no steps: of the path itself. */
interface Change {
  readonly steps: readonly string[]
  readonly file: NewFile
}

/** Writes the tree that another (absent for an empty one) becomes by files that are written and removed in order. */
export async function writeChangedTree(
  directory: string,
  tree: string | undefined,
  files: Readonly<Record<string, NewFile>>,
): Promise<string> {
  const changes = Object.entries(files).map(([path, file]) => ({ steps: stepsOf(path), file }))
  return (await changedTree(directory, tree, changes)) ?? writeObject(directory, 'tree', '')
}

/** Git refuses the same. */
const noStep = /^(?:|\.|\.\.|\.git)$/i

function stepsOf(path: string): readonly string[] {
  const steps = path.split('/')
  if (steps.some((step) => noStep.test(step))) throw new Error(`${JSON.stringify(path)} is no path of Git`)
  return steps
}

/** Undefined where nothing is left: Git knows no empty folders. */
async function changedTree(
  directory: string,
  tree: string | undefined,
  changes: readonly Change[],
): Promise<string | undefined> {
  const before = tree === undefined ? [] : await entriesOf(directory, tree)
  const entries = new Map(before.map((entry) => [entry.path, entry]))
  for (const [name, own] of Map.groupBy(changes, ({ steps: [name = ''] }) => name)) {
    const below = own.map(({ steps, file }) => ({ steps: steps.slice(1), file }))
    const entry = await changedEntry(directory, entries.get(name), below)
    if (entry === undefined) entries.delete(name)
    else entries.set(name, { ...entry, path: name })
  }
  return entries.size === 0 ? undefined : writeObject(directory, 'tree', treeOf([...entries.values()]))
}

type Entry = Pick<TreeEntry, 'mode' | 'type' | 'sha'>

async function changedEntry(
  directory: string,
  before: Entry | undefined,
  changes: readonly Change[],
): Promise<Entry | undefined> {
  const last = changes.findLastIndex(({ steps }) => steps.length === 0)
  const own = last === -1 ? before : writtenFile(directory, changes[last]?.file ?? null)
  const below = changes.slice(last + 1)
  const isFile = own !== undefined && own.type !== 'tree'
  if (below.length === 0 || (isFile && below.every(({ file }) => file === null))) return own
  const sha = await changedTree(directory, isFile ? undefined : own?.sha, below)
  return sha === undefined ? undefined : { mode: '040000', type: 'tree', sha }
}

function writtenFile(directory: string, file: NewFile): Entry | undefined {
  if (file === null) return undefined
  const [mode, content] =
    typeof file === 'string' || file instanceof Uint8Array
      ? ['100644', file]
      : 'symlink' in file
        ? ['120000', file.symlink]
        : ['100755', file.executable]
  return { mode, type: 'blob', sha: writeObject(directory, 'blob', content) }
}

/** Git's order takes folders as if their names ended with a slash. */
function treeOf(entries: readonly TreeEntry[]): Buffer {
  const named = entries.map((entry) => ({
    entry,
    key: Buffer.from(`${entry.path}${entry.type === 'tree' ? '/' : ''}`),
  }))
  return Buffer.concat(
    named
      .toSorted((a, b) => Buffer.compare(a.key, b.key))
      .flatMap(({ entry: { mode, path, sha } }) => [
        Buffer.from(`${mode.replace(/^0/, '')} ${path}\0`),
        Buffer.from(sha, 'hex'),
      ]),
  )
}
