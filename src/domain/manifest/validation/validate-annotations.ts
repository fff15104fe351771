import { rangeOf } from '../../source/located.ts'
import { type Problem, refused } from '../decoding/problem.ts'
import type { Resource } from '../resource.ts'

const refusals: Readonly<Record<string, string>> = {
  'istio.io/dry-run': 'only an AuthorizationPolicy can be tried out with it',
  'internal.istio.io/webhook-always-reject': 'it asks the webhook to refuse the object',
  'internal.istio.io/parents': 'only Istio itself may set it',
  'internal.istio.io/parent-namespace': 'only Istio itself may set it',
}

/** Annotations for which the webhook refuses any object of the mesh (Istio `validateMetadata`). */
export function validateAnnotations({ annotations }: Resource): readonly Problem[] {
  return Object.keys(annotations)
    .filter((key) => Object.hasOwn(refusals, key))
    .map((key) => refused(`The annotation \`${key}\`: ${refusals[key]}`, rangeOf(annotations, key)))
}
