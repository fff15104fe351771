import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import type { Both } from './both.ts'
import type { DeployedSide } from './tree-of-side.ts'
import { type Built, isDelivered } from './units/build-unit.ts'
import type { BuiltUnit } from './units/built-unit.ts'

/**
 * The kustomizations of which all that they make is known, on every side on which they are there. Where a build newly fails, a cluster
 * keeps what it has; only what is told of that (`told`, by the keys of units) speaks for its kustomizations.
 */
export function renderedIn(
  units: Both<readonly BuiltUnit[]>,
  sides: Both<DeployedSide>,
  told: ReadonlySet<string>,
): ReadonlySet<string> {
  const [before, after] = [renderedOn(units.base, told), renderedOn(units.merged, told)]
  const pathsOf = ({ files }: DeployedSide) => new Set(files.map(({ path }) => path))
  const there = { base: pathsOf(sides.base), merged: pathsOf(sides.merged) }
  return new Set(
    [...before, ...after].filter(
      (path) => (before.has(path) || !there.base.has(path)) && (after.has(path) || !there.merged.has(path)),
    ),
  )
}

function pathsIn(built: Built): readonly string[] {
  if (built === 'not known') return []
  return [...built.parts.map(({ path }) => path), ...('failed' in built ? [built.failed.path] : [])]
}

/** The same of one side alone. */
export function renderedOn(
  units: readonly BuiltUnit[],
  told: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  const [known, unknown] = [new Set<string>(), new Set<string>()]
  for (const { unit, built } of units) {
    const isWhole = isDelivered(built) ? built.isComplete : told.has(unit.key)
    for (const path of pathsIn(built)) if (isKustomizationFile(path)) (isWhole ? known : unknown).add(path)
  }
  return known.difference(unknown)
}
