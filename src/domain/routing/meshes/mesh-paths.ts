import { folderOf, isBelow } from '../../manifest/layers/paths.ts'
import type { UnitPlace } from '../../source/source-file.ts'

/** Where something is written or delivered, and the mesh that it is taken to be of. */
export interface MeshPlace {
  readonly file: { readonly path: string }
  readonly unit?: UnitPlace
  readonly mesh: string
  /** The folder that says so, with all that lies below it; absent where nothing had to. */
  readonly within?: string
}

/** What an entry of `meshes:` says. */
interface MeshPaths {
  readonly name: string
  readonly paths: readonly string[]
}

/**
 * The folders of one file or unit, in the order in which `meshes:` asks about them; the cluster of a unit (`destination`) comes before
 * the folder of the object that delivers it.
 */
function foldersAsked({ file, unit }: Pick<MeshPlace, 'file' | 'unit'>): {
  readonly before: readonly string[]
  readonly after: readonly string[]
} {
  const own = folderOf(file.path)
  if (unit === undefined) return { before: [own], after: [] }
  return { before: [unit.folder, own], after: unit.by === undefined ? [] : [unit.by] }
}

/** A folder alone, or with all that lies below it. */
interface Area {
  readonly folder: string
  readonly how: 'alone' | 'below'
  readonly mesh: string
}

/**
 * The entries of `meshes:` that say of every place what it is taken to be, so that writing them down changes nothing. None where folders
 * cannot say it. A whole folder where all in it are of one mesh, the folder itself where they are not.
 */
export function meshPaths(all: readonly MeshPlace[], otherwise: string): readonly MeshPaths[] {
  const places = [...new Map(all.map((each) => [keyOf(each), each])).values()]
  const whole = distinct(
    places.flatMap(({ within, mesh }) => (within === undefined ? [] : [areaOf(within, 'below', mesh)])),
  )
  const told = entriesOf(whole)
  const wrong = places.filter((place) => meshBy(told, place, otherwise) !== place.mesh)
  const exact = wrong.map((place) => areaOf(foldersAsked(place).before[0] ?? '', 'alone', place.mesh))
  const entries = entriesOf(distinct([...exact, ...whole]))
  const isSaid = places.every((place) => meshBy(entries, place, otherwise) === place.mesh)
  return isSaid && entries.every(({ areas }) => areas.every(isPlain)) ? entries.map(writtenOf) : []
}

function keyOf({ file, unit, mesh, within }: MeshPlace): string {
  const { folder, by, destination, mesh: stated } = unit ?? {}
  return JSON.stringify([folderOf(file.path), folder, by, destination, stated, mesh, within])
}

interface Entry {
  readonly name: string
  readonly areas: readonly Area[]
}

function areaOf(folder: string, how: Area['how'], mesh: string): Area {
  return { folder, how, mesh }
}

function distinct(areas: readonly Area[]): readonly Area[] {
  return [
    ...new Map(areas.map((each) => [JSON.stringify([each.folder, each.how, each.mesh]), each])).values(),
  ]
}

/** The deepest first, since the first entry that matches decides. */
function entriesOf(areas: readonly Area[]): readonly Entry[] {
  const depth = ({ areas: own }: Entry) => Math.max(...own.map(depthOf))
  return [...Map.groupBy(areas, ({ mesh }) => mesh)]
    .map(
      ([name, own]): Entry => ({
        name,
        areas: own.toSorted((a, b) => depthOf(b) - depthOf(a) || (a.folder < b.folder ? -1 : 1)),
      }),
    )
    .toSorted((a, b) => depth(b) - depth(a) || (a.name < b.name ? -1 : 1))
}

function depthOf({ folder, how }: Area): number {
  const steps = folder === '' ? 0 : folder.split('/').length
  return how === 'alone' ? steps + 0.5 : steps
}

/** What configured meshes make of a place: the rules of `configuredMeshes`. */
function meshBy(entries: readonly Entry[], place: MeshPlace, otherwise: string): string {
  const { before, after } = foldersAsked(place)
  const asked = (folders: readonly string[]) =>
    folders.flatMap(
      (folder) => entries.find(({ areas }) => areas.some((area) => isIn(folder, area)))?.name ?? [],
    )[0]
  return place.unit?.mesh ?? asked(before) ?? place.unit?.destination ?? asked(after) ?? otherwise
}

function isIn(folder: string, area: Area): boolean {
  return area.how === 'below' ? isBelow(folder, area.folder) : folder === area.folder
}

/** Without what a glob reads otherwise. */
function isPlain({ folder }: Area): boolean {
  return !/[*?{}[\]\\!]/.test(folder)
}

function writtenOf({ name, areas }: Entry): MeshPaths {
  const pathOf = ({ folder, how }: Area) =>
    `${folder === '' ? '' : `${folder}/`}${how === 'below' ? '**' : '*'}`
  return { name, paths: areas.map(pathOf) }
}
