import type { Comparison } from '../../diff/comparison.ts'
import type { Policy } from '../../policy/configuration/policy.ts'
import type { Questioned } from '../../policy/questions/ask.ts'
import { type ResourceChange, resourceChanges } from '../../policy/questions/resource-change.ts'
import { asksOf } from '../../policy/requirements.ts'
import type { ComparedSides } from '../compare-sides.ts'
import { clustersPerhapsOne } from './clusters-perhaps-one.ts'

/** What is asked of a comparison in which two clusters are one. */
export function ifOneCluster(
  { comparison, comparedIn, beyond }: Pick<ComparedSides, 'comparison' | 'comparedIn' | 'beyond'>,
  { delivered, policy }: { readonly delivered: readonly ResourceChange[]; readonly policy: Policy },
): NonNullable<Questioned['perhapsOne']> {
  // Where the configuration says which meshes there are, that counts.
  if (policy.meshes.length > 0) return { worlds: [], areMore: false }
  const { pairs, areMore } = clustersPerhapsOne({ comparison, delivered, meshOf: beyond.meshOf })
  const worlds = pairs.map(({ clusters, meshOf }) => ({
    clusters,
    // What enters no mesh for certain is asked about once, whatever is one.
    asks: asksOf(questionedIn(comparedIn(meshOf), policy)).filter(
      ({ reason }) => reason.code !== 'beside-meshes',
    ),
  }))
  return { worlds, areMore }
}

/** Of the objects alone: what is written in files is asked about once. */
export function questionedIn(comparison: Comparison, policy: Policy): Questioned {
  const delivered = resourceChanges(comparison, policy.consent)
  return {
    comparison,
    delivered,
    policy,
    resources: [],
    files: [],
    findings: [],
    redivided: [],
    restated: [],
  }
}
