import { namesADecidingKind } from '../../manifest/kinds/names-the-mesh.ts'
import { foldersAbove } from '../../manifest/layers/paths.ts'
import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { chartFolders, isRenderable, type Release, type UnrenderedRelease } from './release.ts'
import type { SideOfReleases } from './side-of-releases.ts'

const names = memoized(({ text }: SourceFile) => namesADecidingKind(text))

/** Whether a release may give something that decides about requests: a chart or values that name such a kind, or hold what is not read. */
export function mayConcernTheMesh(
  side: SideOfReleases,
): (release: Release | UnrenderedRelease | undefined) => boolean {
  const naming = side.folders.all.filter(names).map(({ path }) => path)
  const folders = new Set([...naming, ...side.unread].flatMap(foldersAbove))
  return (release) => {
    if (!isRenderable(release)) return release !== undefined && folders.has(release.chart)
    return (
      chartFolders(release).some((folder) => folders.has(folder)) ||
      release.values.some(({ text }) => namesADecidingKind(text))
    )
  }
}
