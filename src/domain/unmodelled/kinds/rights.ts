import type { JsonValue } from '../../manifest/json.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { type Rights, rightsBound, rightsOfRole } from '../reading/rights.ts'
import { specOf } from './spec.ts'

/** Who may write Services of a whole cluster runs it, and writes no routes by that. */
function ifFarEnough(rights: Rights, subject: Subject): JsonValue | undefined {
  const isOfAll = subject.kind.startsWith('Cluster')
  return rights === 'anywhere' || (rights === 'there' && !isOfAll) ? specOf(subject) : undefined
}

function roleDecides(subject: Subject): JsonValue | undefined {
  return ifFarEnough(rightsOfRole(subject.body), subject)
}

function bindingDecides(subject: Subject, { roles }: Setting): JsonValue | undefined {
  return ifFarEnough(rightsBound(subject, roles), subject)
}

/** Those of a namespace concern whoever lives there. */
function rightsReach({ kind, namespace }: Subject, { rootNamespaces }: Setting): readonly Target[] {
  const isOfAll = kind.startsWith('Cluster') || rootNamespaces.has(namespace ?? '')
  return [isOfAll ? { kind: 'everybody' } : { kind: 'residents', namespace }]
}

/**
 * Whoever may write objects of the mesh takes requests without a pull request: roles that allow it, and who is given them. A right
 * that is taken away takes none.
 */
export const rights: readonly KindEntry[] = [
  'rbac.authorization.k8s.io',
  'authorization.openshift.io',
].flatMap((group): readonly KindEntry[] => [
  {
    group,
    kinds: ['Role', 'ClusterRole'],
    decides: roleDecides,
    reach: rightsReach,
    partial: true,
    quietIfGone: true,
  },
  {
    group,
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    decides: bindingDecides,
    reach: rightsReach,
    partial: true,
    quietIfGone: true,
  },
])
