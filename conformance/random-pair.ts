import { anotherObject, editedObject } from './cluster-edits.ts'
import { isMixed, isOfIstio, type KubernetesObject, type MeshKind, type MeshPair, nameOf } from './mesh.ts'
import { chanceFrom } from './random.ts'
import { clusterPods, clusterServices, randomCluster } from './random-cluster.ts'
import { extendedPods, extendedServices, gatewayDeployment, randomExtended } from './random-extended.ts'
import {
  type Material,
  pods,
  randomBinding,
  randomEntries,
  randomEntry,
  randomGateway,
  randomGateways,
  randomHosts,
  randomMatches,
  randomVirtualServices,
  serviceObjects,
} from './random-mesh.ts'

type Json = Readonly<Record<string, unknown>>

/** Two sides of a mesh of a kind, the same for the same seed. */
export function randomPair(kind: MeshKind, seed: number): MeshPair {
  const chance = chanceFrom(seed)
  let count = 0
  const fresh = () => `e${count++}`
  if (kind === 'gateway-api') return mixedPair({ kind, chance, fresh, gateways: istioGateways(chance) })
  if (kind === 'gateway-api-extended')
    return extendedPair({ kind, chance, fresh, gateways: istioGateways(chance) })
  const gateways =
    kind === 'sidecar' && !chance.oneIn(4) ? [] : randomGateways({ kind, chance, fresh, gateways: [] })
  const names = gateways.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
  const material = { kind, chance, fresh, gateways: names }
  const all = [...gateways, ...randomVirtualServices(material)]
  const base = aged(chance.shuffled(all), 0)
  const merged = edited(base, material)
  return {
    kind,
    base: [...serviceObjects, ...base],
    merged: [...serviceObjects, ...merged],
    pods,
    agesAreKnown: !chance.oneIn(3),
  }
}

function istioGateways(chance: Material['chance']): readonly string[] {
  return chance.oneIn(5) ? [] : chance.some(['edge/gw', 'n1/gw', 'edge/old'], 2)
}

/** Istio's own kinds beside those of the Gateway API and Ingresses. */
function mixedPair(material: Material): MeshPair {
  const { kind, chance } = material
  const base = aged(chance.shuffled(randomCluster(material)), 0)
  const merged = edited(base, material)
  return {
    kind,
    base: [...clusterServices, ...base],
    merged: [...clusterServices, ...merged],
    pods: clusterPods,
    agesAreKnown: !chance.oneIn(4),
  }
}

/** Beside them TLS, ListenerSets and policies; the gateway's Deployment is there wherever its labels are asked for. */
function extendedPair(material: Material): MeshPair {
  const { kind, chance } = material
  const base = aged(chance.shuffled(randomExtended(material)), 0)
  const merged = edited(base, material)
  const isLeftOut = chance.oneIn(3) && !JSON.stringify([base, merged]).includes('"tier"')
  const deployments = isLeftOut ? [] : [gatewayDeployment]
  const services = extendedServices(chance)
  const others = chance.oneIn(8) ? extendedServices(chance) : services
  return {
    kind,
    base: [...services, ...deployments, ...base],
    merged: [...others, ...deployments, ...merged],
    pods: extendedPods,
    agesAreKnown: !chance.oneIn(4),
  }
}

/** Made in this order, some of them in the same second. */
function aged(objects: readonly KubernetesObject[], from: number): readonly KubernetesObject[] {
  return objects.map((each, index) => ({
    ...each,
    metadata: { ...each.metadata, creationTimestamp: time(from + index - (index % 5 === 4 ? 1 : 0)) },
  }))
}

function time(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString().replace('.000Z', 'Z')
}

/** What a pull request makes of a side: one to three edits, of objects, entries, matches and values. */
function edited(base: readonly KubernetesObject[], material: Material): readonly KubernetesObject[] {
  let objects = base
  for (let left = 1 + material.chance.below(3); left > 0; left--) objects = editOnce(objects, material)
  const known = new Set(base.map(nameOf))
  const isOld = (each: KubernetesObject) => known.has(nameOf(each))
  return [
    ...objects.filter(isOld),
    ...aged(
      objects.filter((each) => !isOld(each)),
      base.length,
    ),
  ]
}

function editOnce(objects: readonly KubernetesObject[], material: Material): readonly KubernetesObject[] {
  const { chance } = material
  const favourites = ['VirtualService', 'HTTPRoute']
  const [chosen] = chance.shuffled(objects.filter(({ kind }) => favourites.includes(kind) || chance.oneIn(2)))
  if (chosen === undefined || chance.oneIn(10)) return withAnother(objects, material)
  // What is in a namespace goes with it.
  if (chance.oneIn(8)) return objects.filter((each) => each !== chosen || each.kind === 'Namespace')
  if (!isOfIstio(chosen))
    return objects.map((each) => (each === chosen ? editedObject(chosen, material) : each))
  const spec =
    chosen.kind === 'Gateway' ? editGateway(chosen.spec, material) : editSpec(chosen.spec, material)
  return objects.map((each) => (each === chosen ? { ...each, spec } : each))
}

function withAnother(objects: readonly KubernetesObject[], material: Material): readonly KubernetesObject[] {
  const known = new Set(objects.map(nameOf))
  if (isMixed(material)) {
    const other = anotherObject(known, material, nameOf)
    return other === undefined ? objects : [...objects, other]
  }
  const [added] = randomVirtualServices(material).filter((each) => !known.has(nameOf(each)))
  return added === undefined ? objects : [...objects, added]
}

function editGateway(spec: Json, { kind, chance }: Material): Json {
  const other = randomGateway(kind, chance)
  return chance.oneIn(3) ? { ...spec, selector: other['selector'] } : { ...spec, servers: other['servers'] }
}

function editSpec(spec: Json, material: Material): Json {
  const { chance } = material
  const isRoot = spec['hosts'] !== undefined
  const http = spec['http'] as readonly Json[]
  const kind = chance.below(isRoot ? 10 : 7)
  if (kind === 7) return { ...spec, hosts: randomHosts(material) }
  if (kind === 8) return { ...spec, exportTo: [chance.of(['.', '*', 'n1', 'edge'])] }
  if (kind === 9) {
    const gateways = randomBinding(material)
    const { gateways: _, ...rest } = spec
    return gateways === undefined ? rest : { ...rest, gateways }
  }
  return { ...spec, http: editEntries(http, isRoot, material) }
}

function editEntries(http: readonly Json[], isRoot: boolean, material: Material): readonly Json[] {
  const { chance } = material
  const at = chance.below(http.length)
  const entry = http[at] ?? {}
  switch (chance.below(6)) {
    case 0:
      return http.length > 1 ? http.toSpliced(at, 1) : randomEntries(material, isRoot)
    case 1:
      return http.toSpliced(at, 0, randomEntry(material, isRoot))
    case 2:
      return chance.shuffled(http)
    case 3:
      return http.toSpliced(at, 1, { ...randomEntry(material, isRoot), name: entry['name'] })
    case 4:
      return http.toSpliced(at, 1, { ...entry, timeout: chance.of(['3s', '7s']) })
    default:
      return http.toSpliced(at, 1, withMatches(entry, isRoot, material))
  }
}

/** Other matches, one more, or one less; none is everything. */
function withMatches(entry: Json, isRoot: boolean, material: Material): Json {
  const { chance } = material
  const { match = [], ...rest } = entry as { readonly match?: readonly Json[] }
  const others = chance.oneIn(2) ? match.slice(1) : [...match, ...randomMatches(material, isRoot)].slice(0, 3)
  return others.length === 0 ? rest : { ...rest, match: others }
}

/** A seed of its own for every pair of a recording. */
export function seedOf(kind: MeshKind, index: number): number {
  return [...`${kind} ${index}`].reduce(
    (sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193),
    0x811c9dc5,
  )
}
