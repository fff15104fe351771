import type { JsonObject } from '../manifest/json.ts'

/** What happens to a request: the action in normal form, and the VirtualService (`ns/name`) that supplied it. */
export interface Outcome {
  readonly action: JsonObject
  readonly supplier: string
  /** Two outcomes are equal exactly when their keys are. */
  readonly key: string
}
