import type { Comparison } from '../../diff/comparison.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Team } from '../../ownership/team.ts'
import type { Redivided } from '../../routing/meshes/mesh-division.ts'
import type { Finding } from '../../rules/rule.ts'
import type { Policy } from '../configuration/policy.ts'
import type { Reason } from '../decision.ts'
import type { ChangedFile } from '../touched.ts'
import type { IfOneCluster } from './meshes/question-clusters.ts'
import type { ResourceChange } from './resource-change.ts'

/** What the four questions are asked about. */
export interface Questioned {
  readonly comparison: Comparison
  readonly resources: readonly ResourceChange[]
  /** What becomes of objects in clusters, whatever file says so. */
  readonly delivered: readonly ResourceChange[]
  readonly files: readonly ChangedFile[]
  readonly findings: readonly Finding[]
  readonly policy: Policy
  /** The objects that would lie in another mesh once the merged side is the base. */
  readonly redivided: readonly Redivided[]
  /** The names that meshes had on the base side, by those that the merged side would give them. */
  readonly renamed?: ReadonlyMap<string, string>
  /** What the proposed configuration puts into another mesh than the one in force, or delivers otherwise. */
  readonly restated: readonly Restated[]
  /** The base side as it is written, where the comparison is of what is delivered. */
  readonly written?: { readonly base: Manifests }
  /** What would be asked besides if clusters that are spelled in two ways were one. */
  readonly perhapsOne?: { readonly worlds: readonly IfOneCluster[]; readonly areMore: boolean }
}

/** An object that leaves a mesh, or enters one, by what is configured. */
export interface Restated {
  readonly mesh: string
  readonly how: 'left' | 'entered'
  readonly object: VirtualService | Gateway
}

/** One team that must agree, and why. */
export interface Ask {
  readonly team: Team | 'administrators'
  readonly reason: Reason
  /** Whose owners, on the base side, are the administrators here: asked where the team is unowned. */
  readonly primaries: readonly VirtualService[]
}
