import type { Manifests } from '../../manifest/manifests.ts'
import { flaggerRoutes } from '../../manifest/run-time/flagger-routes.ts'
import { rolloutRoutes } from '../../manifest/run-time/rollout-routes.ts'
import type { WeightedRoutes } from '../../manifest/run-time/weighted-routes.ts'
import { externalNames } from './external-names.ts'
import { pathRules } from './path-rules.ts'
import type { Policy } from './policy.ts'

/** The routes of one side whose weights are set while it runs, as far as the configuration wants to know of it. */
export function setAtRunTime({ unmodelled, files }: Manifests, policy: Policy): readonly WeightedRoutes[] {
  const { ignoreFields, ignoreWeights } = policy
  return [
    ...(ignoreFields.includes('flagger') ? flaggerRoutes(unmodelled) : []),
    ...(ignoreFields.includes('argo-rollouts') ? rolloutRoutes(files, pathRules(policy).namespaceOf) : []),
    ...(ignoreWeights.length === 0 ? [] : [namedIn(ignoreWeights)]),
  ]
}

function namedIn(globs: readonly string[]): WeightedRoutes {
  const isOf = externalNames({ external: globs })
  return { isOf, by: 'ignoreWeights', isEntry: () => true, isPair: () => true }
}
