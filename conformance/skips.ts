import type { Disagreement } from './compare.ts'
import {
  type Asked,
  isMixed,
  isOfIstio,
  type KubernetesObject,
  type MeshPair,
  selects,
  shapeOf,
} from './mesh.ts'

/** A class of disagreements that are known. Whatever is in none of them keeps a recording from being frozen. */
interface Skip {
  readonly class: string
  readonly reason: string
  readonly holds: (pair: MeshPair, asked: Asked) => boolean
}

/** At most so many; a class that is mended is taken out again. */
export const mostSkips = 5

export const skips: readonly Skip[] = [
  {
    class: 'selectors',
    reason:
      'Gateways with different selectors that share some of their pods are compared as one and apart, but not told apart by pod.',
    holds: isOnPodsOfSome,
  },
]

/** The class of a disagreement, where it is a known one. */
export function skipFor({ pair, asked }: Disagreement): Skip | undefined {
  return asked === undefined ? undefined : skips.find((each) => each.holds(pair, asked))
}

/** Whether Gateways that listen on the port, on either side, are on different pods. */
function isOnPodsOfSome(pair: MeshPair, asked: Asked): boolean {
  if (pair.pods[asked.pod]?.type === 'sidecar') return false
  if (isMixed(pair)) return hasPodsOfItsOwn(pair) || isElsewhere(pair)
  const there = [...pair.base, ...pair.merged].filter(
    (each) => each.kind === 'Gateway' && isOnPort(each, asked),
  )
  return new Set(there.map((gateway) => podsOf(pair, gateway))).size > 1
}

/** Whether there is a Kubernetes Gateway on pods that Istio makes for it, beside those on the pods that are shared. */
function hasPodsOfItsOwn({ base, merged }: MeshPair): boolean {
  return [...base, ...merged].some(
    (each) => each.kind === 'Gateway' && !isOfIstio(each) && each.spec['addresses'] === undefined,
  )
}

/** Whether a Gateway of Istio is, on either side, on none of the pods that are asked. */
function isElsewhere({ base, merged, pods }: MeshPair): boolean {
  return [...base, ...merged].some(
    (each) =>
      each.kind === 'Gateway' &&
      isOfIstio(each) &&
      !pods.some(({ type, labels }) => type === 'router' && selects(each, labels)),
  )
}

function podsOf({ pods }: MeshPair, gateway: KubernetesObject): string {
  return pods.map(({ type, labels }) => type === 'router' && selects(gateway, labels)).join()
}

function isOnPort(gateway: KubernetesObject, { port }: Asked): boolean {
  return (shapeOf(gateway).servers ?? []).some((server) => server.port.number === port)
}
