import { z } from 'zod'
import type { Listing, TreeEntry } from '../../app/reading/git-objects.ts'
import { budgets } from '../../domain/budgets.ts'
import { type FolderEntry, folderMode, isTreeOf } from '../../git/object-id.ts'

/** A folder as the graph gives it. */
export const folderShape = z.object({
  oid: z.string(),
  entries: z.array(
    z.object({
      name: z.string(),
      mode: z.number(),
      oid: z.string(),
      size: z.number().optional(),
      object: z.unknown().optional(),
    }),
  ),
})

type GivenFolder = z.infer<typeof folderShape>
type GivenEntry = FolderEntry & Pick<GivenFolder['entries'][number], 'size' | 'object'>

const submoduleMode = '160000'

/** The entries of a folder, where they are all that its name stands for, and nothing else. */
export function provenEntries({ oid, entries }: GivenFolder): readonly GivenEntry[] | undefined {
  const found = entries.map(({ mode, oid: sha, ...entry }) => ({ ...entry, mode: modeOf(mode), sha }))
  return isTreeOf(oid, found) ? found : undefined
}

/** The graph gives a number, in which Git writes octal digits. */
function modeOf(mode: number): string {
  return mode.toString(8).padStart(6, '0')
}

/** Asks for a tree with all that is in it, as deep as a question goes. */
export const wholeTreeFields = fieldsTo(budgets.graphTreeDepth.size)

function fieldsTo(depth: number): string {
  const below = depth > 1 ? ` object { ... on Tree { ${fieldsTo(depth - 1)} } }` : ''
  return `oid entries { name mode size oid${below} }`
}

/** All that is in a tree; undefined where any folder of it is missing, or is not what its name stands for. */
export function listingIn(sha: string, given: unknown): Listing | undefined {
  const tree = new Map<string, TreeEntry>()
  return isCollected({ sha, object: given }, '', tree) ? { tree, cut: [] } : undefined
}

function isCollected(
  { sha, object }: Pick<GivenEntry, 'sha' | 'object'>,
  prefix: string,
  into: Map<string, TreeEntry>,
): boolean {
  const read = folderShape.safeParse(object)
  const entries = read.success && read.data.oid === sha ? provenEntries(read.data) : undefined
  return entries?.every((entry) => isAdded(entry, prefix + entry.name, into)) === true
}

function isAdded(entry: GivenEntry, path: string, into: Map<string, TreeEntry>): boolean {
  const { sha, mode, size } = entry
  if (mode === folderMode) return isCollected(entry, `${path}/`, into)
  into.set(path, size === undefined || mode === submoduleMode ? { sha, mode } : { sha, mode, size })
  return true
}
