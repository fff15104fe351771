import { rangeOf } from '../../source/located.ts'
import { ownValue } from '../../source/own-value.ts'
import type { Resource } from '../resource.ts'
import type { Cause } from './cause.ts'
import { type Problem, refused } from './problem.ts'

const refusals: Readonly<Record<string, Cause>> = {
  'istio.io/dry-run': 'dry-run',
  'internal.istio.io/webhook-always-reject': 'always-reject',
  'internal.istio.io/parents': 'internal',
  'internal.istio.io/parent-namespace': 'internal',
}

/** Annotations for which the webhook refuses any object of the mesh (Istio `validateMetadata`). */
export function validateAnnotations({ annotations }: Resource): readonly Problem[] {
  return Object.keys(annotations).flatMap((key) => {
    const cause = ownValue(refusals, key)
    return cause === undefined ? [] : [refused('annotation', rangeOf(annotations, key), key, cause)]
  })
}
