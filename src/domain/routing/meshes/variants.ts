/** One object, by kind and name, and the folders that say where it is delivered, the most telling first. */
export interface Copy {
  readonly identity: string
  readonly folders: readonly string[]
}

/**
 * The folders of which the inner ones are variants of each other, such as `deploy` with `deploy/prod` and `deploy/stage`: below them the
 * same objects stand. Where one name stands in folders that have little else in common, of objects of any kind (`all`), it is a
 * collision, and no variant. The shortest first.
 */
export function partingFolders(copies: readonly Copy[], all: () => readonly Copy[]): readonly string[] {
  const byIdentity = Map.groupBy(copies, ({ identity }) => identity)
  const candidates = new Set(
    [...byIdentity.values()].flatMap((same) =>
      same.length < 2 ? [] : partsOf(same.map(({ folders }) => folders)),
    ),
  )
  if (candidates.size === 0) return []
  const held = [...copies, ...all()]
  return [...candidates]
    .filter((folder) => holdsVariants(folder, held))
    .toSorted((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
}

/** The variant in which something is that these folders deliver: the inner folders it is in, from the outermost. */
export function variantOf(folders: readonly string[], parting: readonly string[]): string | undefined {
  return stepsInto(folders, parting)
    ?.map(({ inner }) => inner)
    .join('/')
}

/** The folder of the innermost of these variants. */
export function folderOfVariant(folders: readonly string[], parting: readonly string[]): string | undefined {
  const innermost = stepsInto(folders, parting)?.at(-1)
  return innermost && `${innermost.parent === '' ? '' : `${innermost.parent}/`}${innermost.inner}`
}

/** The inner folders that the first of these folders is in which is in any. */
function stepsInto(
  folders: readonly string[],
  parting: readonly string[],
): readonly { readonly parent: string; readonly inner: string }[] | undefined {
  return folders
    .map((folder) =>
      parting.flatMap((parent) => {
        const inner = innerOf(folder, parent)
        return inner === undefined ? [] : { parent, inner }
      }),
    )
    .find((steps) => steps.length > 0)
}

/** The folders in which the places of one object part, at each level. */
function partsOf(places: readonly (readonly string[])[]): readonly string[] {
  const told = places.map((folders) =>
    folders.find((_, at) => new Set(places.map((each) => each[at])).size > 1),
  )
  return partsBetween([...new Set(told.flatMap((each) => each ?? []))])
}

function partsBetween(folders: readonly string[]): readonly string[] {
  if (folders.length < 2) return []
  const parent = commonParent(folders)
  const below = Map.groupBy(folders, (each) => innerOf(each, parent))
  return [parent, ...[...below].flatMap(([inner, some]) => (inner === undefined ? [] : partsBetween(some)))]
}

function commonParent(folders: readonly string[]): string {
  const [first = [], ...rest] = folders.map(stepsOf)
  const end = first.findIndex((step, at) => rest.some((steps) => steps[at] !== step))
  return (end === -1 ? first : first.slice(0, end)).join('/')
}

/** Most of what the smaller of two inner folders holds stands in the other as well. */
function holdsVariants(parent: string, copies: readonly Copy[]): boolean {
  const held = new Map<string, Set<string>>()
  for (const { identity, folders } of copies)
    for (const folder of folders) {
      const inner = innerOf(folder, parent)
      if (inner === undefined) continue
      held.set(inner, (held.get(inner) ?? new Set()).add(identity))
    }
  const sets = [...held.values()]
  return sets.some((one, at) =>
    sets.slice(at + 1).some((other) => one.intersection(other).size * 2 > Math.min(one.size, other.size)),
  )
}

/** The name of the folder directly under `parent` that a folder is, or lies in. */
function innerOf(folder: string, parent: string): string | undefined {
  if (parent === '') return stepsOf(folder)[0]
  return folder.startsWith(`${parent}/`) ? stepsOf(folder.slice(parent.length + 1))[0] : undefined
}

function stepsOf(folder: string): readonly string[] {
  return folder === '' ? [] : folder.split('/')
}

function depthOf(folder: string): number {
  return stepsOf(folder).length
}
