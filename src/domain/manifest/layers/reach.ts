import { budgets } from '../../budgets.ts'
import { createClosure, type Step } from './closure.ts'
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
  /** All kustomizations that are built together with it; where very many are, all there are. */
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
  readonly byFile: ReadonlyMap<string, Kustomization>
  /** The folders with kustomizations, by the folders above them. */
  readonly governed: ReadonlyMap<string, readonly string[]>
  /** What is delivered, by the file that says so and the folders above it. */
  readonly deliveries: ReadonlyMap<string, readonly Delivery[]>
  /** The paths that are delivered. */
  readonly delivered: ReadonlySet<string>
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
    byFile: new Map(kustomizations.map((each) => [each.file.path, each])),
    governed: byFolders(byFolder.keys(), (folder) => folder),
    deliveries: byFolders(deliveries, ({ file }) => file),
    delivered: new Set(deliveries.map(({ path }) => path)),
  }
  const everything = () => [...side.mesh.keys()].sort()
  const follow = createClosure((place) => stepFrom(place, graph), everything)
  const ofEntries = ({ file }: Kustomization) => follow(`built ${file.path}`)
  const users = Map.groupBy(
    kustomizations.flatMap((each) => entriesOf(each).map((path) => ({ path, each }))),
    ({ path }) => path,
  )
  const usersOf = ({ folder }: Kustomization) => (users.get(folder) ?? []).map(({ each }) => each)
  const throughUsers = (filesOf: (each: Kustomization) => readonly string[]) =>
    createClosure((place) => {
      const each = graph.byFile.get(place)
      return each === undefined
        ? nothing
        : { files: filesOf(each), places: usersOf(each).map(({ file }) => file.path) }
    }, everything)
  const wholeAt = (path: string) => wholeAround(path, graph).flatMap((folder) => follow(`below ${folder}`))
  const around = throughUsers(ofEntries)
  const failing = throughUsers((each) => [...ofEntries(each), ...wholeAt(each.folder)])
  return {
    ofEntry: (path) => follow(`entry ${path}`),
    below: (folder) => follow(`below ${folder}`),
    of: ofEntries,
    around: ({ file }) => around(file.path),
    failing: ({ file }) => failing(file.path),
    failingWith: (path) =>
      union([...(users.get(path) ?? []).map(({ each }) => failing(each.file.path)), wholeAt(path)]),
    family: createFamilies(kustomizations, usersOf, graph),
  }
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort()
}

/** The plain folders around a path that are delivered whole, up to the first kustomization above it. */
function wholeAround(path: string, { byFolder, delivered }: Graph): readonly string[] {
  const folders: string[] = []
  for (const folder of foldersAbove(path)) {
    if (byFolder.has(folder)) break
    if (delivered.has(folder)) folders.push(folder)
  }
  return folders
}

function entriesOf(each: Kustomization): readonly string[] {
  return builtUpon.flatMap((field) => pathsIn(each, field))
}

/** How many kustomizations the families of one side may have together before each is taken for all there are. */
const mostRelatives = budgets.relatives.size

/** A kustomization with all that build upon it, and with all that those build upon. */
function createFamilies(
  all: readonly Kustomization[],
  usersOf: (each: Kustomization) => readonly Kustomization[],
  { byFolder }: Graph,
): Reach['family'] {
  let left = mostRelatives
  return (start) => {
    if (left < 0) return all
    const found = new Set([start])
    for (const each of found) for (const user of usersOf(each)) found.add(user)
    for (const each of found)
      for (const path of entriesOf(each)) for (const base of byFolder.get(path) ?? []) found.add(base)
    left -= found.size
    return [...found]
  }
}

const nothing: Step = { files: [], places: [] }

function built(kustomizations: readonly Kustomization[]): readonly string[] {
  return kustomizations.map(({ file }) => `built ${file.path}`)
}

function stepFrom(place: string, graph: Graph): Step {
  const at = place.indexOf(' ')
  const path = place.slice(at + 1)
  switch (place.slice(0, at)) {
    case 'entry':
      return stepFromEntry(path, graph)
    case 'below':
      return stepBelow(path, graph)
    default: {
      const entries = graph.byFile.get(path)
      return entries === undefined
        ? nothing
        : { files: [], places: entriesOf(entries).map((each) => `entry ${each}`) }
    }
  }
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
