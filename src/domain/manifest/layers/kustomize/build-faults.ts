import { budgets } from '../../../budgets.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import { builtUpon, isFieldOfKustomization, type Kustomization, pathsIn, saying } from '../kustomization.ts'
import { isKustomizationFile } from '../layer-files.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { isBelow, resolvedPath } from '../paths.ts'
import { filesBelow, isThere, type SideFiles } from '../side-files.ts'
import { listIn, textIn } from '../written.ts'
import { builtTwice } from './built-twice.ts'
import type { Surroundings } from './kustomization-statements.ts'

/**
 * For what Kustomize gives up a build, as far as that is written: nothing of what is delivered in one piece with it arrives then.
 * What is drawn from elsewhere may be missing there, or bring anything along.
 */
export function buildFaults(kustomization: Kustomization, around: Surroundings): readonly LayerStatement[] {
  const { body = {} } = kustomization
  const faults = [
    ...unknownFields(body),
    ...builtUpon.flatMap((field) =>
      listIn(body[field]).flatMap((entry) => faultsOfEntry(field, entry, { ...around, kustomization })),
    ),
    ...missingInputs(kustomization, around.side),
    ...builtTwice(kustomization, around).map((id) => ({ 'is built twice': id })),
  ]
  if (faults.length === 0) return []
  const reach = around.reach.failing(kustomization)
  return faults.map((what) => ({ what, reach, fault: true as const }))
}

function unknownFields(body: JsonObject): readonly JsonObject[] {
  const { apiVersion, kind } = body
  const version = textIn(apiVersion)
  const isKnown = version === undefined || version.startsWith('kustomize.config.k8s.io/')
  const isKind = kind === undefined || kind === 'Kustomization' || kind === 'Component'
  return [
    ...Object.keys(body)
      .filter((field) => !isFieldOfKustomization(field))
      .map((field) => ({ 'is no field of Kustomize': field })),
    ...(isKnown && isKind ? [] : [{ 'is no kustomization': [apiVersion ?? null, kind ?? null] }]),
  ]
}

interface Entered extends Surroundings {
  readonly kustomization: Kustomization
}

function faultsOfEntry(field: string, entry: JsonValue, around: Entered): readonly JsonObject[] {
  const { kustomization, side, folders } = around
  const { folder, file } = kustomization
  const written = textIn(entry) ?? ''
  const path = written === '' ? undefined : resolvedPath(folder, written)
  if (written === '') return [{ 'is no path': entry }]
  if (path === undefined)
    return field === 'components'
      ? []
      : [{ 'comes from elsewhere': written.replace(/[?&](?:ref|version)=[^&]*/, '') }]
  if (side.files.has(path))
    return isKustomizationFile(path) ? [{ 'is a kustomization, not its folder': path }] : []
  if (side.unread?.has(path) === true) return [{ 'cannot be read': path }]
  if (!folders.has(path)) return [{ 'is not there': path }]
  if (isBelow(folder, path) || leadsTo(path, file.path, around)) return [{ 'leads back to itself': path }]
  const isComponent = around.at(path).some(({ body }) => body?.['kind'] === 'Component')
  if (isComponent === (field === 'components')) return []
  return [{ [isComponent ? 'is a component' : 'is no component']: path }]
}

/** Whether what a folder builds upon leads to a kustomization. */
function leadsTo(start: string, target: string, { at }: Entered): boolean {
  const seen = new Set([start])
  for (const path of seen) {
    if (seen.size > budgets.buildSteps.size) return false
    for (const each of at(path)) {
      if (each.file.path === target) return true
      for (const next of builtUpon.flatMap((field) => pathsIn(each, field))) seen.add(next)
    }
  }
  return false
}

/** Files that it names for what they say, and that are not there. */
function missingInputs(kustomization: Kustomization, side: SideFiles): readonly JsonObject[] {
  const { body = {} } = kustomization
  return saying
    .flatMap((field) =>
      listIn(body[field]).flatMap((entry) =>
        // A patch may be written in place.
        typeof entry === 'string' && /[\n:{[]/.test(entry)
          ? []
          : pathsIn({ ...kustomization, body: { [field]: [entry] } }, field),
      ),
    )
    .filter((path) => !isThere(path, side) && filesBelow(path, side).length === 0)
    .map((path) => ({ 'is not there': path }))
}
