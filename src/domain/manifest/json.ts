/** A JSON value, as the API server would hand it to Istio. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [field: string]: JsonValue | undefined
}
