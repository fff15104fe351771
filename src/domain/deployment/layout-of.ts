import { type Doubt, doubt } from '../doubt.ts'
import type { NotRendered } from '../kustomize/not-rendered.ts'
import { kustomizationIn } from '../manifest/layers/kustomization.ts'
import { fieldsOf, textIn } from '../manifest/layers/written.ts'
import type { Manifests } from '../manifest/manifests.ts'
import type { BuildFault } from '../manifest/not-deployed.ts'
import { canBeStated } from '../policy/configuration/policy.ts'
import { type MeshDivision, onlyMesh, type Placed } from '../routing/meshes/mesh-division.ts'
import type { UnitPlace } from '../source/source-file.ts'
import { placeOf } from './delivered-files.ts'
import { type Deployer, nameOfDeployer } from './deployer.ts'
import { type Folders, foldersOf } from './folders.ts'
import { type LaidFile, laidFiles } from './laid-files.ts'
import type { DeployedSide } from './tree-of-side.ts'
import { type Built, isDelivered } from './units/build-unit.ts'
import type { BuiltUnit } from './units/built-unit.ts'
import type { SettledSide } from './units/settled-units.ts'
import { isByHand, type Unit } from './units/unit.ts'
import type { UnknownDelivery } from './unknown-delivery.ts'

/** Who applies a unit, as far as files or the configuration say; a root of Kustomize, or a chart, that nobody here takes is applied by hand. */
type UnitDeployer = 'argo-cd' | 'flux' | 'helmfile' | 'kustomize' | 'helm' | 'configuration'

/** A unit as the layout tells of it. */
export interface LaidUnit {
  readonly key: string
  readonly deployer: UnitDeployer
  /** The file that says that it is delivered; none for a root of Kustomize. */
  readonly by?: string
  /** What of the folder is taken: its kustomization, its files, or those below as well. */
  readonly takes: Exclude<Unit['takes'], 'flux'>
  readonly folder: string
  readonly namespace?: string
  readonly destination?: string
  /** The meshes of its VirtualServices and Gateways; none where it has neither. */
  readonly meshes: readonly string[]
  /** How many objects of whatever kind it delivers. */
  readonly objects: number
  /** How many VirtualServices and Gateways it delivers. */
  readonly meshObjects: number
  readonly notRendered: readonly NotRendered[]
  /** Why nothing of it is deployed: what is wrong, or that it is too large or doubtful to be built here. */
  readonly failed?: BuildFault | 'not known'
}

/** What says that something is a mesh. */
type MeshSaid =
  | 'configured'
  | 'destination'
  /** Guessed: its folder and others hold the same objects. */
  | 'folders'
  /** It is the only one. */
  | 'undivided'
  /** What is left where nothing says it of some objects, though it is said of others. */
  | 'unsaid'

/** A mesh, and what says that it is one. */
export interface LaidMesh {
  readonly name: string
  readonly said: MeshSaid
  readonly virtualServices: number
  readonly gateways: number
}

/** A deployer of a chart that is here or elsewhere, of which nothing is rendered. */
interface Chart extends Omit<UnknownDelivery, 'code' | 'hides'> {
  readonly code: 'chart'
}

/** What is deployed together on one side, and what is not known of it. */
export interface Layout {
  readonly units: readonly LaidUnit[]
  readonly meshes: readonly LaidMesh[]
  readonly files: readonly LaidFile[]
  readonly unknown: readonly (UnknownDelivery | Chart)[]
  /** How meshes were guessed, with what would settle that. */
  readonly guesses: readonly Doubt[]
}

/** What one side is laid out with. */
export interface LayoutReading {
  readonly settled: SettledSide
  /** The manifests as units deliver them. */
  readonly manifests: Manifests
  readonly division: MeshDivision
  /** Whether the configuration names the meshes. */
  readonly isConfigured: boolean
  readonly excluded?: readonly string[]
}

/** How one side is laid out: its units, their meshes, and what each file is. */
export function layoutOf(side: DeployedSide, reading: LayoutReading): Layout {
  const { unknown, deployers, ...settled } = reading.settled
  const units = [...settled.givenUp, ...settled.units]
  const placed = [...reading.manifests.virtualServices, ...reading.manifests.gateways]
  const byUnit = Map.groupBy(placed, ({ unit }) => unit && keyOfPlace(unit))
  const folders = foldersOf(side.files)
  const laid = units.map((each) => {
    const own = byUnit.get(keyOfPlace(placeOf(each.unit))) ?? []
    const meshes = [...new Set(own.map(reading.division.meshOf))].toSorted()
    return { ...laidUnit(each, folders), meshes, meshObjects: own.length }
  })
  return {
    units: laid.toSorted((a, b) => orderOf(a) - orderOf(b)),
    meshes: laidMeshes(reading),
    files: laidFiles(side, units, reading),
    unknown: [...unknown, ...chartsOf(deployers, { units, unknown })],
    guesses: [...reading.division.assumptions, ...byHand(laid)],
  }
}

/** Roots that reach a mesh, and of which nobody says that they are applied. */
function byHand(units: readonly LaidUnit[]): readonly Doubt[] {
  const folders = units
    .filter(({ deployer, meshObjects }) => deployer === 'kustomize' && meshObjects > 0)
    .map(({ folder }) => folder)
    .filter(canBeStated)
    .toSorted()
  return folders.length === 0 ? [] : [doubt({ code: 'applied-by-hand', folders })]
}

/** What needs somebody first, then what reaches a mesh. */
function orderOf({ failed, meshObjects, notRendered }: LaidUnit): number {
  if (failed !== undefined) return 0
  if (notRendered.length > 0) return 1
  return meshObjects > 0 ? 2 : 3
}

function laidUnit({ unit, built }: BuiltUnit, folders: Folders): Omit<LaidUnit, 'meshes' | 'meshObjects'> {
  const { key, by, folder, destination } = unit
  const namespace = namespaceOf(unit, folders)
  return {
    key,
    deployer: deployerOf(unit),
    ...(by[0] !== undefined && { by: by[0] }),
    takes: takesOf(unit, folders),
    folder,
    ...(namespace !== undefined && { namespace }),
    ...(destination !== undefined && { destination }),
    ...fateOf(built),
  }
}

function fateOf(built: Built): Pick<LaidUnit, 'objects' | 'notRendered' | 'failed'> {
  if (built === 'not known') return { objects: 0, notRendered: [], failed: built }
  if (!isDelivered(built)) return { objects: 0, notRendered: [], failed: built.failed }
  return { objects: built.objects.length, notRendered: built.notRendered ?? [] }
}

function deployerOf(unit: Unit): UnitDeployer {
  const { takes, isStated, deployer } = unit
  if (isStated) return 'configuration'
  if (takes === 'chart') return deployersOfCharts[deployer?.kind ?? ''] ?? 'helm'
  if (isByHand(unit)) return 'kustomize'
  return takes === 'flux' ? 'flux' : 'argo-cd'
}

const deployersOfCharts: Readonly<Record<string, UnitDeployer>> = {
  Application: 'argo-cd',
  HelmRelease: 'flux',
  helmfile: 'helmfile',
}

/** Flux writes a kustomization over everything below where there is none. */
function takesOf({ takes, folder }: Unit, folders: Folders): LaidUnit['takes'] {
  if (takes !== 'flux') return takes
  return folders.kustomization(folder) === undefined ? 'files below' : 'kustomization'
}

/** What the deployer sets, else what the kustomization sets, else what is filled in where nothing is written. */
function namespaceOf({ over, otherwise, takes, folder }: Unit, folders: Folders): string | undefined {
  const file = takes === 'kustomization' || takes === 'flux' ? folders.kustomization(folder) : undefined
  const written = file && kustomizationIn(file)?.body
  return textIn(over['namespace']) ?? textIn(fieldsOf(written)['namespace']) ?? otherwise
}

function keyOfPlace({ key, by, destination, mesh }: UnitPlace): string {
  return JSON.stringify([key, by ?? '', destination ?? '', mesh ?? ''])
}

function laidMeshes({ manifests, division, isConfigured }: LayoutReading): readonly LaidMesh[] {
  const { virtualServices, gateways } = manifests
  const byName = Map.groupBy([...virtualServices, ...gateways], division.meshOf)
  const isOnly = byName.size === 1
  return [...byName]
    .map(([name, placed]) => ({
      name,
      said: isConfigured ? ('configured' as const) : saidOf(name, placed, isOnly),
      virtualServices: placed.filter(({ kind }) => kind === 'VirtualService').length,
      gateways: placed.filter(({ kind }) => kind === 'Gateway').length,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function saidOf(name: string, placed: readonly Placed[], isOnly: boolean): MeshSaid {
  if (placed.some(({ unit }) => unit?.mesh !== undefined)) return 'configured'
  if (placed.some(({ unit }) => unit?.destination === name)) return 'destination'
  if (name !== onlyMesh) return 'folders'
  return isOnly ? 'undivided' : 'unsaid'
}

/** Applications and HelmReleases of which nothing else is said deliver a chart. */
function chartsOf(
  deployers: readonly Deployer[],
  { units, unknown }: { readonly units: readonly BuiltUnit[]; readonly unknown: Layout['unknown'] },
): readonly Chart[] {
  const told = new Set(unknown.map(({ of }) => of))
  const followed = new Set(units.map(({ unit }) => unit.deployer?.name))
  const names = new Map(
    deployers
      .filter(({ kind }) => kind === 'Application' || kind === 'HelmRelease')
      .map((each) => [nameOfDeployer(each), each]),
  )
  return [...names]
    .filter(([of]) => !(told.has(of) || followed.has(of)))
    .map(([of, { node, file }]) => ({ code: 'chart', of, range: node.range, detail: file.path }))
}
