import type { Manifests } from '../../manifest/manifests.ts'
import { type Modelled, modelledIn } from '../../manifest/modelled.ts'
import { resolveGatewayName, saysNamespace } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { memoized } from '../../source/memoized.ts'
import type { Placed } from './mesh-division.ts'
import { withKnown } from './with-known.ts'

interface Sides {
  readonly base: Manifests
  readonly merged: Manifests
}

interface Implying extends Sides {
  readonly meshOf: (placed: Placed) => string | undefined
}

/** Namespaces of objects that name none. */
type Implied = ReadonlyMap<Modelled, string>

/**
 * Both sides with the namespaces that only the other one says: where an object that names none is the only one of its kind and name in
 * its mesh, on both sides, and nothing that refers to it means another namespace, or would mean nothing any more. To write down what
 * was implied, or no longer to, makes no other object of it.
 */
export function withImpliedNamespaces({ base, merged, meshOf }: Implying): Sides {
  return {
    base: placed(base, impliedIn(base, merged, meshOf)),
    merged: placed(merged, impliedIn(merged, base, meshOf)),
  }
}

function placed(side: Manifests, implied: Implied): Manifests {
  if (implied.size === 0) return side
  return withKnown(side, (object) => {
    const namespace = implied.get(object)
    return namespace === undefined ? object : { ...object, namespace, isNamespaceImplied: true as const }
  })
}

function impliedIn(side: Manifests, other: Manifests, meshOf: Implying['meshOf']): Implied {
  const keyOf = ({ kind, name }: Pick<Modelled, 'kind' | 'name'>, mesh: string | undefined) =>
    JSON.stringify([mesh, kind, name])
  const here = Map.groupBy(modelledIn(side), (each) => keyOf(each, meshOf(each)))
  const there = Map.groupBy(modelledIn(other), (each) => keyOf(each, meshOf(each)))
  const implied = new Map(
    [...here].flatMap(([key, [object, ...more]]): readonly (readonly [Modelled, string])[] => {
      const [one, ...others] = there.get(key) ?? []
      const isAlone = more.length === 0 && others.length === 0
      const namespace = one?.namespace
      if (!isAlone || object?.namespace !== undefined || namespace === undefined) return []
      return object === undefined || isUnknown(namespace) || isUnknown(object.name)
        ? []
        : [[object, namespace]]
    }),
  )
  const targetsOf = (reference: Reference, from: VirtualService) =>
    here.get(keyOf(reference, meshOf(from))) ?? []
  return withoutContradictions(implied, side.virtualServices, targetsOf)
}

/** What a VirtualService refers to; its namespace is the VirtualService's where it says none. */
interface Reference {
  readonly kind: Modelled['kind']
  readonly name: string
  readonly namespace?: string
}

/** References that would no longer be met show that their target, or whoever refers to it, lives somewhere else. */
function withoutContradictions(
  found: Implied,
  virtualServices: readonly VirtualService[],
  targetsOf: (reference: Reference, from: VirtualService) => readonly Modelled[],
): Implied {
  const implied = new Map(found)
  const namespaceOf = (object: Modelled) => object.namespace ?? implied.get(object)
  const references = virtualServices.flatMap((from) =>
    referencesOf(from).map((reference) => ({ from, reference, targets: targetsOf(reference, from) })),
  )
  for (let before = -1; before !== implied.size; ) {
    before = implied.size
    for (const { from, reference, targets } of references) {
      const namespace = reference.namespace ?? namespaceOf(from)
      const isMet = targets.some((target) => (namespaceOf(target) ?? namespace) === namespace)
      if (namespace === undefined || targets.length === 0 || isMet) continue
      for (const target of targets) implied.delete(target)
      if (reference.namespace === undefined) implied.delete(from)
    }
  }
  return implied
}

const referencesOf = memoized(({ spec }: VirtualService): readonly Reference[] => {
  const http = spec.http ?? []
  const gateways = [
    ...(spec.gateways ?? []),
    ...http.flatMap(({ match = [] }) => match.flatMap((each) => each.gateways ?? [])),
  ]
  return [
    ...http.flatMap(({ delegate }) =>
      delegate === undefined
        ? []
        : { kind: 'VirtualService' as const, name: delegate.name ?? '', ...ofNamespace(delegate.namespace) },
    ),
    ...gateways.flatMap((gateway): readonly Reference[] => {
      const resolved = resolveGatewayName(gateway, undefined)
      const slash = resolved.indexOf('/')
      if (slash === -1 || isUnknown(resolved)) return []
      const says = saysNamespace(resolved) ? resolved.slice(0, slash) : undefined
      return [{ kind: 'Gateway', name: resolved.slice(slash + 1), ...ofNamespace(says) }]
    }),
  ]
})

function ofNamespace(namespace: string | undefined): Pick<Reference, 'namespace'> {
  return namespace === undefined ? {} : { namespace }
}
