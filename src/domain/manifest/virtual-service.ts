import type { Located } from '../source/located.ts'
import type { JsonObject } from './json.ts'
import type { Unknown } from './placeholders.ts'
import type { Resource } from './resource.ts'

/**
 * The shapes of networking.istio.io VirtualService in Istio's own JSON names (istio/api
 * `networking/v1alpha3/virtual_service.proto`), read as proto3 JSON: an absent field, `null`, and for scalars and
 * lists the zero value are all absent here. An empty object is present: it matters to the merge.
 */
export interface VirtualService extends Resource {
  readonly kind: 'VirtualService'
  readonly spec: VirtualServiceSpec
}

/** Of `tcp` and `tls` only that they are there is looked at; they are kept as Istio's JSON. */
export interface VirtualServiceSpec extends Located {
  readonly hosts?: readonly string[]
  readonly gateways?: readonly string[]
  readonly http?: readonly HTTPRoute[]
  readonly tcp?: readonly JsonObject[]
  readonly tls?: readonly JsonObject[]
  readonly exportTo?: readonly string[]
}

/** One entry of `spec.http`. The fields of the action are kept as Istio's JSON. */
export interface HTTPRoute extends Located, ActionFields {
  readonly name?: string
  readonly match?: readonly HTTPMatchRequest[]
  readonly delegate?: Delegate
}

/** The secondary that supplies the routes of an entry; without `namespace`, one in the primary's own. */
export interface Delegate extends Located {
  readonly name?: string
  readonly namespace?: string
}

/** What a route does with a request. */
export interface ActionFields {
  readonly route?: readonly HTTPRouteDestination[]
  readonly redirect?: JsonObject
  readonly directResponse?: JsonObject
  readonly rewrite?: JsonObject
  readonly timeout?: string
  readonly retries?: JsonObject
  readonly fault?: JsonObject
  readonly mirror?: Destination
  readonly mirrorPercent?: number | Unknown
  readonly mirrorPercentage?: JsonObject
  readonly mirrors?: readonly HTTPMirrorPolicy[]
  readonly corsPolicy?: JsonObject
  readonly headers?: JsonObject
}

/** One of the weighted ends of a route. */
export interface HTTPRouteDestination extends Located {
  readonly destination?: Destination
  readonly weight?: number | Unknown
  readonly headers?: JsonObject
}

/** One of `mirrors`: where a copy of the request goes, and of how many. */
interface HTTPMirrorPolicy extends Located {
  readonly destination?: Destination
  readonly percentage?: JsonObject
}

/** A service as it is written: `host` may be short, and is not resolved yet. */
export interface Destination extends Located {
  readonly host?: string
  readonly subset?: string
  readonly port?: { readonly number?: number | Unknown }
}

/** All conditions of one match must hold. */
export interface HTTPMatchRequest extends Located {
  readonly name?: string
  readonly uri?: StringMatch
  readonly scheme?: StringMatch
  readonly method?: StringMatch
  readonly authority?: StringMatch
  readonly headers?: Readonly<Record<string, StringMatch>>
  readonly withoutHeaders?: Readonly<Record<string, StringMatch>>
  readonly queryParams?: Readonly<Record<string, StringMatch>>
  readonly port?: number | Unknown
  readonly gateways?: readonly string[]
  readonly sourceLabels?: Readonly<Record<string, string>>
  readonly sourceNamespace?: string
  readonly ignoreUriCase?: boolean
  readonly statPrefix?: string
}

/**
 * A proto oneof: at most one of the three is there. `{ prefix: '' }` is set with an empty value, `{}` is present and
 * empty; a header whose value is `null` reads as `{}` (presence).
 */
export interface StringMatch extends Located {
  readonly exact?: string
  readonly prefix?: string
  readonly regex?: string
}
