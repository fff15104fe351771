import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { YamlFaultCode } from '../source/yaml-fault.ts'
import type { DecodingFaultCode } from './decoding/decoding-fault.ts'
import type { DocumentFaultCode } from './document-fault.ts'
import type { Gateway } from './gateway.ts'
import type { Rewriting } from './layers/git/git-attributes.ts'
import type { NotDeployed } from './not-deployed.ts'
import type { UnmodelledResource } from './resource.ts'
import type { ValidationFaultCode } from './validation/validation-fault.ts'
import type { VirtualService } from './virtual-service.ts'

/** Everything that the files of one side say, in the order of path and offset. */
export interface Manifests {
  readonly virtualServices: readonly VirtualService[]
  readonly gateways: readonly Gateway[]
  readonly unmodelled: readonly UnmodelledResource[]
  /** Every mistake in a manifest, those that make it unreadable included; not the templates. */
  readonly diagnostics: readonly ManifestDiagnostic[]
  /** Files (or documents of them) that name the mesh and could not be read or decoded: the analysis is incomplete. */
  readonly unreadable: readonly Unreadable[]
  /** Where Git itself makes other texts of manifests, or of layers over them, than those that were read. */
  readonly rewritten?: readonly Rewriting[]
  /** Other documents of files with objects of the mesh, for which Kubernetes refuses the file or what follows in it. */
  readonly refusedBeside: readonly Unreadable[]
  /** Files with objects of which a part decides about the requests of the mesh: its Services, their pods, its Namespaces. */
  readonly partly?: ReadonlySet<string>
  /** Units that do not build: nothing of them is applied. */
  readonly notDeployed?: readonly NotDeployed[]
  /** The paths of those files with VirtualServices that were not looked into. */
  readonly apart?: ReadonlySet<string>
  /** When a cluster made objects of the Gateway API and Ingresses, by mesh; absent where no snapshot says it. */
  readonly agesIn?: ReadonlyMap<string, Ages>
  /** All files that were looked through, in order of path, those that say nothing about the mesh included. */
  readonly files: readonly SourceFile[]
}

/** Everything that can be wrong with a manifest: its YAML, the document as a whole, the shape of an object, its values. */
export type ManifestFaultCode = YamlFaultCode | DocumentFaultCode | DecodingFaultCode | ValidationFaultCode

/** When objects were made, by kind and `ns/name`. */
export type Ages = ReadonlyMap<string, NonNullable<UnmodelledResource['inCluster']>>

/** A mistake in a manifest: `resource` is `ns/name` where it is known; `admission` says that Istio's webhook refuses it. */
export interface ManifestDiagnostic extends Diagnostic<ManifestFaultCode> {
  readonly resource?: string
  readonly admission?: 'rejected'
}

/** A document that names the mesh and could not be read, and why. */
export interface Unreadable {
  readonly path: string
  readonly diagnostic: ManifestDiagnostic
  /** The document is the source of a manifest, to be rendered by another tool. */
  readonly template?: true
  /** It stands beside an object of the mesh, and is none itself. */
  readonly beside?: true
  /** Only this object could not be decoded; whoever applies the file reads on. */
  readonly object?: true
  /** The text that is deployed stands somewhere else. */
  readonly elsewhere?: true
}
