import type { JsonObject, JsonValue } from '../manifest/json.ts'
import type { ResourceName } from '../manifest/resource.ts'
import type { Grant, Token } from './reading/accounts.ts'
import type { DefinedKind } from './reading/definitions.ts'
import type { Denied } from './reading/denied.ts'
import type { Roles } from './reading/rights.ts'
import type { ClusterNamed } from './reading/setting/clusters-named.ts'
import type { Signed } from './reading/setting/signed.ts'

/** An object that another one names, as the Kubernetes API spells references out. */
export interface Reference {
  readonly group: string
  readonly kind: string
  readonly namespace: string | undefined
  readonly name: string
}

/**
 * Something that an object reaches, as far as the object itself says it. Whose that is, `resolveReach` finds out by the
 * tables, the other objects and CODEOWNERS.
 */
export type Target =
  /** Every workload of the mesh: the root namespace, the mesh's own configuration. */
  | { readonly kind: 'everybody' }
  /** Everything that runs in a namespace. */
  | { readonly kind: 'namespace'; readonly namespace: string | undefined }
  /** Whoever has something in a namespace, whatever runs there. */
  | { readonly kind: 'residents'; readonly namespace: string | undefined }
  /** The namespace that an object enters: reached only if whoever wrote it has nothing else there. */
  | { readonly kind: 'entered'; readonly namespace: string | undefined }
  /** Pods by their labels. */
  | {
      readonly kind: 'pods'
      readonly among: Among
      readonly labels: Labels
      /** Of what arrives at gateways on them, these requests only. */
      readonly denied?: readonly Denied[]
    }
  /** What runs pods, by its name: whoever has it, and the Services before it. */
  | { readonly kind: 'workload'; readonly namespace: string | undefined; readonly name: string }
  /** Requests for hosts at any gateway. */
  | { readonly kind: 'hosts'; readonly hosts: readonly string[] }
  /** Whatever arrives at the gateways that run on pods with these labels; `behind`: on pods here that have these and others. */
  | {
      readonly kind: 'gateway-pods'
      readonly labels: Labels
      readonly behind?: { readonly namespace: string | undefined }
    }
  /** Kubernetes Gateways for which Istio makes Services and Deployments of this name, and whoever is served by them. */
  | { readonly kind: 'made-for-gateway'; readonly namespace: string | undefined; readonly name: string }
  /** Requests for hosts at the gateway that serves Ingresses, if the class is Istio's. */
  | { readonly kind: 'ingress'; readonly class: string; readonly hosts: readonly string[] }
  /** Requests for hosts at what a route attaches itself to. */
  | {
      readonly kind: 'parent'
      readonly parent: Reference
      readonly hosts: readonly string[]
      readonly from: string | undefined
    }
  /** Calls of a host inside the mesh, of clients in these namespaces, or of all. */
  | { readonly kind: 'calls'; readonly host: string; readonly clients?: readonly string[] }
  /** Whoever answers for a host inside the mesh: its Service, its entry, the routes of its own. */
  | { readonly kind: 'service'; readonly host: string }
  /** Whoever calls Services by a port, in these namespaces or all. */
  | { readonly kind: 'port'; readonly port: number; readonly among?: readonly string[] }
  /** Whoever has a Service, or an entry, that is known by one of these addresses at one of these ports. */
  | { readonly kind: 'addresses'; readonly addresses: readonly string[]; readonly ports: readonly number[] }
  /** Whoever has a route that leads to some Service of a namespace. */
  | { readonly kind: 'led-into'; readonly namespace: string }
  /** Whoever has a route that leads to a Service. */
  | { readonly kind: 'backend'; readonly host: string }
  /** Whoever has one that leads there and names no port. */
  | { readonly kind: 'backend-without-port'; readonly host: string }
  /** The Services that select pods with these labels. */
  | { readonly kind: 'selecting'; readonly namespace: string | undefined; readonly labels: Labels }
  /** Whoever runs pods here with these labels: what selects them says how their proxies take what comes in. */
  | { readonly kind: 'selected'; readonly namespace: string | undefined; readonly labels: Labels }
  /** A VirtualService that is rewritten, and, where `all`, every route beside it. */
  | { readonly kind: 'virtual-service'; readonly named: ResourceName; readonly all: boolean }
  /** Everything of a class of Kubernetes Gateways. */
  | { readonly kind: 'gateway-class'; readonly name: string; readonly controller: string }
  /** Everything of a class of Ingresses. */
  | { readonly kind: 'ingress-class'; readonly name: string; readonly controller: string }
  /** Routes of some namespaces that lead into another. */
  | { readonly kind: 'grant'; readonly from: readonly string[]; readonly to: string | undefined }

  /** Whoever has an object. */
  | { readonly kind: 'object'; readonly of: Reference }
  /** Whoever has a Gateway, or a DestinationRule, that proves who it is by a Secret. */
  | { readonly kind: 'credential'; readonly name: string; readonly namespace: string | undefined }
  /** Whoever has manifests into which a deployer writes what a Secret, or a ConfigMap, holds under these keys, or under any. */
  | {
      readonly kind: 'values'
      readonly name: string
      readonly namespace: string | undefined
      readonly keys?: readonly string[]
      /** Something else makes the Secret, so that its values are not here. */
      readonly isMade: boolean
    }
  /** Whatever a ResourceSet makes of inputs that it takes from an object of this name, or with these labels. */
  | {
      readonly kind: 'inputs'
      readonly name: string
      readonly namespace: string | undefined
      readonly labels: Labels
    }
  /** Objects of the mesh, or pods, that are in some namespaces and bear some labels, by selectors of Kubernetes. */
  | {
      readonly kind: 'admitted'
      readonly of: 'objects' | 'pods'
      readonly namespaces: JsonValue
      readonly objects: JsonValue
    }
  /**
   * Whatever other objects reach by which this one takes effect, of any name where none is told; where there are none, nobody,
   * or everybody.
   */
  | {
      readonly kind: 'through'
      readonly group: string
      readonly kinds: readonly string[]
      readonly name?: string
      readonly otherwise?: 'everybody'
    }

/** The namespaces of some pods: all of them, one, or one that nothing says. */
type Among = 'all' | { readonly namespace: string | undefined }

/** Labels, annotations, or the pairs of a selector. */
export type Labels = Readonly<Record<string, string>>

/** What is known of an object before anybody's file is looked at. */
export interface Subject {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly body: JsonObject
  /** Nobody applies it as it is written. */
  readonly refused?: true
}

/** What a kind's entry has to know of the mesh. */
export interface Setting {
  readonly rootNamespaces: ReadonlySet<string>
  readonly clusterDomain: string
  /** Keys of labels of Namespaces by which Gateways choose the routes that they let in, and others what they judge. */
  readonly namespaceLabels: ReadonlySet<string>
  /** Keys of labels of Namespaces by which Istio chooses those whose services it knows. */
  readonly discoveryLabels: ReadonlySet<string>
  /** Keys of labels of Services by which the mesh's configuration chooses them. */
  readonly serviceLabels: ReadonlySet<string>
  /** The names of Secrets by which Gateways, or DestinationRules, prove who they are. */
  readonly credentials: ReadonlySet<string>
  /** The addresses of repositories of which Argo CD delivers folders here. */
  readonly repositories: ReadonlySet<string>
  /** The clusters to which Applications here deliver. */
  readonly clusters: readonly ClusterNamed[]
  /** Those Secrets that something here makes, by what signs for them or holds them. */
  readonly signed: readonly Signed[]
  /** The names of Secrets, and of ConfigMaps, from which deployers take values. */
  readonly valueNames: ReadonlySet<string>
  /** Keys of labels of pods by which something else than a Service or a policy chooses them: what rewrites or injects. */
  readonly podLabels: ReadonlySet<string>
  /** The names of ConfigMaps that Istio's own workloads are started with. */
  readonly planeConfigMaps: ReadonlySet<string>
  /** The names of Secrets of the same. */
  readonly planeSecrets: ReadonlySet<string>
  /** Classes of Ingresses that are Istio's by the mesh's configuration; '' is none at all. */
  readonly ingressClasses: ReadonlySet<string>
  /** Services that the mesh's configuration calls for policies, by the name of their provider. */
  readonly providers: readonly { readonly name: string; readonly host: string }[]
  /** Objects by which a policy over objects of the mesh is told what to do; what is absent may be anything. */
  readonly parameters: readonly Partial<Pick<Reference, 'kind' | 'namespace' | 'name'>>[]
  /** Kinds of which each object becomes objects of the mesh, by definitions here. */
  readonly definedKinds: readonly DefinedKind[]
  /** What the roles allow that are written here. */
  readonly roles: Roles
  /** Who is given which rights here. */
  readonly grants: readonly Grant[]
  /** Secrets here that hold tokens of accounts. */
  readonly tokens: readonly Token[]
  /** What is run with rights to write objects of the mesh, and the ConfigMaps and Secrets that it reads. */
  readonly readers: readonly {
    readonly namespace: string | undefined
    readonly reads: ReadonlySet<string>
    readonly grants: readonly Grant[]
  }[]
  /** What is run under accounts of whose rights nothing is here, by the ConfigMaps and Secrets that it reads. */
  readonly unknownReaders: readonly {
    readonly namespace: string | undefined
    readonly reads: ReadonlySet<string>
  }[]
}

/** The reach of what concerns every workload of the mesh, or may. */
export const everybody = (): readonly Target[] => [{ kind: 'everybody' }]
