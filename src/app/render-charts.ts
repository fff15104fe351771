import { budgets } from '../domain/budgets.ts'
import { affectedReleases } from '../domain/deployment/releases/affected-releases.ts'
import {
  type ChartOutput,
  isRenderable,
  type Release,
  type ReleasePair,
  type RenderedPair,
} from '../domain/deployment/releases/release.ts'
import { releasesOf } from '../domain/deployment/releases/releases-of.ts'
import { sideOfReleases } from '../domain/deployment/releases/side-of-releases.ts'
import type { DeployedSide } from '../domain/deployment/tree-of-side.ts'
import { isBelow } from '../domain/manifest/layers/paths.ts'
import type { ChartRenderer, FileContents, ReadSide } from './chart-port.ts'
import type { ReadableSide, Repository } from './ports.ts'

/** What rendering charts takes. */
export interface ChartRendering {
  readonly tip: { readonly kind: 'tip'; readonly sha: string }
  readonly merged: ReadableSide
  readonly repository: Repository
  readonly charts: ChartRenderer
}

/** Two sides as they were read, and whose they are. */
export interface SidesWithCharts {
  readonly base: DeployedSide
  readonly merged: DeployedSide
  readonly repository?: string
}

/** Renders the releases that the change may reach, on both sides: what lies in the commits, and nothing else. */
export async function renderCharts(
  { base, merged, repository: own }: SidesWithCharts,
  { tip, merged: after, repository, charts }: ChartRendering,
): Promise<readonly RenderedPair[]> {
  const changed = new Set(after.changed.flatMap(({ path, previousPath = path }) => [previousPath, path]))
  const pairs = affectedReleases(
    releasesOf(sideOfReleases(base, own)),
    releasesOf(sideOfReleases(merged, own)),
    changed,
  )
  const [old, now] = [pairs.map(({ before }) => before), pairs.map((pair) => pair.after)]
  const sides = {
    before: sideRenderer(await contentsOf(old.filter(isRenderable), tip, repository), charts),
    after: sideRenderer(await contentsOf(now.filter(isRenderable), after, repository), charts),
  }
  const left = { renders: budgets.chartRenders.size, characters: budgets.chartOutputs.size }
  const rendered: RenderedPair[] = []
  for (const pair of pairs) rendered.push(await renderPair(pair, sides, left))
  return rendered
}

type RenderSide = (release: Release) => Promise<ChartOutput>

interface Allowance {
  renders: number
  characters: number
}

/** One after the other, so that one pull request does not take all of a machine. What is random shows itself in a third rendering. */
async function renderPair(
  pair: ReleasePair,
  sides: { readonly before: RenderSide; readonly after: RenderSide },
  left: Allowance,
): Promise<RenderedPair> {
  const within = async (
    release: ReleasePair['before'],
    render: RenderSide,
  ): Promise<ChartOutput | undefined> => {
    if (!isRenderable(release)) return undefined
    left.renders -= 1
    if (left.renders < 0) return { kind: 'not-rendered', why: 'too-many' }
    const output = await render(release)
    if (output.kind === 'rendered') left.characters -= output.text.length
    return left.characters < 0 ? { kind: 'not-rendered', why: 'size' } : output
  }
  const before = await within(pair.before, sides.before)
  const after = await within(pair.after, sides.after)
  const differ = before?.kind === 'rendered' && after?.kind === 'rendered' && before.text !== after.text
  const again = differ ? await within(pair.before, sides.before) : undefined
  return { pair, ...(before && { before }), ...(after && { after }), ...(again && { again }) }
}

/** The folders of all charts that are to be rendered, read at once. */
function contentsOf(
  releases: readonly Release[],
  side: ReadSide,
  repository: Repository,
): Promise<FileContents | undefined> {
  const folders = new Set(releases.flatMap(({ chart, drawn }) => [chart, ...drawn.values()]))
  if (folders.size === 0) return Promise.resolve(new Map())
  return repository.contents(side, (path) => [...folders].some((folder) => isBelow(path, folder)))
}

function sideRenderer(contents: FileContents | undefined, charts: ChartRenderer): RenderSide {
  return async (release) => {
    if (contents === undefined) return { kind: 'not-rendered', why: 'size' }
    const { name, namespace, values, set } = release
    return charts.render({
      name,
      ...(namespace !== undefined && { namespace }),
      chart: chartFrom(contents, release),
      values: values.map(({ text }) => text),
      set,
    })
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
