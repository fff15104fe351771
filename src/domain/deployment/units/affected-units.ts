import { builtUpon, kustomizationIn, pathsIn, saying } from '../../manifest/layers/kustomization.ts'
import { folderOf, foldersAbove, isBelow, resolvedPath } from '../../manifest/layers/paths.ts'
import { textsIn } from '../../manifest/layers/written.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Unit } from './unit.ts'

/** The units that may build to something else, since a file that takes part in them changes. */
export function affectedUnits(
  units: readonly Unit[],
  changed: ReadonlySet<string>,
  files: readonly SourceFile[],
): readonly Unit[] {
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  const touched = foldersTouched(kustomizations, changed)
  const around = new Set([...changed, ...touched].flatMap((path) => [path, ...foldersAbove(path)]))
  const isTouched = (unit: Unit) =>
    around.has(unit.folder) && (unit.takes !== 'kustomization' || touched.has(unit.folder))
  return units.filter(
    (unit) =>
      isTouched(unit) ||
      unit.by.some((path) => changed.has(path)) ||
      namedBy(unit).some((path) => changed.has(path) || touched.has(path)),
  )
}

/** The folders and files that the deployer adds. */
function namedBy({ folder, over }: Unit): readonly string[] {
  return textsIn(over['components']).flatMap((path) => resolvedPath(folder, path) ?? [])
}

type Kustomizations = readonly NonNullable<ReturnType<typeof kustomizationIn>>[]

/** Where a file that is named here may name others, which nothing but the build itself reads. */
const namingMore = ['generators', 'transformers', 'validators'] as const

/** The folders of kustomizations in which a changed file takes part, however far above it they stand. */
function foldersTouched(kustomizations: Kustomizations, changed: ReadonlySet<string>): ReadonlySet<string> {
  const naming = Map.groupBy(
    kustomizations.flatMap((each) =>
      [...builtUpon, ...saying].flatMap((field) =>
        pathsIn(each, field).map((path) => ({ path, folder: each.folder })),
      ),
    ),
    ({ path }) => path,
  )
  const own = kustomizations.filter(({ file }) => changed.has(file.path)).map(({ folder }) => folder)
  const perhaps = kustomizations
    .filter(({ body = {} }) => namingMore.some((field) => body[field] !== undefined))
    .filter(({ folder }) => [...changed].some((path) => isBelow(path, folder)))
    .map(({ folder }) => folder)
  const found = new Set([...own, ...perhaps])
  const queue = [...changed, ...found]
  for (const path of queue)
    for (const place of [path, folderOf(path)])
      for (const { folder } of naming.get(place) ?? []) {
        if (found.has(folder)) continue
        found.add(folder)
        queue.push(folder)
      }
  return found
}
