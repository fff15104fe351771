import type { Modelled } from '../../manifest/modelled.ts'
import { normalForm } from '../../manifest/normal-form.ts'

/**
 * Meshes that are called after their folders, and of which one goes while another comes that holds most of the same: the names that they
 * had, by those that they get. Where several would do, none is taken for renamed. A cluster that a deployer names is itself.
 */
export function renamedMeshes(
  base: readonly Modelled[],
  merged: readonly Modelled[],
  meshOf: (object: Modelled) => string,
): ReadonlyMap<string, string> {
  const names = [base, merged].map((objects) => new Set(objects.map(meshOf)))
  if (names[0]?.symmetricDifference(names[1] ?? new Set()).size === 0) return new Map()
  const [before, after] = [heldIn(base, meshOf), heldIn(merged, meshOf)]
  const gone = [...before].filter(([name]) => !after.has(name))
  const come = [...after].filter(([name]) => !before.has(name))
  return new Map(
    come.flatMap(([name, held]): readonly (readonly [string, string])[] => {
      const [found, ...others] = gone.filter(([, old]) => holdTheSame(old, held))
      if (found === undefined || others.length > 0) return []
      const isOnly = come.every(([other, all]) => other === name || !holdTheSame(found[1], all))
      return isOnly ? [[name, found[0]]] : []
    }),
  )
}

type Held = ReadonlySet<string>

/** What each mesh holds whose name no deployer gives. */
function heldIn(
  objects: readonly Modelled[],
  meshOf: (object: Modelled) => string,
): ReadonlyMap<string, Held> {
  const byMesh = Map.groupBy(objects, meshOf)
  return new Map(
    [...byMesh]
      .filter(([name, held]) => held.every(({ unit }) => unit?.destination !== name))
      .map(([name, held]) => [name, new Set(held.map(normalForm))]),
  )
}

function holdTheSame(a: Held, b: Held): boolean {
  return a.intersection(b).size * 2 > Math.max(a.size, b.size)
}
