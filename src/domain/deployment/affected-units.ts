import { builtUpon, kustomizationIn, pathsIn, saying } from '../manifest/layers/kustomization.ts'
import { folderOf, isBelow } from '../manifest/layers/paths.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Unit } from './unit.ts'

/** The units that may build to something else, since a file that takes part in them changes. */
export function affectedUnits(
  units: readonly Unit[],
  changed: ReadonlySet<string>,
  files: readonly SourceFile[],
): readonly Unit[] {
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  const folders = new Set(kustomizations.map(({ folder }) => folder))
  const touched = foldersTouched(kustomizations, changed)
  return units.filter(
    ({ folder, by }) =>
      touched.has(folder) ||
      (by !== undefined && changed.has(by)) ||
      (!folders.has(folder) && [...changed].some((path) => isBelow(path, folder))),
  )
}

type Kustomizations = readonly NonNullable<ReturnType<typeof kustomizationIn>>[]

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
  const found = new Set(own)
  const queue = [...changed, ...own]
  for (const path of queue)
    for (const place of [path, folderOf(path)])
      for (const { folder } of naming.get(place) ?? []) {
        if (found.has(folder)) continue
        found.add(folder)
        queue.push(folder)
      }
  return found
}
