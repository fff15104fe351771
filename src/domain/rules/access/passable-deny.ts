import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import { code, nameOf } from '../../terms/code.ts'
import { type Phrase, say, words } from '../../words/phrase.ts'
import { note } from '../note.ts'
import type { Fault, Rule } from '../rule.ts'
import { type Passed, passedPolicies } from './passed-policies.ts'

/** What a policy denies by its text is not denied to whoever writes it otherwise, and the same route answers. */
export const passableDeny: Rule = {
  id: 'passable-deny',
  severity: 'warning',
  effect: 'report',
  configurable: true,
  summary:
    'A policy denies a host or a path at a gateway, and the same request passes by another way to write it.',
  *check(side, comparison) {
    const tried = { left: budgets.passingRequests.size }
    for (const mesh of side.meshes) {
      for (const passed of passedPolicies(mesh, comparison.settings, tried))
        yield explain(passed, mesh, comparison)
    }
  },
}

function explain(
  { policy, operation, by, denied, passing, route }: Passed,
  mesh: Mesh,
  { ownership }: Comparison,
): Fault {
  const team = ownership.teamOf(policy)
  return {
    code: `passable-deny.${by}`,
    ...(by === 'host'
      ? {
          clause: say`AuthorizationPolicy ${code(policy.name)} denies ${code(denied.authority)}, and ${code(passing.authority)} passes`,
          rest: say`: the port is part of the text that a policy compares, and no part of the host that a route has`,
        }
      : {
          clause: say`AuthorizationPolicy ${code(policy.name)} denies ${code(denied.path)}, and ${code(passing.path)} passes`,
          rest: say`: slashes are not merged before policies are asked`,
        }),
    range: rangeOf(operation, by === 'host' ? 'hosts' : 'paths'),
    because: [
      note(
        say`${nameOf(route.from.secondary ?? route.from.primary)} answers both alike`,
        rangeOf(route.from.http),
      ),
    ],
    todo: remedy(by, denied.authority),
    resource: identityOf(policy),
    kind: 'security.istio.io/AuthorizationPolicy',
    mesh: mesh.name,
    fingerprint: canonicalJson([by, denied.authority, denied.path]),
    ...(team.owners.length > 0 && { teams: [team] }),
  }
}

function remedy(by: Passed['by'], host: string): Phrase {
  return by === 'host'
    ? say`Deny ${code(`${host}:*`)}, too`
    : words('Merge slashes in the mesh (pathNormalization: MERGE_SLASHES), or allow what is meant instead')
}
