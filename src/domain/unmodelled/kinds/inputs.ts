import type { KindEntry } from '../kind-entry.ts'
import { specOf } from './spec.ts'

/** What gives a ResourceSet of Flux its inputs: they become hosts, names and paths of what it makes. */
export const inputs: readonly KindEntry[] = [
  {
    group: 'fluxcd.controlplane.io',
    kinds: ['ResourceSetInputProvider'],
    decides: (subject) => [specOf(subject), subject.labels],
    reach: ({ name, namespace, labels }) => [{ kind: 'inputs', name, namespace, labels }],
    partial: true,
  },
]
