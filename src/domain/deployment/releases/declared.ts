import type { NotRendered } from '../../doubt.ts'
import type { JsonObject } from '../../manifest/json.ts'
import { dependenciesIn, localFolder } from '../../manifest/layers/charts/chart-family.ts'
import { pathIn } from '../../manifest/layers/paths.ts'
import { textIn } from '../../manifest/layers/written.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { Release, UnrenderedRelease, Values } from './release.ts'
import type { SideOfReleases } from './side-of-releases.ts'

/** A release as it is declared: what is not to be had stands in the place of its values. */
export interface Declared extends Omit<Release, 'values' | 'drawn' | 'overlays'> {
  readonly values: readonly (Values | NotRendered)[]
  readonly overlays?: readonly JsonObject[]
  /** Why it cannot be rendered, whatever its values. */
  readonly why?: NotRendered | undefined
}

/** A declared release with the charts that it draws in, or why it cannot be rendered. */
export function releaseOf(
  { values, why, overlays = [], ...declared }: Declared,
  side: SideOfReleases,
): Release | UnrenderedRelease {
  const drawn = drawnBy(declared.chart, side)
  const found = values.filter((each) => typeof each !== 'string')
  const problem =
    why ?? values.find((each) => typeof each === 'string') ?? (drawn === undefined ? 'dependency' : undefined)
  if (problem !== undefined || drawn === undefined) {
    const { key, by, chart } = declared
    return { key, by, chart, why: problem ?? 'dependency', reads: found.map(({ path }) => path) }
  }
  return { ...declared, values: found, drawn, overlays }
}

/** The values in a file; no address is ever asked, and a pattern is not followed. */
export function valuesIn(path: string | undefined, side: SideOfReleases): Values | NotRendered {
  const file = path === undefined ? undefined : side.folders.file(path)
  return file === undefined ? 'values' : asValues(file)
}

function asValues({ path, text }: SourceFile): Values {
  return { path, text }
}

/**
 * The folders of this repository that a chart draws in by `file://`, by name; nothing where it wants a chart that neither lies in it
 * nor in this repository.
 */
function drawnBy(chart: string, side: SideOfReleases): ReadonlyMap<string, string> | undefined {
  const drawn = new Map<string, string>()
  for (const each of dependenciesIn(chart, side.folders.file)) {
    const called = textIn(each['name']) ?? ''
    if (isPackedIn(called, chart, side)) continue
    const folder = localFolder(each, chart)
    if (folder === undefined || side.folders.file(pathIn(folder, 'Chart.yaml')) === undefined)
      return undefined
    if (!/^[\w.-]+$/.test(called) || !isWhole(folder, side)) return undefined
    drawn.set(called, folder)
  }
  return drawn
}

/** Whether a chart holds all that it draws in itself. */
function isWhole(chart: string, side: SideOfReleases): boolean {
  return dependenciesIn(chart, side.folders.file).every(({ name }) =>
    isPackedIn(textIn(name) ?? '', chart, side),
  )
}

function isPackedIn(name: string, chart: string, { folders, unread }: SideOfReleases): boolean {
  const start = pathIn(chart, `charts/${name}`)
  return (
    folders.file(`${start}/Chart.yaml`) !== undefined ||
    [...unread].some((path) => path.startsWith(`${start}-`) && path.endsWith('.tgz'))
  )
}
