import type { Role } from '../kustomize/not-rendered.ts'
import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import { folderOf } from '../manifest/layers/paths.ts'
import { jsonOf } from '../manifest/yaml-json.ts'
import type { SourceFile, UnitPlace } from '../source/source-file.ts'
import type { YamlDocument } from '../source/yaml.ts'
import { isDelivered } from './build-unit.ts'
import type { BuiltUnit } from './built-units.ts'
import type { Unit } from './unit.ts'

/**
 * The files of one side, those that are parts of units replaced by what the units make of them: each object once for every unit that
 * delivers it, at the path where it is written. A part that nothing is made of holds nothing, and neither does what is surely not
 * delivered (`without`).
 */
export function deliveredFiles(
  units: readonly BuiltUnit[],
  files: readonly SourceFile[],
  without: readonly string[] = [],
): readonly SourceFile[] {
  const delivered = units.flatMap(({ unit, built }) => (isDelivered(built) ? [{ unit, ...built }] : []))
  if (delivered.length === 0) return files
  const written = new Set(files.map(({ path }) => path))
  const made = new Map<string, Made[]>()
  const at = (path: string) => made.get(path) ?? set(made, path)
  for (const path of [...units.flatMap(partsOf), ...without]) if (written.has(path)) at(path)
  for (const { unit, objects } of delivered) {
    const place = placeOf(unit)
    for (const { node, from } of objects) at(pathOf(from)).push({ node, place })
  }
  return [
    ...files.map((file) => asDelivered(file, made.get(file.path))),
    ...[...made].flatMap(([path, all]) => (written.has(path) ? [] : asDelivered({ path, text: '' }, all))),
  ]
}

/** The paths of what a unit builds, or lays over that. */
export function partsOf(unit: BuiltUnit | undefined): readonly string[] {
  if (unit === undefined || !isDelivered(unit.built)) return []
  return unit.built.parts.filter(({ role }) => holdsObjects.has(role)).map(({ path }) => path)
}

interface Made {
  readonly node: NonNullable<YamlDocument['root']>
  readonly place: UnitPlace
}

/** What a part is for that may hold objects of its own. */
const holdsObjects: ReadonlySet<Role> = new Set(['resource', 'patch'])

function set(made: Map<string, Made[]>, path: string): Made[] {
  const list: Made[] = []
  made.set(path, list)
  return list
}

/** What a kustomization generates, and what a packed chart gives, has a file of its own beside it. */
function pathOf({ path }: SourceFile): string {
  return isKustomizationFile(path) || path.endsWith('Chart.yaml') ? `${path}.generated` : path
}

function asDelivered(written: SourceFile, made: readonly Made[] | undefined): SourceFile {
  if (made === undefined) return written
  const text = made.map(({ node }) => JSON.stringify(jsonOf(node))).join('\n---\n')
  const file = { path: written.path, text }
  const range = { file, start: 0, end: text.length }
  return Object.assign(file, {
    delivered: made.map(({ node, place }) => ({ range, root: node, unit: place, diagnostics: [] })),
  })
}

/** What of a unit each object that it delivers carries. */
export function placeOf({ key, folder, by: [by], destination }: Unit): UnitPlace {
  return {
    key,
    folder,
    ...(by !== undefined && { by: folderOf(by) }),
    ...(destination !== undefined && { destination }),
  }
}
