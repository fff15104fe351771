import type { BudgetName } from './budgets.ts'
import { compareTexts } from './source/compare-texts.ts'
import { positionOf, type SourceRange } from './source/source-file.ts'

/** What is not known, with the values that tell one case from another. */
export type Cause =
  /** Which of these VirtualServices was created first decides, and Git does not know it. */
  | { readonly code: 'creation-order'; readonly of: readonly string[] }
  /** Which of the copies of this object a cluster has is not in Git. */
  | { readonly code: 'copies'; readonly of: string; readonly files: readonly string[] }
  /** Copies of which there are too many to compare every combination. */
  | { readonly code: 'untried-copies'; readonly of: readonly string[]; readonly files: readonly string[] }
  /** Routes of unknown age of which there are too many to compare every order. */
  | { readonly code: 'untried-orders'; readonly of: readonly string[] }
  /** An object that was refused before, or stands in a file that could not be read to its end. */
  | { readonly code: 'perhaps-absent'; readonly of: string; readonly file: string }
  /** Whether the pods of the gateway see this VirtualService. */
  | { readonly code: 'pods-unknown'; readonly of: string }
  /** Whether there is a service of this host of the mesh, or of each name that it covers. */
  | { readonly code: 'service-unknown'; readonly host: string }
  /** Whether these Gateways, whose selectors differ, are on the same pods. */
  | { readonly code: 'shared-pods'; readonly of: readonly string[] }
  /** Which of these Gateways was created first decides whose server Istio drops: they have one host on servers with `tls`. */
  | { readonly code: 'server-order'; readonly of: readonly string[] }
  /** Which of these Gateways was created first decides whose server Istio drops: they have servers of two protocols on one port. */
  | { readonly code: 'protocol-order'; readonly of: readonly string[] }
  /** Connections for these names, which get another certificate than the hosts, are taken not to be reused for those. */
  | {
      readonly code: 'certificates-apart'
      readonly of: readonly string[]
      readonly names: readonly string[]
      readonly hosts: readonly string[]
    }
  /** The servers of this gateway take requests in otherwise than before. */
  | { readonly code: 'other-terms'; readonly gateway: string }
  /** The routes of this secondary are not in this repository. */
  | { readonly code: 'elsewhere'; readonly of: string }
  /** A text that another tool fills in. */
  | { readonly code: 'filled-in'; readonly field: string; readonly text: string }
  /** A condition on what no request shows: a claim of a token, a pseudo header such as `:path`. */
  | { readonly code: 'not-modelled'; readonly field: string }
  /** A pattern that RE2 refuses. */
  | { readonly code: 'invalid-pattern'; readonly field: string; readonly pattern: string }
  /** A pattern whose automaton would be too large. */
  | { readonly code: 'pattern-too-large'; readonly field: string; readonly pattern: string }
  /** Something that would have cost more than this budget. */
  | { readonly code: 'too-much-to-compare'; readonly budget: BudgetName }
  /** This Gateway is not in the repository, and is taken to serve every host on every port. */
  | { readonly code: 'gateway-elsewhere'; readonly gateway: string }
  /** These VirtualServices share a host, and are taken to keep the order of their creation. */
  | {
      readonly code: 'shared-host'
      readonly of: readonly string[]
      readonly host: string
      readonly gateway: string
    }
  /** Objects that name no namespace; a reference to one of their names is taken to mean them. */
  | { readonly code: 'no-namespace'; readonly of: readonly string[]; readonly files: readonly string[] }
  /** The folders in this one hold the same objects, and are taken to be a mesh each. */
  | ({ readonly code: 'divided-meshes' } & GuessedMeshes)
  /** The same objects stand in several folders of this one, which are taken to be one mesh: delegates cross them. */
  | ({ readonly code: 'undivided-meshes' } & GuessedMeshes)
  /** Nothing here says who applies these roots of Kustomize: somebody is taken to do it by hand. */
  | { readonly code: 'applied-by-hand'; readonly folders: readonly string[] }
  /** Nothing here names this chart, which is taken to be released once with its own values. */
  | { readonly code: 'chart-by-itself'; readonly chart: string }
  /** What these charts make of what is changed for them: they are not here. */
  | { readonly code: 'charts-elsewhere'; readonly of: readonly string[] }
  /** This release of a chart that is here could not be rendered. */
  | { readonly code: 'not-rendered'; readonly release: string; readonly why: NotRendered }
  /** Weights of this VirtualService are set at run time by that, and were not compared. */
  | { readonly code: 'run-time'; readonly of: string; readonly by: string }
  /** This snapshot of a cluster cannot be used, or not all of it. */
  | { readonly code: 'snapshot-unused'; readonly file: string }
  /** A snapshot says in which order these, which share a host, were made. */
  | {
      readonly code: 'order-known'
      readonly of: readonly string[]
      readonly host: string
      readonly gateway: string
      readonly file: string
    }
  /** This object names no namespace, and a snapshot says which it is. */
  | { readonly code: 'namespace-known'; readonly of: string; readonly file: string }
  /** These objects name no namespace on one side, and this one on the other. */
  | { readonly code: 'namespace-implied'; readonly of: readonly string[]; readonly namespace: string }
  /** Envoy refuses the routes of a port of this gateway because of these; what changes there is said as if it did not. */
  | { readonly code: 'rejected-by-proxy'; readonly gateway: string; readonly of: readonly string[] }
  /** No file here holds this object; it is taken to be as a snapshot has it. */
  | { readonly code: 'delivered-elsewhere'; readonly of: string; readonly file: string }
  /** What these objects of the Gateway API do at this gateway is not worked out. */
  | { readonly code: 'beside-unmodelled'; readonly gateway: string; readonly of: readonly string[] }
  /** The Secret of this listener is taken to be there. */
  | { readonly code: 'certificate-taken'; readonly gateway: string }
  /** These Gateways of other namespaces are taken not to be merged on pods that are made for this one. */
  | { readonly code: 'strict-merging'; readonly gateway: string; readonly of: readonly string[] }
  /** These Ingresses are taken to be served by Istio's ingress gateway as it is by default. */
  | { readonly code: 'ingress-gateway'; readonly of: readonly string[] }
  /** Whether this policy is for the pods of this gateway: their labels, or their namespace, are not known. */
  | { readonly code: 'policy-pods'; readonly of: string; readonly gateway: string }
  /** Some of this policy is not as Istio's schema has it, so that it may refuse anything. */
  | { readonly code: 'policy-unread'; readonly of: string }
  /** This policy leaves it to somebody outside of Git whom it refuses. */
  | { readonly code: 'decided-elsewhere'; readonly of: string; readonly provider: string }
  /** GitHub does not say how it reads this CODEOWNERS. */
  | { readonly code: 'codeowners-unread'; readonly file: string }

/** The folders in a folder that hold the same objects. */
interface GuessedMeshes {
  readonly folder: string
  readonly meshes: readonly string[]
  /** The entries of `meshes:` that say what is taken for granted; none where they cannot. */
  readonly entries: readonly { readonly name: string; readonly paths: readonly string[] }[]
}

/** Why a chart could not be rendered here although whoever deploys it may. */
export type NotRendered =
  | 'no-helm'
  | 'time'
  | 'size'
  | 'memory'
  | 'unsafe-name'
  | 'too-many'
  | 'unreadable'
  | 'values'
  | 'dependency'
  | 'revision'
  | 'filled-in'
  | 'overlaid'

/** What tells the kinds of doubts apart; part of the `firebreak/1` contract. */
export type DoubtCode = Cause['code']

/**
 * Why it is not certain that a cluster does what was worked out, or what was taken for granted to say so; and where that is
 * written.
 */
export interface Doubt {
  readonly cause: Cause
  /** By path and line; none where it is written nowhere. */
  readonly places: readonly SourceRange[]
}

/** One doubt, with the places that are known. */
export function doubt(cause: Cause, ...places: readonly (SourceRange | undefined)[]): Doubt {
  return { cause, places: places.flatMap((place) => place ?? []) }
}

/**
 * Whether a doubt asks or only tells. What hangs on the facts of others asks whoever may be concerned. What is our own ignorance
 * asks only those whom the requests, taken as broadly as is known, really touch.
 */
export const effectOfDoubt: Readonly<Record<DoubtCode, 'ask' | 'tell'>> = {
  'creation-order': 'ask',
  copies: 'ask',
  'perhaps-absent': 'ask',
  'pods-unknown': 'ask',
  'shared-pods': 'ask',
  'server-order': 'ask',
  'protocol-order': 'ask',
  'other-terms': 'ask',
  'service-unknown': 'ask',
  elsewhere: 'ask',
  'filled-in': 'ask',
  'not-modelled': 'ask',
  'invalid-pattern': 'ask',
  'untried-copies': 'ask',
  'untried-orders': 'ask',
  'beside-unmodelled': 'ask',
  'policy-pods': 'ask',
  'policy-unread': 'ask',
  'decided-elsewhere': 'ask',
  'pattern-too-large': 'tell',
  'too-much-to-compare': 'tell',
  'gateway-elsewhere': 'tell',
  'certificates-apart': 'tell',
  'certificate-taken': 'tell',
  'strict-merging': 'tell',
  'ingress-gateway': 'tell',
  'shared-host': 'tell',
  'no-namespace': 'tell',
  'divided-meshes': 'tell',
  'undivided-meshes': 'tell',
  'applied-by-hand': 'tell',
  'chart-by-itself': 'tell',
  'charts-elsewhere': 'tell',
  'not-rendered': 'tell',
  'run-time': 'tell',
  'snapshot-unused': 'tell',
  'order-known': 'tell',
  'namespace-known': 'tell',
  'namespace-implied': 'tell',
  'delivered-elsewhere': 'tell',
  'rejected-by-proxy': 'tell',
  'codeowners-unread': 'tell',
}

/** All of these, each once with all its places: nothing disappears, and the order in which they come does not matter. */
export function uniteDoubts(doubts: readonly Doubt[]): readonly Doubt[] {
  if (doubts.length < 2) return doubts
  const alike = Map.groupBy(doubts, keyOfDoubt)
  return [...alike]
    .toSorted(([a], [b]) => compareTexts(a, b))
    .flatMap(([, same]) => {
      const [first] = same
      return first === undefined ? [] : [{ ...first, places: distinct(same.flatMap(({ places }) => places)) }]
    })
}

/** Equal for the same doubt, wherever it is written. */
export function keyOfDoubt({ cause }: Doubt): string {
  return JSON.stringify(Object.entries(cause))
}

function distinct(places: readonly SourceRange[]): readonly SourceRange[] {
  const keyed = new Map(places.map((place) => [keyOfPlace(place), place]))
  return [...keyed].toSorted(([a], [b]) => compareTexts(a, b)).map(([, place]) => place)
}

/** Sorts as path, then line. */
function keyOfPlace(place: SourceRange): string {
  const { file, line } = positionOf(place)
  return `${file}\n${String(line).padStart(9, '0')}`
}
