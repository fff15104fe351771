import { canonicalJson } from '../../manifest/json.ts'
import { isBelow } from '../../manifest/layers/paths.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { leadsAway } from '../revisions.ts'
import { isRenderable, type Release, type ReleasePair, type UnrenderedRelease } from './release.ts'

type Either = Release | UnrenderedRelease

/**
 * The releases of both sides, each with what it is on the other: first those that a change may reach, since it changes a file of the
 * chart, a file of values, or the release itself. One that is named otherwise than before is the same where only one of its chart is
 * left over.
 */
export function pairsOfReleases(
  base: readonly Either[],
  merged: readonly Either[],
  {
    changed,
    unmerged,
  }: { readonly changed: ReadonlySet<string>; readonly unmerged?: ReadonlySet<string> | undefined },
): readonly ReleasePair[] {
  const pairs = pairedReleases(base, merged, unmerged).toSorted((a, b) => compareTexts(a.key, b.key))
  const reached = pairs.filter((pair) => isReached(pair, changed))
  const known = new Set(reached)
  return [...reached, ...pairs.filter((pair) => !known.has(pair)).flatMap(untouched)]
}

function untouched({ key, after }: ReleasePair): readonly ReleasePair[] {
  return after === undefined ? [] : [{ key, before: after, after, untouched: true }]
}

/** Several clusters may have releases of one key: those that the same file says are one, then the others in order. */
function pairedReleases(
  base: readonly Either[],
  merged: readonly Either[],
  unmerged: ReadonlySet<string> | undefined,
): readonly ReleasePair[] {
  const old = [...base]
  const pairs = new Map<Either, Either>()
  for (const isSame of [
    (a: Either, b: Either) => a.key === b.key && a.by[0] === b.by[0],
    (a: Either, b: Either) => a.key === b.key,
    (a: Either, b: Either) => a.chart === b.chart,
  ])
    for (const after of merged) {
      const at = pairs.has(after) ? -1 : old.findIndex((before) => isSame(before, after))
      const [before] = at === -1 ? [] : old.splice(at, 1)
      if (before !== undefined) pairs.set(after, before)
    }
  return [
    ...merged.map((after) => {
      const before = pairs.get(after)
      return { key: after.key, after: fromElsewhere(after, before, unmerged), ...(before && { before }) }
    }),
    ...old.map((before) => ({ key: before.key, before })),
  ]
}

/** One that newly follows another revision than what is merged gives what is not here. */
function fromElsewhere(
  after: Either,
  before: Either | undefined,
  unmerged: ReadonlySet<string> | undefined,
): Either {
  if (!(isRenderable(after) && isRenderable(before) && leadsAway(before, after, unmerged))) return after
  const { key, by, chart, values } = after
  return { key, by, chart, why: 'revision', reads: values.map(({ path }) => path) }
}

function isReached({ before, after }: ReleasePair, changed: ReadonlySet<string>): boolean {
  if (saysOf(before) !== saysOf(after)) return true
  const sides = [before, after].flatMap((each) => each ?? [])
  return [...changed].some((path) => sides.some((each) => reads(each, path)))
}

function saysOf(release: Either | undefined): string {
  if (!isRenderable(release))
    return canonicalJson(release === undefined ? null : [release.chart, release.why])
  const { drawn, values, set, layer: _, key: __, by: ___, deployer: ____, ...rest } = release
  const texts = values.map(({ text }) => text)
  return canonicalJson([{ ...rest }, [...drawn].flat(), texts, set.map((each) => ({ ...each }))])
}

/** Whether what is at a path is part of a release. */
export function reads(release: Either, path: string): boolean {
  if (isBelow(path, release.chart) || release.by.includes(path)) return true
  if (!isRenderable(release)) return release.reads.includes(path)
  return (
    release.values.some((each) => each.path === path) ||
    [...release.drawn.values()].some((folder) => isBelow(path, folder))
  )
}
