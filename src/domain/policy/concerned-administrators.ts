import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Team } from '../ownership/team.ts'
import { administratorsOf } from './administrators.ts'
import type { Judgement } from './judgement.ts'
import {
  primariesOfChange,
  primariesOfResource,
  primariesOfResourceChange,
} from './questions/concerned-primaries.ts'
import { resourceChanges } from './questions/resource-change.ts'
import { isJudgeFile, pathsOf } from './touched.ts'

/** The administrators of every primary that a pull request concerns: the ones whose word can set a verdict aside. */
export function concernedAdministrators({
  comparison,
  findings,
  policy,
  touched,
}: Pick<Judgement, 'comparison' | 'findings' | 'policy' | 'touched'>): readonly Team[] {
  const primaries: VirtualService[] = [
    ...comparison.changes.flatMap((change) => primariesOfChange(comparison, change)),
    ...resourceChanges(comparison, policy.consent).flatMap((change) =>
      primariesOfResourceChange(comparison, change),
    ),
    ...findings
      .filter((finding) => finding.status === 'introduced')
      .flatMap(({ mesh, resource }) =>
        primariesOfResource(comparison, mesh, { kind: 'VirtualService', name: resource }),
      ),
  ]
  const snapshots = new Set(policy.snapshots.map(({ path }) => path))
  const judges = touched.files.flatMap(pathsOf).some((path) => isJudgeFile(path) || snapshots.has(path))
  const all = judges ? comparison.base.meshes.flatMap((mesh) => mesh.graph.primaries) : []
  return administratorsOf([...primaries, ...all], policy, comparison.ownership)
}
