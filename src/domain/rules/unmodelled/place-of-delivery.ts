import type { Comparison } from '../../diff/comparison.ts'
import { modelledIn } from '../../manifest/modelled.ts'
import { onlyMesh, type Placed, placedByUnits } from '../../routing/meshes/mesh-division.ts'
import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'

/** Where deliverers take what they deliver, and where somebody has something of the mesh on the base side. */
interface Places {
  readonly of: (placed: Placed) => string
  readonly inUse: ReadonlySet<string>
}

/**
 * The mesh that something is delivered to. Where a repository of several clusters counts as one mesh, since delegates find nobody else,
 * it is the cluster.
 */
export const placesIn = memoized((comparison: Comparison): Places => {
  const { base, meshOf } = comparison
  const clusters = new Set(base.manifests.files.flatMap(placesOfUnits).flatMap(clusterOf))
  const of = (placed: Placed) => {
    const mesh = meshOf(placed) ?? ''
    return mesh === onlyMesh && clusters.size > 1 ? (clusterOf(placed)[0] ?? mesh) : mesh
  }
  return { of, inUse: new Set(modelledIn(base.manifests).map(of)) }
})

/** The units that deliver a file; none where it counts as it is written. */
export function placesOfUnits(file: SourceFile): readonly Placed[] {
  return file.delivered === undefined ? [] : placedByUnits(file)
}

function clusterOf({ unit }: Placed): readonly string[] {
  const said = unit?.mesh ?? unit?.destination
  return said === undefined ? [] : [said]
}
