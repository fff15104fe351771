import { budgets } from '../budgets.ts'
import type { Comparison } from '../diff/comparison.ts'
import type { Gateway } from '../manifest/gateway.ts'
import type { Modelled } from '../manifest/modelled.ts'
import { identityOf } from '../manifest/names.ts'
import { normalForm } from '../manifest/normal-form.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import { type Mesh, meshWithout, type Snapshot } from '../routing/snapshot.ts'

/**
 * The comparison as it is where other copies of what is written several times live: once for each file in which a copy that is not
 * the last by path says something else than before. Of every other object that is written several times the copy nearest to that
 * file lives, since copies that belong together lie together.
 */
export function comparisonsOfCopies(comparison: Comparison): readonly Comparison[] {
  const { base, merged } = comparison
  return changedPaths(base, merged)
    .slice(0, budgets.judgedCopies.size)
    .map((path) => ({
      ...comparison,
      base: near(base, path, comparison),
      merged: near(merged, path, comparison),
    }))
}

function changedPaths(base: Snapshot, merged: Snapshot): readonly string[] {
  const sayingOf = (resource: Modelled) => `${resource.file.path}\n${normalForm(resource)}`
  const before = new Set(base.meshes.flatMap(objectsOf).map(sayingOf))
  const changed = merged.meshes
    .flatMap((mesh) => copiesIn(mesh).flatMap((copies) => copies.slice(0, -1)))
    .filter((copy) => !before.has(sayingOf(copy)))
  return [...new Set(changed.map(({ file }) => file.path))]
}

function objectsOf({ inForce }: Mesh): readonly Modelled[] {
  return [...inForce.virtualServices, ...inForce.gateways]
}

/** The objects of which there are several, in the order of their paths. What nothing or another tool names is nobody's copy. */
function copiesIn(mesh: Mesh): readonly (readonly Modelled[])[] {
  const named = objectsOf(mesh).filter((each) => each.namespace !== undefined && !isUnknown(identityOf(each)))
  const groups = Map.groupBy(named, (each) => JSON.stringify([each.kind, identityOf(each)]))
  return [...groups.values()].filter(({ length }) => length > 1)
}

function near(
  side: Snapshot,
  path: string,
  { settings, complete, isExternal, base, merged }: Comparison,
): Snapshot {
  const gateways = [...base.manifests.gateways, ...merged.manifests.gateways]
  const known = new Set(gateways.map((each: Gateway): string => identityOf(each)))
  const options = { settings, complete, isExternal, knownGateways: () => known }
  const meshes = side.meshes.map((mesh) => {
    const leftOut = copiesIn(mesh).flatMap((copies) => {
      const living = nearest(copies, path)
      return copies.filter((copy) => copy !== living)
    })
    return leftOut.length === 0 ? mesh : meshWithout(mesh, new Set(leftOut), options)
  })
  return { ...side, meshes }
}

/** The last of those that share most folders with a path; itself, if it is among them. */
function nearest(copies: readonly Modelled[], path: string): Modelled | undefined {
  const shared = ({ file }: Modelled) => {
    const [a, b] = [file.path.split('/'), path.split('/')]
    const apart = a.findIndex((each, at) => each !== b[at])
    return apart === -1 ? a.length : apart
  }
  return copies.toSorted((a, b) => shared(a) - shared(b)).at(-1)
}
