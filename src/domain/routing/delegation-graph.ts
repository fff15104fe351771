import { features } from '../manifest/istio-features.ts'
import { identityOf, isVisibleTo, mayBeIdentity, mayBeNamespace } from '../manifest/names.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import type { HTTPRoute, VirtualService } from '../manifest/virtual-service.ts'
import type { IstioSettings } from './istio-settings.ts'

/** One delegate reference of a primary. */
export interface DelegateEdge {
  readonly primary: VirtualService
  readonly entry: number
  readonly route: HTTPRoute
  readonly delegate: NonNullable<HTTPRoute['delegate']>
  /** `ns/name` as Istio resolves it; `?/name` where the namespace is not known. */
  readonly target: string
  readonly state: 'resolved' | 'missing' | 'hidden' | 'has-hosts' | 'nested' | 'external'
  /** The object that carries the name, whatever the state; absent for `missing` and `external`. */
  readonly secondary?: VirtualService
}

/** A secondary that is taken to be what a delegate names, where nothing is known to be. */
export interface Binding {
  /** `ns/name`, as the edge has it. */
  readonly target: string
  readonly secondary: VirtualService
}

/** Who delegates to whom in one mesh. */
export interface DelegationGraph {
  readonly primaries: readonly VirtualService[]
  readonly secondaries: readonly VirtualService[]
  readonly ordinary: readonly VirtualService[]
  readonly edges: readonly DelegateEdge[]
}

/** No hosts: reached only by a delegate reference. Nothing else makes a VirtualService a secondary. */
export function isSecondary(virtualService: VirtualService): boolean {
  return (virtualService.spec.hosts ?? []).length === 0
}

/** Has hosts, and at least one entry delegates. */
export function isPrimary(virtualService: VirtualService): boolean {
  return !isSecondary(virtualService) && delegatesSomething(virtualService)
}

function delegatesSomething(virtualService: VirtualService): boolean {
  return (virtualService.spec.http ?? []).some((route) => route.delegate !== undefined)
}

/** VirtualServices made by another controller (Istio `UseIngressSemantics`, `UseGatewaySemantics`) do not delegate. */
function isInternal(virtualService: VirtualService): boolean {
  const semantics = virtualService.annotations['internal.istio.io/route-semantics']
  return semantics === 'ingress' || semantics === 'gateway'
}

/**
 * Resolves every delegate reference of one mesh. Names must be resolved before. `complete: false` turns a reference to
 * nobody into an `external` one: its VirtualService may live in another repository. So does `isElsewhere` where it knows who makes it, and a placeholder in the reference, or
 * in a VirtualService that may turn out to have the name, unless `bound` says what it is filled in with.
 */
export function buildDelegationGraph(
  virtualServices: readonly VirtualService[],
  settings: IstioSettings,
  { complete, isElsewhere = () => false, bound }: GraphOptions,
): DelegationGraph {
  const primaries = virtualServices.filter((each) => isPrimary(each) && !isInternal(each))
  const known: Known = {
    byName: Map.groupBy(virtualServices, (each) => each.name),
    unknown: virtualServices.filter((each) => isUnknown(identityOf(each))),
    isElsewhere: (target) => !complete || isElsewhere(target),
    ...(bound && { bound }),
  }
  return {
    primaries,
    secondaries: virtualServices.filter(isSecondary),
    ordinary: virtualServices.filter((each) => !isSecondary(each) && !primaries.includes(each)),
    edges: primaries.flatMap((primary) => edgesOf(primary, known, settings)),
  }
}

interface GraphOptions {
  readonly complete: boolean
  /** Whether something else delivers, or makes, what a delegate names where nobody here bears the name. */
  readonly isElsewhere?: (target: string) => boolean
  readonly bound?: Binding
}

/** VirtualServices by their names as they are written, and those of which another tool fills in a part. */
interface Known {
  readonly byName: ReadonlyMap<string, readonly VirtualService[]>
  readonly unknown: readonly VirtualService[]
  readonly isElsewhere: (target: string) => boolean
  readonly bound?: Binding
}

function edgesOf(primary: VirtualService, known: Known, settings: IstioSettings): readonly DelegateEdge[] {
  return (primary.spec.http ?? []).flatMap((route, entry) => {
    if (route.delegate === undefined) return []
    const namespace = targetNamespace(primary, route.delegate, settings)
    const name = route.delegate.name ?? ''
    const target = `${namespace ?? '?'}/${name}`
    const secondary = findTarget(namespace, known.byName.get(name) ?? []) ?? boundTo(target, known)
    const mayExist = known.isElsewhere(target) || (name !== '' && mayStandElsewhere(target, known))
    const state = stateOf(primary, secondary, settings, mayExist)
    return [
      { primary, entry, route, delegate: route.delegate, target, state, ...(secondary && { secondary }) },
    ]
  })
}

function boundTo(target: string, { bound }: Known): VirtualService | undefined {
  return bound?.target === target ? bound.secondary : undefined
}

function mayStandElsewhere(target: string, { unknown }: Known): boolean {
  return isUnknown(target) || unknown.some((each) => mayBeIdentity(identityOf(each), target))
}

/** Where an omitted namespace is not the primary's own it never resolves: '' names no namespace at all. */
function targetNamespace(
  primary: VirtualService,
  delegate: DelegateEdge['delegate'],
  settings: IstioSettings,
): string | undefined {
  if (delegate.namespace !== undefined) return delegate.namespace
  return features(settings.version).delegateNamespaceDefaults ? primary.namespace : ''
}

/** An object whose namespace is not written may be the one that is meant; one that says so is preferred. */
function findTarget(
  namespace: string | undefined,
  named: readonly VirtualService[],
): VirtualService | undefined {
  if (namespace === '') return undefined
  const sure = named.filter((each) => each.namespace === namespace)
  const maybe = named.filter((each) => mayBeNamespace(each.namespace, namespace))
  return lastApplied(sure) ?? lastApplied(maybe)
}

/** Of several objects with one identity the last one applied wins; they are read in the order of their paths. */
function lastApplied(candidates: readonly VirtualService[]): VirtualService | undefined {
  return candidates.at(-1)
}

function stateOf(
  primary: VirtualService,
  secondary: VirtualService | undefined,
  settings: IstioSettings,
  mayExist: boolean,
): DelegateEdge['state'] {
  if (secondary === undefined) return mayExist ? 'external' : 'missing'
  if (!isSecondary(secondary)) return 'has-hosts'
  if (!isExportedTo(secondary, primary, settings)) return 'hidden'
  if (settings.dialect === 'asm' && delegatesSomething(secondary)) return 'nested'
  return 'resolved'
}

/** Compared with the namespace of the primary, not of the gateway. Unknown namespaces are taken to see each other. */
function isExportedTo(secondary: VirtualService, primary: VirtualService, settings: IstioSettings): boolean {
  if (secondary.namespace === undefined || primary.namespace === undefined) return true
  const defaults = settings.defaultExportTo
  const exportTo = secondary.spec.exportTo
  const isHidden = !features(settings.version).defaultExportToOwnNamespace && defaults.includes('.')
  if (isHidden && (exportTo ?? []).length === 0) return false
  return isVisibleTo(exportTo, secondary.namespace, primary.namespace, defaults)
}
