import { type Doubt, doubt } from '../doubt.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { identityOf } from '../manifest/names.ts'
import { type NotCompared, withWeightsOf } from '../manifest/run-time/with-weights-of.ts'
import type { Placed } from '../routing/meshes/mesh-division.ts'
import { type Settled, settleByCluster } from '../routing/meshes/settle-by-cluster.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { clustersOf, type NamedSnapshot, type Snapshots } from './clusters.ts'
import type { Policy } from './configuration/policy.ts'
import { setAtRunTime } from './configuration/set-at-run-time.ts'

interface Sides {
  readonly base: Manifests
  readonly merged: Manifests
  readonly meshOf: (placed: Placed) => string | undefined
  readonly policy: Policy
  readonly snapshots: Snapshots
}

/** Both sides with what others know of them than Git. */
export interface BeyondGit extends Settled {
  readonly assumptions: readonly Doubt[]
  /** What is wrong with the snapshots of each side. */
  readonly mistakes: { readonly base: readonly Diagnostic[]; readonly merged: readonly Diagnostic[] }
}

/** Weights that something sets at run time are left out of the comparison; what a cluster had settles what Git does not say. */
export function beyondGit({ base, merged: written, meshOf, policy, snapshots }: Sides): BeyondGit {
  const { manifests: merged, notCompared } = withWeightsOf(base, written, {
    base: setAtRunTime(base, policy),
    merged: setAtRunTime(written, policy),
    meshOf,
  })
  const { clusters, unplaced } = clustersOf(snapshots.base, { base, policy, meshOf })
  const after = clustersOf(snapshots.merged, { base: merged, policy, meshOf })
  const before = [...clusters, ...unplaced]
  return {
    ...settleByCluster({ base, merged, meshOf, clusters }),
    assumptions: [...notCompared.map(setElsewhere), ...before.flatMap(unused)],
    mistakes: {
      base: before.flatMap(mistakesOf),
      merged: [...after.clusters, ...after.unplaced].flatMap(mistakesOf),
    },
  }
}

function setElsewhere({ virtualService, by }: NotCompared): Doubt {
  return doubt({ code: 'run-time', of: identityOf(virtualService), by }, rangeOf(virtualService))
}

function mistakesOf({ snapshot }: NamedSnapshot): readonly Diagnostic[] {
  return snapshot.diagnostics
}

function unused({ snapshot: { path, diagnostics } }: NamedSnapshot): readonly Doubt[] {
  const isWrong = diagnostics.some(({ severity }) => severity === 'error')
  return isWrong ? [doubt({ code: 'snapshot-unused', file: path })] : []
}
