import { budgets } from '../../domain/budgets.ts'
import { pairsOfReleases } from '../../domain/deployment/releases/affected-releases.ts'
import { mayConcernTheMesh } from '../../domain/deployment/releases/may-concern-the-mesh.ts'
import {
  type ChartOutput,
  chartFolders,
  isRenderable,
  type Release,
  type ReleasePair,
  type RenderedPair,
} from '../../domain/deployment/releases/release.ts'
import { releasesOf } from '../../domain/deployment/releases/releases-of.ts'
import { sideOfReleases } from '../../domain/deployment/releases/side-of-releases.ts'
import type { DeployedSide } from '../../domain/deployment/tree-of-side.ts'
import { isBelow } from '../../domain/manifest/layers/paths.ts'
import type { ReadableSide, ReadRepository } from '../ports.ts'
import type { ChartRenderer, FileContents } from './chart-port.ts'

/** What rendering charts takes. */
export interface ChartRendering {
  readonly tip: { readonly kind: 'tip'; readonly sha: string }
  readonly merged: ReadableSide
  readonly repository: ReadRepository
  readonly charts: ChartRenderer
}

/** Two sides as they were read. */
export interface SidesWithCharts {
  readonly base: DeployedSide
  readonly merged: DeployedSide
}

/** Reads the regular files of one side at the wanted paths; nothing where they are more than may be rendered. */
export type ReadContents = (wanted: (path: string) => boolean) => Promise<FileContents | undefined>

/**
 * Renders the releases of both sides: what lies in the commits, and nothing else. First those that the change may reach; of the others
 * those that may hold something of a mesh, once for both sides, so that what is delegated to or claimed there is known.
 */
export async function renderCharts(
  { base, merged }: SidesWithCharts,
  { tip, merged: after, repository, charts }: ChartRendering,
): Promise<readonly RenderedPair[]> {
  const changed = new Set(after.changed.flatMap(({ path, previousPath = path }) => [previousPath, path]))
  const [before, now] = [sideOfReleases(base), sideOfReleases(merged)]
  const pairs = pairsOfReleases(releasesOf(before), releasesOf(now), { changed, unmerged: merged.unmerged })
  const mayConcern = mayConcernTheMesh(now)
  const contentsOf =
    (side: Parameters<ReadRepository['contents']>[0]): ReadContents =>
    (wanted) =>
      repository.contents(side, wanted)
  return renderPairs(
    pairs.filter(({ after: release, untouched }) => !untouched || mayConcern(release)),
    { before: sideRenderer(contentsOf(tip), charts), after: sideRenderer(contentsOf(after), charts) },
  )
}

/** Renders the releases of one side alone that may hold something of a mesh, as if nothing changed. */
export async function renderAlone(
  side: DeployedSide,
  { contents, charts }: { readonly contents: ReadContents; readonly charts: ChartRenderer },
): Promise<readonly RenderedPair[]> {
  const read = sideOfReleases(side)
  const releases = releasesOf(read).filter(mayConcernTheMesh(read))
  const render = sideRenderer(contents, charts)
  return renderPairs(
    releases.map((release) => ({ key: release.key, before: release, after: release })),
    { before: render, after: render },
  )
}

type RenderSide = (release: Release, how?: 'anew') => Promise<ChartOutput>
type Renderers = { readonly before: RenderSide; readonly after: RenderSide }

interface Allowance {
  renders: number
  characters: number
  kills: number
}

/** One after the other, so that one pull request does not take all of a machine. */
async function renderPairs(
  pairs: readonly ReleasePair[],
  sides: Renderers,
): Promise<readonly RenderedPair[]> {
  const left = {
    renders: budgets.chartRenders.size,
    characters: budgets.chartOutputs.size,
    kills: budgets.chartKills.size,
  }
  const rendered: RenderedPair[] = []
  for (const pair of pairs) rendered.push(await renderPair(pair, sides, left))
  return rendered
}

/** What is the same on both sides is rendered once. What is random shows itself in a third rendering. */
async function renderPair(pair: ReleasePair, sides: Renderers, left: Allowance): Promise<RenderedPair> {
  const after = await renderWithin(pair.after, sides.after, left)
  const isSame = pair.before === pair.after
  const before = isSame ? after : await renderWithin(pair.before, sides.before, left)
  const differ = before?.kind === 'rendered' && after?.kind === 'rendered' && before.text !== after.text
  const anew: RenderSide = (release) => sides.before(release, 'anew')
  const again = differ ? await renderWithin(pair.before, anew, left) : undefined
  return { pair, ...(before && { before }), ...(after && { after }), ...(again && { again }) }
}

async function renderWithin(
  release: ReleasePair['before'],
  render: RenderSide,
  left: Allowance,
): Promise<ChartOutput | undefined> {
  if (!isRenderable(release)) return undefined
  left.renders -= 1
  if (left.renders < 0 || left.kills <= 0) return { kind: 'not-rendered', why: 'too-many' }
  const output = await render(release)
  if (output.kind === 'rendered') left.characters -= output.text.length
  if (output.kind === 'not-rendered' && byForce.has(output.why)) left.kills -= 1
  return left.characters < 0 ? { kind: 'not-rendered', why: 'size' } : output
}

const byForce: ReadonlySet<string> = new Set(['time', 'size', 'memory'])

function sideRenderer(contents: ReadContents, charts: ChartRenderer): RenderSide {
  return async (release, how) => {
    const { name, namespace, values, set } = release
    const folders = chartFolders(release)
    const found = await contents((path) => folders.some((folder) => isBelow(path, folder)))
    if (found === undefined) return { kind: 'not-rendered', why: 'size' }
    return charts.render(
      {
        name,
        ...(namespace !== undefined && { namespace }),
        chart: chartFrom(found, release),
        values: values.map(({ text }) => text),
        set,
      },
      how,
    )
  }
}

/** The chart with what it draws in as if that were packed into it. */
function chartFrom(contents: FileContents, { chart, drawn }: Release): FileContents {
  const below = (folder: string, place: string) =>
    [...contents]
      .filter(([path]) => isBelow(path, folder))
      .map(
        ([path, content]) =>
          [place + (folder === '' ? path : path.slice(folder.length + 1)), content] as const,
      )
  return new Map([
    ...below(chart, ''),
    ...[...drawn].flatMap(([name, folder]) => below(folder, `charts/${name}/`)),
  ])
}
