import type { SideFiles } from '../app/ports.ts'
import type { FileContents, ReadSide } from '../app/reading/chart-port.ts'
import type { GitObjects, Listing, ObjectPlace } from '../app/reading/git-objects.ts'
import { budgets } from '../domain/budgets.ts'
import { readContents } from './read-contents.ts'
import { type ReadFilesOptions, readFiles } from './read-files.ts'

type Wanted = ReadFilesOptions['wanted']

/** The texts of one side at the wanted paths, in order of path. */
export async function filesOfSide(objects: GitObjects, side: ReadSide, wanted: Wanted): Promise<SideFiles> {
  return readFiles({ ...(await storeOf(objects, side)), wanted, most: budgets.files.size })
}

/** Its regular files at the wanted paths, whatever is in them; nothing where they are too many or too large. */
export async function contentsOfSide(
  objects: GitObjects,
  side: ReadSide,
  wanted: Wanted,
): Promise<FileContents | undefined> {
  return readContents({ ...(await storeOf(objects, side)), wanted })
}

async function storeOf(objects: GitObjects, side: ReadSide): Promise<Omit<ReadFilesOptions, 'wanted'>> {
  // Git has merged it in the mirror; the forge does not know of it.
  const place: ObjectPlace = side.kind === 'tree' ? 'mirror' : 'forge'
  const listing =
    side.kind === 'overlay' ? await overlaid(objects, side) : await objects.listing(side.sha, place)
  return { listing, blob: (sha, size) => objects.blob(sha, place, size) }
}

/** The base tip's listing with each changed path as the head has it. */
async function overlaid(
  objects: GitObjects,
  side: ReadSide & { readonly kind: 'overlay' },
): Promise<Listing> {
  const [base, head] = await Promise.all([
    objects.listing(side.base, 'forge'),
    objects.listing(side.head, 'forge'),
  ])
  const tree = new Map(base.tree)
  for (const { path, previousPath } of side.changed) {
    if (previousPath !== undefined) tree.delete(previousPath)
    const entry = head.tree.get(path)
    if (entry === undefined) tree.delete(path)
    else tree.set(path, entry)
  }
  return { tree, cut: [...base.cut, ...head.cut] }
}
