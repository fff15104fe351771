import { compareSides } from '../src/domain/deployment/compare-sides.ts'
import { takeOutSnapshots } from '../src/domain/policy/clusters.ts'
import { judgeCodeowners } from '../src/domain/policy/judge-codeowners.ts'
import { everything } from '../src/domain/reach/asked.ts'
import { nestedDelegate } from '../src/domain/rules/delegation/nested-delegate.ts'
import { secondaryWithBindings } from '../src/domain/rules/delegation/secondary-with-bindings.ts'
import { invalidManifest } from '../src/domain/rules/input/invalid-manifest.ts'
import type { KubernetesObject } from './mesh.ts'
import { filesOf, policy } from './ours.ts'
import { chanceFrom } from './random.ts'
import { randomObject } from './random-object.ts'

/** An object that the webhook and we do not say the same of. */
export interface Misjudged {
  readonly object: KubernetesObject
  /** What the webhook says; nothing where it admits the object. */
  readonly verdict: string
}

/** Objects with odd values, each under a name of its own; the same for the same numbers. */
export function randomObjects(from: number, count: number): readonly KubernetesObject[] {
  return Array.from({ length: count }, (_, index) =>
    randomObject(chanceFrom(Math.imul(from + index + 1, 0x9e3779b1)), `o${from + index}`),
  )
}

/** The objects of which we say that they are refused and the webhook that they are not, or the other way round. */
export function misjudged(
  objects: readonly KubernetesObject[],
  verdicts: readonly string[],
): readonly Misjudged[] {
  const refused = refusedByUs(objects)
  return objects.flatMap((object, index) => {
    const verdict = verdicts[index] ?? ''
    const { namespace, name } = object.metadata
    return refused.has(`${namespace}/${name}`) === (verdict !== '') ? [] : [{ object, verdict }]
  })
}

/** Those that some finding says the webhook refuses, by `ns/name`. */
function refusedByUs(objects: readonly KubernetesObject[]): ReadonlySet<string> {
  const sides = { base: [], merged: filesOf(objects), changed: [], snapshots: [] }
  const { comparison } = compareSides(
    takeOutSnapshots(sides, policy),
    policy,
    judgeCodeowners({ changed: [] }),
  )
  const faults = [invalidManifest, secondaryWithBindings, nestedDelegate].flatMap((rule) => [
    ...rule.check(comparison.merged, comparison, everything),
  ])
  return new Set(faults.flatMap(({ admission, resource }) => (admission === 'rejected' ? [resource] : [])))
}
