import type { Decoded } from './decoding/decoded.ts'
import type { virtualServiceSpec } from './decoding/istio-schema.ts'
import type { Resource } from './resource.ts'

/**
 * The shapes of networking.istio.io VirtualService in Istio's own JSON names, as the schema states them: an absent field,
 * `null`, and for scalars and lists the zero value are all absent here. An empty object is present: it matters to the merge.
 */
export interface VirtualService extends Resource {
  readonly kind: 'VirtualService'
  readonly spec: VirtualServiceSpec
}

/** Of `tcp` and `tls` only that they are there is looked at. */
export type VirtualServiceSpec = Decoded<typeof virtualServiceSpec>

/** One entry of `spec.http`. */
export type HTTPRoute = ElementOf<VirtualServiceSpec['http']>

/** All conditions of one match must hold. */
export type HTTPMatchRequest = ElementOf<HTTPRoute['match']>

/** The fields that say what a route does with a request. */
export type ActionField = Exclude<Extract<keyof HTTPRoute, string>, 'name' | 'match' | 'delegate'>

/** One of the weighted ends of a route. */
export type HTTPRouteDestination = ElementOf<HTTPRoute['route']>

/** A service as it is written: `host` may be short, and is not resolved yet. */
export type Destination = NonNullable<HTTPRoute['mirror']>

/**
 * A proto oneof: at most one of the three is there. `{ prefix: '' }` is set with an empty value, `{}` is present and
 * empty; a header whose value is `null` reads as `{}` (presence).
 */
export type StringMatch = NonNullable<HTTPMatchRequest['uri']>

/** What is done to the headers of a request or a response. */
export type Headers = NonNullable<HTTPRoute['headers']>

/** Delays and aborts that Envoy injects. */
export type Fault = NonNullable<HTTPRoute['fault']>

/** A share of the requests; without a value none. */
export type Percent = NonNullable<HTTPRoute['mirrorPercentage']>

type ElementOf<List extends readonly unknown[] | undefined> = NonNullable<List>[number]
