import type { Part } from '../kustomize/not-rendered.ts'
import { meshFilesOf } from '../manifest/files/mesh-files.ts'
import { looksCompared } from '../manifest/files/only-compared.ts'
import { deliveriesIn } from '../manifest/layers/delivery-objects.ts'
import { isKustomizationFile, isLayerFile } from '../manifest/layers/layer-files.ts'
import type { Manifests } from '../manifest/manifests.ts'
import type { SourceFile } from '../source/source-file.ts'
import { type Folders, foldersOf, isOfChart } from './folders.ts'
import type { DeployedSide } from './tree-of-side.ts'
import type { BuiltUnit } from './units/built-unit.ts'

/** What a file is to what is deployed, as a closed list. */
export type FileRole =
  /** It holds objects that may decide about requests. */
  | 'object'
  /** It holds an object that delivers others. */
  | 'deployer'
  | 'kustomization'
  | 'patch'
  | 'replacement'
  | 'configuration'
  | 'schema'
  | 'generator'
  | 'transformer'
  | 'chart'
  | 'values'
  | 'template'
  /** A test compares the cluster with it. */
  | 'assertion'
  /** Some unit takes it, and nothing of it decides about requests. */
  | 'resource'
  /** It says something about the files around it, for some other tool. */
  | 'layer'
  /** The configuration excludes it. */
  | 'excluded'
  /** It is no text that can be read, or no manifest that can be decoded. */
  | 'unreadable'
  | 'other'

/** A file, and the units in which it takes part. */
export interface LaidFile {
  readonly path: string
  readonly is: FileRole
  /** The keys of the units. */
  readonly units: readonly string[]
}

interface FilesReading {
  readonly manifests: Manifests
  readonly excluded?: readonly string[]
}

/** What each file of one side is, in order of path. */
export function laidFiles(
  { files, unread = new Set() }: DeployedSide,
  units: readonly BuiltUnit[],
  { manifests, excluded = [] }: FilesReading,
): readonly LaidFile[] {
  const roles = rolesIn(units)
  const roleOf = roleReader(manifests, foldersOf(files))
  const laid = files.map((file) => {
    const own = roles.get(file.path) ?? []
    return { path: file.path, is: roleOf(file, own), units: [...new Set(own.map(({ unit }) => unit))] }
  })
  const apart = (paths: Iterable<string>, is: FileRole) => [...paths].map((path) => ({ path, is, units: [] }))
  return [...laid, ...apart(unread, 'unreadable'), ...apart(excluded, 'excluded')].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  )
}

type Played = Pick<Part, 'role'> & { readonly unit: string }

function rolesIn(units: readonly BuiltUnit[]): ReadonlyMap<string, readonly Played[]> {
  const played = units.flatMap(({ unit, built }) =>
    built === 'not known' ? [] : built.parts.map(({ path, role }) => ({ path, role, unit: unit.key })),
  )
  return Map.groupBy(played, ({ path }) => path)
}

function roleReader(manifests: Manifests, folders: Folders) {
  const ofMesh = meshFilesOf(manifests)
  const templates = new Set(manifests.unreadable.filter((each) => each.template).map(({ path }) => path))
  const broken = new Set(manifests.unreadable.map(({ path }) => path))
  return (file: SourceFile, played: readonly Played[]): FileRole => {
    const { path } = file
    if (isKustomizationFile(path)) return 'kustomization'
    if (templates.has(path) || isTemplateOfChart(file, folders)) return 'template'
    if (broken.has(path)) return 'unreadable'
    if (ofMesh.has(path)) return 'object'
    return ofChart(path) ?? laidOver(played) ?? byContent(file) ?? played[0]?.role ?? byName(path)
  }
}

function isTemplateOfChart({ path, text }: SourceFile, folders: Folders): boolean {
  return (text.includes('{{') || path.endsWith('.tpl')) && isOfChart(path, folders)
}

function ofChart(path: string): FileRole | undefined {
  if (/(?:^|\/)Chart\.yaml$/.test(path)) return 'chart'
  return /(?:^|\/)values[^/]*\.ya?ml$/.test(path) ? 'values' : undefined
}

/** What lays something over others is that, wherever else it is a resource. */
function laidOver(played: readonly Played[]): FileRole | undefined {
  return played.find(({ role }) => role !== 'resource')?.role
}

function byContent(file: SourceFile): FileRole | undefined {
  return deliveriesIn(file).objects.length > 0 ? 'deployer' : undefined
}

function byName(path: string): FileRole {
  if (looksCompared(path)) return 'assertion'
  return isLayerFile(path) ? 'layer' : 'other'
}
