import { sha256 } from '../../kustomize/naming/sha256.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { foldersAbove, isBelow, pathIn } from '../../manifest/layers/paths.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { beginningOf, type LeftOut } from '../doubts/left-out.ts'
import { foldersOf } from '../folders.ts'
import type { DeployedSide } from '../tree-of-side.ts'
import { isDelivered } from '../units/build-unit.ts'
import type { BuiltUnit } from '../units/built-unit.ts'
import { type BuiltPair, builtPair } from './built-pair.ts'
import { type DecidedByRendering, decidedByRendering } from './decided-by-rendering.ts'
import {
  type ChartOutput,
  chartFolders,
  isRenderable,
  type Release,
  type ReleasePair,
  type RenderedPair,
} from './release.ts'

/** What is proposed, as far as charts take part in it. */
interface WithCharts {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  readonly rendered?: readonly RenderedPair[]
}

/** The rendered releases as units of each side. */
interface ReleaseUnits {
  readonly base: readonly BuiltUnit[]
  readonly merged: readonly BuiltUnit[]
  readonly decided: DecidedByRendering
  /** Those of which it is not known any more what they deliver. */
  readonly leftOut: readonly LeftOut[]
}

/** A release of which either side is not known is no unit on both: there what is written is compared. */
export function releaseUnits({ base, merged, rendered = [] }: WithCharts): ReleaseUnits {
  const folders = { base: foldersOf(base), merged: foldersOf(merged) }
  const pairs = rendered
    .map((each) => ({ each, built: builtPair(each, folders) }))
    .filter(({ each, built }) => !each.pair.untouched || delivers(built))
  const known = pairs.filter(({ built }) => isKnown(built))
  const files = [...base, ...merged]
  const decided = decidedByRendering(
    pairs.map(({ each, built }) => (isKnown(built) ? each : { pair: each.pair })),
    files,
  )
  const templates = templateFolders(known)
  const silent = files
    .map(({ path }) => path)
    .filter((path) => foldersAbove(path).some((folder) => templates.has(folder)) && decided.file(path))
  const unitsOf = (side: 'before' | 'after') =>
    known.flatMap(({ each: { pair }, built }) => unitOf(pair.key, pair[side], { built, side, silent }))
  return {
    base: unitsOf('before'),
    merged: unitsOf('after'),
    decided,
    leftOut: pairs.flatMap(({ each, built }) =>
      leftOutOf(each, built).map((found) => ({ ...found, ...saidIn(each.pair.after, merged) })),
    ),
  }
}

/** The same of one side that is looked at for itself. */
export function unitsOfReleases(
  { files }: DeployedSide,
  rendered: readonly RenderedPair[],
): readonly BuiltUnit[] {
  return releaseUnits({ base: files, merged: files, rendered }).merged
}

type Pairs = readonly { readonly each: RenderedPair }[]

/** One that no change reaches is a unit where it gives something, and told of nowhere else. */
function delivers({ after }: BuiltPair): boolean {
  return after !== undefined && isDelivered(after)
}

function isKnown({ before, after }: BuiltPair): boolean {
  return before !== 'not known' && after !== 'not known'
}

function templateFolders(pairs: Pairs): ReadonlySet<string> {
  const releases = pairs.flatMap(({ each: { pair } }) => [pair.before, pair.after]).filter(isRenderable)
  return new Set(releases.flatMap(chartFolders).map((folder) => pathIn(folder, 'templates')))
}

function isTemplateOf(path: string, release: Release): boolean {
  return chartFolders(release).some((folder) => isBelow(path, pathIn(folder, 'templates')))
}

/**
 * The templates that give something on either side are parts, and those for which rendering alone speaks (`silent`): one that gives
 * nothing is nothing, whatever is written in it.
 */
function unitOf(
  key: string,
  release: RenderedPair['pair']['before'],
  {
    built,
    side,
    silent,
  }: { readonly built: BuiltPair; readonly side: 'before' | 'after'; readonly silent: readonly string[] },
): readonly BuiltUnit[] {
  const own = built[side]
  if (!isRenderable(release) || own === undefined || own === 'not known') return []
  const { by, chart, destination, namespace, deployer } = release
  const paths = [...givenBy(built), ...silent.filter((path) => isTemplateOf(path, release))]
  const parts = [...new Set(paths)].map((path) => ({ role: 'resource' as const, path }))
  return [
    {
      unit: {
        key,
        by,
        folder: chart,
        takes: 'chart',
        over: {},
        ...(destination !== undefined && { destination }),
        ...(namespace !== undefined && { otherwise: namespace }),
        ...(deployer && { deployer }),
      },
      built: { ...own, parts: [...own.parts, ...parts] },
    },
  ]
}

function givenBy({ before, after }: BuiltPair): readonly string[] {
  return [before, after].flatMap((built) =>
    built !== undefined && isDelivered(built) ? built.objects.map(({ from }) => from.path) : [],
  )
}

function leftOutOf({ pair, after: output }: RenderedPair, { before, after }: BuiltPair): readonly LeftOut[] {
  const wasKnown = before === undefined || (before !== 'not known' && isDelivered(before))
  const isAsked = pair.before !== undefined || isRenderable(pair.after)
  return wasKnown && after === 'not known' && isAsked
    ? [{ key: pair.key, why: 'not-rendered', digest: digestOf(output) }]
    : []
}

/** The beginning of the file that says that it is released. */
function saidIn(release: ReleasePair['after'], files: readonly SourceFile[]): Pick<LeftOut, 'range'> {
  const file = files.find(({ path }) => path === release?.by[0])
  return file === undefined ? {} : { range: beginningOf(file) }
}

function digestOf(output: ChartOutput | undefined): string {
  return sha256(output?.kind === 'rendered' ? output.text : canonicalJson(output?.kind ?? null))
}
