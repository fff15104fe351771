import type { Comparison } from '../diff/comparison.ts'
import { testDataFolder } from '../manifest/files/test-data.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { note } from '../rules/note.ts'
import type { Finding } from '../rules/rule.ts'
import { quoted, say } from '../words/phrase.ts'

/** Whether a deployer, or another tool, takes a file up. */
export type IsTaken = (path: string) => boolean

/**
 * What is wrong in test data blocks nobody: manifests that are broken on purpose belong there. Since nothing but the name of a folder says
 * so, it asks. It is no test data where a deployer of this repository takes it up, or where a manifest elsewhere delegates to it or the
 * reverse.
 */
export function askingInTestData(
  findings: readonly Finding[],
  comparison: Comparison,
  isTaken: IsTaken,
): readonly Finding[] {
  const usedElsewhere = [...comparison.base.meshes, ...comparison.merged.meshes].flatMap(delegatedAcross)
  const used = new Set(usedElsewhere)
  return findings.map((finding) => {
    const path = finding.range?.file.path ?? ''
    const folder = testDataFolder(path)
    if (finding.effect !== 'block' || folder === undefined || used.has(path) || isTaken(path)) return finding
    const because = note(
      say`Nothing here is known to deliver what is in ${quoted(folder)}: it asks, and does not block`,
    )
    return { ...finding, effect: 'require-approval', because: [...finding.because, because] }
  })
}

/** The files on both ends of each delegate that leads into test data, or out of it. */
function delegatedAcross({ graph }: Mesh): readonly string[] {
  return graph.edges.flatMap(({ primary, secondary }) => {
    if (secondary === undefined) return []
    const ends = [primary.file.path, secondary.file.path]
    return new Set(ends.map((path) => testDataFolder(path) === undefined)).size > 1 ? ends : []
  })
}
