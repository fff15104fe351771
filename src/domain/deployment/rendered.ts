import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import type { Both } from './both.ts'
import { type Built, isDelivered } from './build-unit.ts'
import type { BuiltUnit } from './built-units.ts'
import type { DeployedSide } from './tree-of-side.ts'

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
  const isKnown = (path: string, known: ReadonlySet<string>, { files }: DeployedSide) =>
    known.has(path) || files.every((file) => file.path !== path)
  return new Set(
    [...before, ...after].filter(
      (path) => isKnown(path, before, sides.base) && isKnown(path, after, sides.merged),
    ),
  )
}

function pathsIn(built: Built): readonly string[] {
  if (built === 'not known') return []
  return [...built.parts.map(({ path }) => path), ...('failed' in built ? [built.failed.path] : [])]
}

function renderedOn(units: readonly BuiltUnit[], told: ReadonlySet<string>): ReadonlySet<string> {
  const [known, unknown] = [new Set<string>(), new Set<string>()]
  for (const { unit, built } of units) {
    const isWhole = isDelivered(built) ? built.isComplete : told.has(unit.key)
    for (const path of pathsIn(built)) if (isKustomizationFile(path)) (isWhole ? known : unknown).add(path)
  }
  return known.difference(unknown)
}
