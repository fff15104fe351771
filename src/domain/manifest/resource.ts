import type { Located } from '../source/located.ts'
import type { Overlay, SourceFile, UnitPlace } from '../source/source-file.ts'
import type { DecodedPolicy } from './authorization-policy.ts'
import type { JsonObject } from './json.ts'
import type { LayerStatement } from './layers/layer-statement.ts'

/** What a snapshot of the cluster says of an object. */
interface InCluster {
  /** The path of the snapshot. */
  readonly snapshot: string
  /** When the cluster made it, in UTC to the second. */
  readonly created?: string
  /** Only the snapshot says the namespace. */
  readonly saysNamespace?: true
  /** No file here holds the object. */
  readonly isDeliveredElsewhere?: true
}

/** What an object is called. Without `namespace` nothing says which it is: it is unknown, not `default`. */
export interface ResourceName {
  readonly name: string
  readonly namespace?: string | undefined
}

/** What every Kubernetes object in a manifest has. */
export interface Resource extends Located, ResourceName {
  readonly kind: string
  readonly apiVersion: string
  readonly name: string
  readonly namespace?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly file: SourceFile
  /** What delivers it, where it is not taken as it is written. */
  readonly unit?: UnitPlace
  /** What made of it what is delivered, where that is not what is written. */
  readonly overlay?: Overlay
  /** Everything that is written, as JSON: what a reader of the file would see, whether or not Istio reads it. */
  readonly body: JsonObject
  /** The lists that it is an item of, the outermost first, as JSON without their items; absent where there are none. */
  readonly around?: readonly JsonObject[]
  /** Istio's webhook, or the API server, refuses the object as it is written. */
  readonly refused?: true
  readonly inCluster?: InCluster
  /** Only the other side says the namespace. */
  readonly isNamespaceImplied?: true
}

/** An object that Firebreak recognises but does not model: another kind of networking.istio.io, for example. */
export interface UnmodelledResource extends Resource {
  /** What an AuthorizationPolicy says, each value with its place. */
  readonly policy?: DecodedPolicy
  /** Paths of the files that it decides about, where it is a layer above them. */
  readonly reaches?: readonly string[]
  /** What it says of them, one by one: of two sides of a layer only what one of them says concerns anybody. */
  readonly says?: readonly LayerStatement[]
  /** What else it says, which concerns no manifest of the mesh that is there, each as canonical JSON. */
  readonly alsoSays?: readonly string[]
}
