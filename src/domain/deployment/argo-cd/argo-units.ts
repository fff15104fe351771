import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { literalFolder, sourcesOf } from '../../manifest/layers/delivered-paths.ts'
import { pathIn } from '../../manifest/layers/paths.ts'
import { documentsIn, fieldsOf, textIn } from '../../manifest/layers/written.ts'
import { type Deployer, deployerNamed, unknownOf } from '../deployer.ts'
import type { Folders } from '../folders.ts'
import { repositoryOf, revisionOfSource } from '../revisions.ts'
import type { Takes, Unit } from '../units/unit.ts'
import type { UnknownCode, UnknownDelivery, ValuePath } from '../unknown-delivery.ts'
import { destinationOf, isOpen } from './destinations.ts'
import { jsonnetIn } from './jsonnet.ts'
import { isZero, kustomizeOptions } from './kustomize-options.ts'

/** The units of a deployer, and what of it is not known. */
export interface UnitsOf {
  readonly units: readonly Unit[]
  readonly unknown: readonly UnknownDelivery[]
}

/** What an Application is read with. */
export interface ApplicationsFrom {
  readonly folders: Folders
  /** Whether a source, by its `repoURL`, is another repository. */
  readonly isElsewhere: (source: JsonObject) => boolean
  /** The `owner/repo` of the files, where that is known. */
  readonly own?: string | undefined
}

/** What an Application of Argo CD applies, one unit for each source that is a folder without a chart. */
export function unitsOfApplication(application: Deployer, from: ApplicationsFrom): UnitsOf {
  const found = sourcesWithPlaces(application.spec).map(({ source, at }) =>
    ofSource(application, source, at, from),
  )
  const open = openPlaces(application)
  return {
    units: found.flatMap(({ units }) => units),
    unknown: [...open, ...found.flatMap(({ unknown }) => unknown)],
  }
}

/** Where sources are hydrated from the dry one, what that holds is what is delivered. */
function sourcesWithPlaces(
  spec: JsonObject,
): readonly { readonly source: JsonObject; readonly at: ValuePath }[] {
  const { drySource } = fieldsOf(spec['sourceHydrator'])
  if (drySource !== undefined)
    return [{ source: fieldsOf(drySource), at: ['spec', 'sourceHydrator', 'drySource'] }]
  const isList = spec['sources'] !== undefined
  return sourcesOf(spec).map((source, index) => ({
    source,
    at: isList ? ['spec', 'sources', index] : ['spec', 'source'],
  }))
}

function openPlaces(application: Deployer): readonly UnknownDelivery[] {
  const destination = fieldsOf(application.spec['destination'])
  return ['namespace', 'name', 'server'].flatMap((field) =>
    isOpen(destination[field])
      ? [told(application, 'left-to-fill-in', textIn(destination[field]), ['spec', 'destination', field])]
      : [],
  )
}

function told(of: Deployer, code: UnknownCode, detail = '', at: ValuePath = []): UnknownDelivery {
  const isHiding = hiding.has(code) && at[1] !== 'destination'
  return unknownOf(of, { code, detail, isHiding }, at)
}

/** Of a path that is to be filled in, and of what a program makes, nothing is seen. */
const hiding: ReadonlySet<UnknownCode> = new Set(['left-to-fill-in', 'program'])

const nothing: UnitsOf = { units: [], unknown: [] }

function ofSource(
  application: Deployer,
  written: JsonObject,
  at: ValuePath,
  { folders, isElsewhere, own }: ApplicationsFrom,
): UnitsOf {
  const unknown = (code: UnknownCode, detail?: string, field = 'path'): UnitsOf => ({
    units: [],
    unknown: [told(application, code, detail, [...at, field])],
  })
  const path = textIn(written['path'])
  // A source that is only there to be referred to has no path.
  if (path === undefined)
    return written['chart'] === undefined ? nothing : unknown('elsewhere', textIn(written['chart']), 'chart')
  if (isOpen(path)) return unknown('left-to-fill-in', path)
  if (isElsewhere(written)) return unknown('elsewhere', textIn(written['repoURL']), 'repoURL')
  const folder = literalFolder(path)
  if (folder === undefined || !folders.isFolder(folder)) return unknown('missing-folder', path)
  const { source, overrides } = sourceInFolder(written, { name: application.name, folder, folders })
  const takes = takesOf(source, folder, folders)
  if (takes === 'helm') return nothing
  if (takes === 'plugin') return unknown('program', path, 'plugin')
  if (takes === 'several') return unknown('fails', path)
  const repository = repositoryOf(textIn(written['repoURL']), own)
  const unit = { ...unitOf(application, source, { folder, takes, by: overrides, folders }), ...repository }
  return { units: [unit], unknown: jsonnetIn(application, { unit, source, at }, folders) }
}

/** A source of an Application with what files in its folder lay over it, and the paths of those. */
export function sourceInFolder(
  written: JsonObject,
  { name, folder, folders }: { readonly name: string; readonly folder: string; readonly folders: Folders },
): { readonly source: JsonObject; readonly overrides: readonly string[] } {
  const overrides = ['.argocd-source.yaml', `.argocd-source-${name}.yaml`]
    .map((each) => pathIn(folder, each))
    .flatMap((each) => folders.file(each) ?? [])
  return {
    source: overrides.reduce((before, each) => overridden(before, documentsIn(each)?.[0]), written),
    overrides: overrides.map(({ path }) => path),
  }
}

function unitOf(
  application: Deployer,
  source: JsonObject,
  { folder, takes, by, folders }: Pick<Unit, 'folder' | 'takes' | 'by'> & { readonly folders: Folders },
): Unit {
  const { spec } = application
  const otherwise = textIn(fieldsOf(spec['destination'])['namespace'])
  const destination = destinationOf(application, folders)
  const only = takes === 'kustomization' ? undefined : onlyOf(fieldsOf(source['directory']))
  const deployer = deployerNamed(application)
  const revision = revisionOfSource(source, spec)
  return {
    key: `${deployer.name} ${folder}`,
    deployer,
    by: [...new Set([...application.by, ...by])],
    folder,
    takes,
    over: takes === 'kustomization' ? kustomizeOptions(fieldsOf(source['kustomize'])) : {},
    ...(otherwise && { otherwise }),
    ...(only && { only }),
    ...(destination !== undefined && { destination }),
    ...(revision !== undefined && { revision }),
  }
}

function onlyOf({ include, exclude }: JsonObject): Unit['only'] {
  const [taken, left] = [textIn(include), textIn(exclude)]
  if (!(taken || left)) return undefined
  return { ...(taken && { include: taken }), ...(left && { exclude: left }) }
}

/** Files in the folder are merged into the source, but for where it comes from. */
function overridden(source: JsonObject, over: JsonValue | undefined): JsonObject {
  const { repoURL: _, path: __, targetRevision: ___, chart: ____, ...options } = fieldsOf(over)
  return fieldsOf(mergePatched(source, options))
}

/** A JSON merge patch. */
function mergePatched(value: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch
  const merged = new Map(Object.entries(fieldsOf(value)))
  for (const [field, inner] of Object.entries(patch))
    if (inner === null || inner === undefined) merged.delete(field)
    else merged.set(field, mergePatched(merged.get(field) ?? null, inner))
  return Object.fromEntries(merged)
}

/** By the options that are given, of which there may be one kind, else by what lies in the folder itself. */
function takesOf(
  source: JsonObject,
  folder: string,
  folders: Folders,
): Takes | 'helm' | 'plugin' | 'several' {
  const [given, ...more] = ['kustomize', 'helm', 'directory', 'plugin'].filter(
    (each) => !isZero(source[each]),
  )
  if (more.length > 0) return 'several'
  const directory: Takes = fieldsOf(source['directory'])['recurse'] === true ? 'files below' : 'files'
  if (given === 'kustomize') return 'kustomization'
  if (given === 'helm' || given === 'plugin') return given
  if (given === 'directory') return directory
  if (folders.kustomization(folder) !== undefined) return 'kustomization'
  return folders.files(folder).some(({ path }) => path.endsWith('Chart.yaml')) ? 'helm' : directory
}
