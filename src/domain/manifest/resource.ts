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
  /** What the control plane made it of; absent of what is written itself. */
  readonly madeOf?: MadeOf
}

/** An object of another kind, by which whatever the control plane makes of it is known. */
export interface MadeOf extends ResourceName {
  readonly kind: string
  /** Which part of it. */
  readonly part?: string
  /** Equal for whatever is exactly as old, though nobody may know how old; `before-all` has no age, and is read before all that has. */
  readonly age: string
}

/** The age of what is read before everything that has one. */
export const beforeAll = 'before-all'

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
  /** Of kinds of the Gateway API, as the schema of the kind reads it; absent where that does not take all of it. */
  readonly decoded?: JsonObject
}
