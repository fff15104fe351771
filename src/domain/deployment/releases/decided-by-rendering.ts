import { deliveredPaths } from '../../manifest/layers/delivered-paths.ts'
import { deliveriesIn } from '../../manifest/layers/delivery-objects.ts'
import { builtUpon, kustomizationIn, pathsIn } from '../../manifest/layers/kustomization.ts'
import { folderOf, foldersAbove, isBelow } from '../../manifest/layers/paths.ts'
import type { Touched } from '../../policy/touched.ts'
import type { Finding } from '../../rules/rule.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { reads } from './affected-releases.ts'
import { isRenderable, type Release, type RenderedPair, type UnrenderedRelease } from './release.ts'

/** What is left to be said of what is written, where rendered objects speak for it. */
export interface DecidedByRendering {
  /** Whether a file is a part of charts alone of which all releases were rendered on both sides. */
  readonly file: (path: string) => boolean
  /** Whether a layer that releases says nothing but what was rendered. */
  readonly layer: (finding: Pick<Finding, 'code' | 'kind' | 'resource'>) => boolean
}

/** Of the files of both sides. */
export function decidedByRendering(
  rendered: readonly RenderedPair[],
  files: readonly SourceFile[],
): DecidedByRendering {
  const decided = rendered.filter(isDecided)
  if (decided.length === 0) return { file: () => false, layer: () => false }
  const others = rendered.filter((each) => !isDecided(each)).flatMap(sidesOf)
  const releases = decided.flatMap(sidesOf).filter(isRenderable)
  const built = builtPaths(files)
  return {
    file: (path) =>
      releases.some((each) => isPartOf(path, each)) &&
      !others.some((each) => reads(each, path)) &&
      ![path, ...foldersAbove(path)].some((each) => built.has(each)),
    layer: ({ code, kind, resource }) =>
      code === 'unmodelled-change.layer' && isSaid(decided, { kind: kind ?? '', resource }),
  }
}

function isDecided({ pair, before, after }: RenderedPair): boolean {
  const isShown = (release: Release | UnrenderedRelease | undefined, output: RenderedPair['before']) =>
    release === undefined || (isRenderable(release) && output?.kind === 'rendered')
  return isShown(pair.before, before) && (isShown(pair.after, after) || after?.kind === 'refused')
}

function sidesOf({ pair: { before, after } }: RenderedPair): readonly (Release | UnrenderedRelease)[] {
  return [before, after].flatMap((each) => each ?? [])
}

/** What Helm reads of a folder with a chart and of those within it: other files in it may be delivered by anybody. */
const ofChart =
  /^(?:charts\/[^/]+\/)*(?:(?:Chart|requirements)\.(?:yaml|lock)|values[^/]*\.ya?ml|values\.schema\.json|\.helmignore|charts\/[^/]+\.tgz|(?:templates|crds)\/.*)$/

function isPartOf(path: string, { chart, drawn, values }: Release): boolean {
  return (
    [chart, ...drawn.values()].some(
      (folder) => isBelow(path, folder) && ofChart.test(folder === '' ? path : path.slice(folder.length + 1)),
    ) || values.some((each) => each.path === path && /(?:^|[/_.-])values[^/]*\.ya?ml$/.test(path))
  )
}

/** What Kustomize takes for a resource, and the plain folders that are delivered as they stand, whatever else they are. */
function builtPaths(files: readonly SourceFile[]): ReadonlySet<string> {
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  const taken = new Set([
    ...kustomizations.map(({ folder }) => folder),
    ...files.flatMap(({ path }) => (path.endsWith('Chart.yaml') ? [folderOf(path)] : [])),
  ])
  const delivered = files
    .flatMap((file) => deliveriesIn(file).objects)
    .map(deliveredPaths)
    .flatMap((paths) => (paths === 'mesh' ? [] : paths))
  return new Set([
    ...kustomizations
      .flatMap((each) => builtUpon.flatMap((field) => pathsIn(each, field)))
      .filter((path) => path !== ''),
    ...delivered.filter((path) => !taken.has(path)),
  ])
}

function isSaid(
  decided: readonly RenderedPair[],
  layer: { readonly kind: string; readonly resource: string },
): boolean {
  const releases = decided
    .map(({ pair }) => pair)
    .filter(({ before, after }) =>
      [before, after].some(
        (each) =>
          isRenderable(each) && each.layer?.kind === layer.kind && each.layer.resource === layer.resource,
      ),
    )
  return (
    releases.length > 0 &&
    releases.every(
      ({ before, after }) => isRenderable(before) && isRenderable(after) && before.rest === after.rest,
    )
  )
}

interface Sides {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
}

/** What was rendered was looked into. */
export function touchedBesides(touched: Touched, { file }: DecidedByRendering): Touched {
  return { ...touched, unjudged: touched.unjudged.filter(({ path }) => !file(path)) }
}

/** The merged side as if what is decided were as it was: a new file is not there, a removed one still is. */
export function withoutDecided(
  { base, merged }: Sides,
  { file: isDecidedFile }: Pick<DecidedByRendering, 'file'>,
): readonly SourceFile[] {
  if (![...base, ...merged].some(({ path }) => isDecidedFile(path))) return merged
  return [
    ...merged.filter(({ path }) => !isDecidedFile(path)),
    ...base.filter(({ path }) => isDecidedFile(path)),
  ]
}
