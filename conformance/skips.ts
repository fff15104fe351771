import type { Disagreement } from './compare.ts'
import { type Asked, type KubernetesObject, type MeshPair, selects, shapeOf } from './mesh.ts'

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
    class: 'listeners',
    reason:
      'Gateways with different selectors that share some of their pods are not told apart by pod, and under TLS the server that SNI picks among several Gateways is not worked out.',
    holds: sharesListener,
  },
]

/** The class of a disagreement, where it is a known one. */
export function skipFor({ pair, asked }: Disagreement): Skip | undefined {
  return asked === undefined ? undefined : skips.find((each) => each.holds(pair, asked))
}

/** Whether Gateways share the port of some of the pods, or they or their servers change; TLS besides may choose among servers. */
function sharesListener(pair: MeshPair, asked: Asked): boolean {
  if (pair.pods[asked.pod]?.type === 'sidecar') return false
  const [base = [], merged = []] = [pair.base, pair.merged].map((side) =>
    side.filter((each) => each.kind === 'Gateway' && isOnPort(each, asked)),
  )
  const shapes = (side: readonly KubernetesObject[]) =>
    JSON.stringify(side.map((each) => [each.metadata, each.spec]))
  if (shapes(base) !== shapes(merged)) return true
  if (asked.sni !== undefined) return base.length > 1 || serversFor(base, asked) > 1
  return new Set(base.map((gateway) => podsOf(pair, gateway))).size > 1
}

function podsOf({ pods }: MeshPair, gateway: KubernetesObject): string {
  return pods.map(({ type, labels }) => type === 'router' && selects(gateway, labels)).join()
}

function isOnPort(gateway: KubernetesObject, { port }: Asked): boolean {
  return (shapeOf(gateway).servers ?? []).some((server) => server.port.number === port)
}

function serversFor(gateways: readonly KubernetesObject[], { port, sni }: Asked): number {
  if (sni === undefined) return 0
  const [first] = gateways
  return (first ? (shapeOf(first).servers ?? []) : []).filter((server) => server.port.number === port).length
}
