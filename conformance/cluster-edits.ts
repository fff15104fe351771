import type { KubernetesObject } from './mesh.ts'
import {
  randomCluster,
  randomGrant,
  randomIngress,
  randomKubernetesGateway,
  randomNamespace,
} from './random-cluster.ts'
import { extended, randomExtended, randomListenerSet } from './random-extended.ts'
import { withoutUndefined } from './random-match.ts'
import type { Material } from './random-mesh.ts'
import { randomPolicy } from './random-policy.ts'
import { type RouteKind, randomHostnames, randomMatches, randomParents, randomRule } from './random-route.ts'

type Json = Readonly<Record<string, unknown>>

/** An object that is not of Istio's own kinds, edited in one place. */
export function editedObject(object: KubernetesObject, material: Material): KubernetesObject {
  const edited = editedKind(object, material)
  const { kind, chance } = material
  if (kind !== 'gateway-api-extended') return edited
  return object.kind === 'Gateway' || chance.oneIn(2) ? extended(edited, chance) : edited
}

function editedKind(object: KubernetesObject, material: Material): KubernetesObject {
  const { chance } = material
  const identity = `${object.metadata.namespace}/${object.metadata.name}`
  switch (object.kind) {
    case 'HTTPRoute':
    case 'GRPCRoute':
      return { ...object, spec: editedRoute(object, object.kind, material) }
    case 'Gateway':
      return { ...object, spec: editedGateway(object.spec, identity, material) }
    case 'Namespace':
      return randomNamespace(chance, object.metadata.name)
    case 'ReferenceGrant':
      return { ...object, spec: randomGrant(chance, identity).spec }
    case 'ListenerSet':
      return { ...object, spec: randomListenerSet(chance, identity).spec }
    case 'AuthorizationPolicy':
      return { ...object, spec: randomPolicy(chance, identity).spec }
    case 'Ingress':
      return { ...object, spec: { ...object.spec, rules: randomIngress(chance, identity).spec['rules'] } }
    default:
      return object
  }
}

/** An object of a kind of the Gateway API, or one of those around it, that is not there yet. */
export function anotherObject(
  known: ReadonlySet<string>,
  material: Material,
  nameOf: (object: KubernetesObject) => string,
): KubernetesObject | undefined {
  const all = material.kind === 'gateway-api' ? randomCluster(material) : randomExtended(material)
  const others = all.filter((each) => !known.has(nameOf(each)))
  return material.chance.shuffled(others)[0]
}

function editedGateway(spec: Json, identity: string, { chance }: Material): Json {
  const other = randomKubernetesGateway(chance, identity)
  const listeners = spec['listeners'] as readonly Json[]
  if (listeners.length > 1 && chance.oneIn(3))
    return { ...spec, listeners: listeners.toSpliced(chance.below(listeners.length), 1) }
  return chance.oneIn(5) ? { ...other, listeners } : { ...spec, listeners: other['listeners'] }
}

function editedRoute({ spec, metadata }: KubernetesObject, kind: RouteKind, material: Material): Json {
  const { chance } = material
  const rules = (spec['rules'] ?? []) as readonly Json[]
  const parents = spec['parentRefs'] as readonly Json[]
  const isForMesh = parents.some(({ kind: own }) => own === 'Service' || own === 'ServiceEntry')
  const choice = chance.below(isForMesh ? 8 : 11)
  if (choice === 8) return withoutUndefined({ ...spec, hostnames: randomHostnames(chance) })
  if (choice === 9)
    return { ...spec, parentRefs: randomParents(chance, `${metadata.namespace}/${metadata.name}`) }
  const edited = editedRules(rules, kind, material)
  return withoutUndefined({ ...spec, rules: edited.length === 0 ? undefined : edited })
}

function editedRules(rules: readonly Json[], kind: RouteKind, material: Material): readonly Json[] {
  const { chance } = material
  const at = chance.below(rules.length)
  const rule = rules[at]
  if (rule === undefined) return [randomRule(material, kind)]
  switch (chance.below(6)) {
    case 0:
      return rules.toSpliced(at, 1)
    case 1:
      return rules.toSpliced(at, 0, randomRule(material, kind))
    case 2:
      return rules.toReversed()
    case 3:
      return rules.toSpliced(at, 1, withoutUndefined({ ...randomRule(material, kind), name: rule['name'] }))
    case 4:
      return kind === 'HTTPRoute' ? rules.toSpliced(at, 1, { ...rule, timeouts: { request: '7s' } }) : rules
    default:
      return rules.toSpliced(at, 1, rematched(rule, kind, material))
  }
}

/** Other matches, but for a rule that replaces the prefix of its only one. */
function rematched(rule: Json, kind: RouteKind, { chance }: Material): Json {
  if (JSON.stringify(rule).includes('ReplacePrefixMatch')) return rule
  return { ...rule, matches: randomMatches(chance, kind) }
}
