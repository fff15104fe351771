import { builtUpon, type Kustomization, pathsIn } from './kustomization.ts'
import { foldersAbove, isBelow } from './paths.ts'
import { byFolders, meshBelow, type SideFiles } from './side-files.ts'

/** Which mesh manifests a path leads to, through all layers that lie on the way. */
export interface Reach {
  /** Of a file or a folder that a kustomization builds upon. */
  ofEntry(path: string): readonly string[]
  /** Of a folder that is delivered as it stands, at any depth. */
  below(folder: string): readonly string[]
  /** Of what a kustomization builds. */
  of(kustomization: Kustomization): readonly string[]
  /** Of a kustomization, and of whatever takes it as a component or builds upon it. */
  around(kustomization: Kustomization): readonly string[]
  /**
   * Of whatever is delivered in one piece with it: a build that fails takes all of it along, and so does a plain folder
   * that is delivered whole, in which Flux builds each kustomization.
   */
  failing(kustomization: Kustomization): readonly string[]
  /** The same for a file that is no kustomization. */
  failingWith(path: string): readonly string[]
  /** All kustomizations that are built together with it. */
  family(kustomization: Kustomization): readonly Kustomization[]
}

/** A path that an object of Argo CD or Flux delivers, and the file that holds the object. */
export interface Delivery {
  readonly path: string
  readonly file: string
}

interface Graph {
  readonly side: SideFiles
  readonly byFolder: ReadonlyMap<string, readonly Kustomization[]>
  /** The folders with kustomizations, by the folders above them. */
  readonly governed: ReadonlyMap<string, readonly string[]>
  /** What is delivered, by the file that says so and the folders above it. */
  readonly deliveries: ReadonlyMap<string, readonly Delivery[]>
}

/** Follows references through kustomizations and through the objects that deliver folders, cycles included. */
export function createReach(
  side: SideFiles,
  kustomizations: readonly Kustomization[],
  deliveries: readonly Delivery[],
): Reach {
  const byFolder = Map.groupBy(kustomizations, ({ folder }) => folder)
  const graph: Graph = {
    side,
    byFolder,
    governed: byFolders(byFolder.keys(), (folder) => folder),
    deliveries: byFolders(deliveries, ({ file }) => file),
  }
  const follow = remembered((start) => walk(start, graph))
  const entriesOf = (each: Kustomization) => builtUpon.flatMap((field) => pathsIn(each, field))
  const ofEntries = (each: Kustomization) => union(entriesOf(each).map((path) => follow(`entry ${path}`)))
  const failingOf = (all: readonly Kustomization[]) =>
    union([
      ...all.map(ofEntries),
      ...all.flatMap(({ folder }) => wholeAround(folder, graph)).map((folder) => follow(`below ${folder}`)),
    ])
  const users = Map.groupBy(
    kustomizations.flatMap((each) => entriesOf(each).map((path) => ({ path, each }))),
    ({ path }) => path,
  )
  return {
    ofEntry: (path) => follow(`entry ${path}`),
    below: (folder) => follow(`below ${folder}`),
    of: ofEntries,
    around: (kustomization) => union([...usersOf(kustomization, users)].map(ofEntries)),
    failing: (kustomization) => failingOf([...usersOf(kustomization, users)]),
    failingWith: (path) => {
      const named = (users.get(path) ?? []).map(({ each }) => each)
      const all = [...new Set(named.flatMap((each) => [...usersOf(each, users)]))]
      return union([failingOf(all), ...wholeAround(path, graph).map((folder) => follow(`below ${folder}`))])
    },
    family: (kustomization) => familyOf(usersOf(kustomization, users), graph),
  }
}

function remembered(compute: (key: string) => readonly string[]): (key: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return (key) => {
    const found = known.get(key) ?? compute(key)
    known.set(key, found)
    return found
  }
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort()
}

/** A kustomization, and all that build upon it. */
function usersOf(
  start: Kustomization,
  users: ReadonlyMap<string, readonly { readonly each: Kustomization }[]>,
): ReadonlySet<Kustomization> {
  const found = new Set([start])
  for (const { folder } of found) for (const { each } of users.get(folder) ?? []) found.add(each)
  return found
}

/** Some kustomizations, and all that they build upon. */
function familyOf(start: ReadonlySet<Kustomization>, { byFolder }: Graph): readonly Kustomization[] {
  const found = new Set(start)
  for (const each of found)
    for (const field of builtUpon)
      for (const path of pathsIn(each, field)) for (const base of byFolder.get(path) ?? []) found.add(base)
  return [...found]
}

/** The plain folders around a path that are delivered whole, up to the first kustomization above it. */
function wholeAround(path: string, { byFolder, deliveries }: Graph): readonly string[] {
  const delivered = new Set([...deliveries.values()].flatMap((each) => each.map((one) => one.path)))
  const folders: string[] = []
  for (const folder of foldersAbove(path)) {
    if (byFolder.has(folder)) break
    if (delivered.has(folder)) folders.push(folder)
  }
  return folders
}

/** The mesh files that are met from one place on. */
function walk(start: string, graph: Graph): readonly string[] {
  const seen = new Set([start])
  const met = new Set<string>()
  for (const place of seen) {
    const path = place.slice(place.indexOf(' ') + 1)
    const step = place.startsWith('entry ') ? stepFromEntry(path, graph) : stepBelow(path, graph)
    for (const file of step.files) met.add(file)
    for (const next of step.places) seen.add(next)
  }
  return [...met].sort()
}

interface Step {
  readonly files: readonly string[]
  readonly places: readonly string[]
}

function built(kustomizations: readonly Kustomization[]): readonly string[] {
  return kustomizations.flatMap((each) =>
    builtUpon.flatMap((field) => pathsIn(each, field).map((path) => `entry ${path}`)),
  )
}

function places(deliveries: readonly Delivery[]): readonly string[] {
  return deliveries.map(({ path }) => `below ${path}`)
}

function stepFromEntry(path: string, { side, deliveries, byFolder }: Graph): Step {
  if (!side.files.has(path)) return { files: [], places: built(byFolder.get(path) ?? []) }
  return { files: side.mesh.has(path) ? [path] : [], places: places(deliveries.get(path) ?? []) }
}

/** A folder with a kustomization of its own is taken as that; of any other every file, at whatever depth. */
function stepBelow(folder: string, { side, byFolder, governed, deliveries }: Graph): Step {
  const own = byFolder.get(folder)
  if (own !== undefined) return { files: [], places: built(own) }
  const within = governed.get(folder) ?? []
  const inner = new Set(within)
  const isPlain = (path: string) =>
    inner.size === 0 || !foldersAbove(path).some((each) => isBelow(each, folder) && inner.has(each))
  return {
    files: meshBelow(folder, side).filter(isPlain),
    places: [
      ...built(within.flatMap((each) => byFolder.get(each) ?? [])),
      ...places((deliveries.get(folder) ?? []).filter(({ file }) => isPlain(file))),
    ],
  }
}
