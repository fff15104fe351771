import type { NotRendered } from '../../doubt.ts'
import type { JsonObject } from '../../manifest/json.ts'
import type { DeployerName } from '../deployer.ts'

/** A chart of this repository with all that it is released with. */
export interface Release {
  /** Equal on both sides for the same release. */
  readonly key: string
  /** The files that say that it is released, and with what: the object itself first; the chart itself where nothing names it. */
  readonly by: readonly string[]
  /** The folder of the chart. */
  readonly chart: string
  readonly name: string
  readonly namespace?: string
  /** What its source follows, as of a unit. */
  readonly revision?: string
  readonly isOfFlux?: true
  readonly repository?: string
  /** The cluster, as of a unit. */
  readonly destination?: string
  /** Later ones win; all of them over those of the chart. */
  readonly values: readonly Values[]
  readonly set: readonly ChartParameter[]
  /** What kustomizations are laid over the output, one after the other. */
  readonly overlays: readonly JsonObject[]
  /** Labels and annotations that every object gets after that. */
  readonly metadata?: JsonObject
  /** Folders of this repository that the chart draws in, by the name that it gives them. */
  readonly drawn: ReadonlyMap<string, string>
  /** What releases it, where something does. */
  readonly deployer?: DeployerName
  /** The layer that says so, as findings know it. */
  readonly layer?: { readonly kind: string; readonly resource: string }
  /** What else is said of it that no rendering shows: equal texts say the same. */
  readonly rest: string
}

/** A text of YAML, and the file in which it is written. */
export interface Values {
  readonly path: string
  readonly text: string
}

/** One value by its path, as `--set` takes it. */
export interface ChartParameter {
  readonly name: string
  readonly value: string
  readonly isText: 'yes' | 'no'
}

/** What helm makes of a release, or that it refuses it, or why it was not asked to its end. */
export type ChartOutput =
  | { readonly kind: 'rendered'; readonly text: string }
  | { readonly kind: 'refused'; readonly complaint: string }
  | { readonly kind: 'not-rendered'; readonly why: NotRendered }

/** A release that is known to be there and cannot be rendered. */
export interface UnrenderedRelease extends Pick<Release, 'key' | 'by' | 'chart'> {
  readonly why: NotRendered
  /** The files of values that it reads, as far as they are known. */
  readonly reads: readonly string[]
}

/** A release on both sides, as far as it is there. */
export interface ReleasePair {
  readonly key: string
  readonly before?: Release | UnrenderedRelease
  readonly after?: Release | UnrenderedRelease
  /** No change reaches it: both sides are the same. */
  readonly untouched?: true
}

/** The same with what was made of it. */
export interface RenderedPair {
  readonly pair: ReleasePair
  readonly before?: ChartOutput
  readonly after?: ChartOutput
  /** The base side once more, where the two sides differ: what is random differs here, too. */
  readonly again?: ChartOutput
}

/** The folders of its chart and of what that draws in. */
export function chartFolders({ chart, drawn }: Pick<Release, 'chart' | 'drawn'>): readonly string[] {
  return [chart, ...drawn.values()]
}

/** Whether it can be rendered at all. */
export function isRenderable(release: Release | UnrenderedRelease | undefined): release is Release {
  return release !== undefined && !('why' in release)
}
