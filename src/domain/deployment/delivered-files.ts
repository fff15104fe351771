import type { Role } from '../kustomize/not-rendered.ts'
import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import { folderOf } from '../manifest/layers/paths.ts'
import { jsonOf } from '../manifest/yaml-json.ts'
import { gathered } from '../source/multimap.ts'
import type { Overlay, SourceFile, UnitPlace } from '../source/source-file.ts'
import type { YamlDocument } from '../source/yaml.ts'
import { isDelivered } from './units/build-unit.ts'
import type { BuiltUnit } from './units/built-unit.ts'
import type { Unit } from './units/unit.ts'

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
  const made = gathered(
    delivered.flatMap(({ unit, objects }) => {
      const place = placeOf(unit)
      return objects.map(({ node, from, overlay }): readonly [string, Made] => {
        const made = overlay && 'by' in overlay ? deployerOf(unit, overlay.over) : overlay
        return [pathOf(from), { node, place, ...(made && { overlay: made }) }]
      })
    }),
  )
  const silent = new Set([...units.flatMap(partsOf), ...without])
  const written = new Set(files.map(({ path }) => path))
  return [
    ...files.map((file) =>
      asDelivered(file, made.get(file.path) ?? (silent.has(file.path) ? [] : undefined)),
    ),
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
  readonly overlay?: Overlay
}

/** The same build may be delivered by several. */
function deployerOf({ by: [path] }: Unit, over: Overlay | undefined): Overlay | undefined {
  return path === undefined ? over : { path, saidIn: [path], ...(over && { over }) }
}

/** What a part is for that may hold objects of its own. */
const holdsObjects: ReadonlySet<Role> = new Set(['resource', 'patch'])

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
    delivered: made.map(({ node, place, overlay }) => ({
      range,
      root: node,
      unit: place,
      ...(overlay && { overlay }),
      diagnostics: [],
    })),
  })
}

/** What of a unit each object that it delivers carries. */
export function placeOf({ key, folder, by: [by], deployer, destination, mesh }: Unit): UnitPlace {
  return {
    key,
    folder,
    ...(by !== undefined && { by: folderOf(by) }),
    ...(deployer && { deployer: deployer.kind }),
    ...(destination !== undefined && { destination }),
    ...(mesh !== undefined && { mesh }),
  }
}
