import { at, labelsOf, textOf, textsOf } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Subject, Target } from '../../reach.ts'
import { specOf } from '../spec.ts'

/** The namespaces whose pods are disturbed: those that it names, else its own. */
function namespacesOf({ body, namespace }: Subject): readonly (string | undefined)[] {
  const told = [
    ...textsOf(at(body, 'spec', 'selector', 'namespaces')),
    ...[textOf(at(body, 'spec', 'appinfo', 'appns')) ?? []].flat(),
  ]
  return told.length > 0 ? told : [namespace]
}

function reach(subject: Subject): readonly Target[] {
  const labels = labelsOf(at(subject.body, 'spec', 'selector', 'labelSelectors'))
  return namespacesOf(subject).map((namespace) =>
    Object.keys(labels).length > 0
      ? { kind: 'pods', labels, among: { namespace } }
      : { kind: 'residents', namespace },
  )
}

/** Experiments that end pods, or keep what is sent from them: as long as one lasts, nobody answers. */
export const disturbing: readonly KindEntry[] = ['chaos-mesh.org', 'litmuschaos.io'].map((group) => ({
  group,
  decides: specOf,
  reach,
  partial: true,
  quiet: true,
}))
