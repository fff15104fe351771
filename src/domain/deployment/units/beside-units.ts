import { namesADecidingKind } from '../../manifest/kinds/names-the-mesh.ts'
import { isKustomizationFile } from '../../manifest/layers/layer-files.ts'
import { folderOf, foldersAbove } from '../../manifest/layers/paths.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Both } from '../both.ts'
import { isDelivered } from './build-unit.ts'
import { type BuiltUnit, kustomizedFolders } from './built-unit.ts'

/** The units and the files of one side. */
interface Side {
  readonly units: readonly BuiltUnit[]
  readonly files: readonly SourceFile[]
}

/**
 * The paths at which something lay beside what a unit builds of that folder, named by no unit, and does not lie there any more: nothing
 * was delivered of it. Whoever lists it, moves it away or takes the kustomization away delivers it for the first time. A file of which
 * nothing is made then counts as it was written, since somebody may have applied it.
 */
export function nowDelivered({ base, merged }: Both<Side>): readonly string[] {
  const before = besideUnits(base)
  if (before.length === 0) return []
  const after = new Set(besideUnits(merged))
  const named = namedBy(merged.units)
  const made = new Set(
    merged.units.flatMap(({ built }) =>
      isDelivered(built) ? built.objects.map(({ from }) => from.path) : [],
    ),
  )
  return before.filter((path) => !after.has(path) && (made.has(path) || !named.has(path)))
}

function besideUnits({ units, files }: Side): readonly string[] {
  const built = new Set(
    units.flatMap(({ built: each }) => (isDelivered(each) ? kustomizedFolders(each) : [])),
  )
  if (built.size === 0) return []
  const folders = new Set(files.flatMap(({ path }) => (isKustomizationFile(path) ? [folderOf(path)] : [])))
  const named = namedBy(units)
  const isBeside = (path: string) => {
    const nearest = foldersAbove(path).find((folder) => folders.has(folder))
    return nearest !== undefined && built.has(nearest) && !named.has(path)
  }
  return files
    .filter(({ path, text }) => !isKustomizationFile(path) && namesADecidingKind(text) && isBeside(path))
    .map(({ path }) => path)
}

function namedBy(units: readonly BuiltUnit[]): ReadonlySet<string> {
  return new Set(
    units.flatMap(({ built }) => (isDelivered(built) ? built.parts.map(({ path }) => path) : [])),
  )
}
