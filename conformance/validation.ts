import { compareSides } from '../src/domain/deployment/compare-sides.ts'
import { takeOutSnapshots } from '../src/domain/policy/clusters.ts'
import { judgeCodeowners } from '../src/domain/policy/judge-codeowners.ts'
import { everything } from '../src/domain/reach/asked.ts'
import { delegateBesideAction } from '../src/domain/rules/delegation/delegate-beside-action.ts'
import { nestedDelegate } from '../src/domain/rules/delegation/nested-delegate.ts'
import { secondaryWithBindings } from '../src/domain/rules/delegation/secondary-with-bindings.ts'
import { invalidManifest } from '../src/domain/rules/input/invalid-manifest.ts'
import type { JudgedObject } from './frozen.ts'
import type { KubernetesObject } from './mesh.ts'
import { filesOf, policy } from './ours.ts'
import { chanceFrom } from './random.ts'
import { randomObject } from './random-object.ts'

/** Objects with odd values, each under a name of its own; the same for the same numbers. */
export function randomObjects(from: number, count: number): readonly KubernetesObject[] {
  return Array.from({ length: count }, (_, index) =>
    randomObject(chanceFrom(Math.imul(from + index + 1, 0x9e3779b1)), `o${from + index}`),
  )
}

/** The objects of which we say that they are refused and the webhook that they are not, or the other way round. */
export function misjudged(judged: readonly JudgedObject[]): readonly JudgedObject[] {
  const together = Array.from({ length: Math.ceil(judged.length / batch) }, (_, index) =>
    judged.slice(index * batch, (index + 1) * batch),
  )
  return together.flatMap((some) => {
    const byUs = refusedByUs(some.map(({ object }) => object))
    return some.filter(({ object: { metadata }, refused }) => {
      return byUs.has(`${metadata.namespace}/${metadata.name}`) !== refused
    })
  })
}

/** So many are read together. */
const batch = 100

/** Those that some finding says the webhook refuses, by `ns/name`. */
function refusedByUs(objects: readonly KubernetesObject[]): ReadonlySet<string> {
  const sides = { base: [], merged: filesOf(objects), changed: [], snapshots: [] }
  const { comparison } = compareSides(
    takeOutSnapshots(sides, policy),
    policy,
    judgeCodeowners({ changed: [] }),
  )
  const faults = [invalidManifest, secondaryWithBindings, nestedDelegate, delegateBesideAction].flatMap(
    (rule) => [...rule.check(comparison.merged, comparison, everything)],
  )
  return new Set(faults.flatMap(({ admission, resource }) => (admission === 'rejected' ? [resource] : [])))
}
