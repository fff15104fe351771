import type { Gateway } from '../manifest/gateway.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { Mesh } from '../routing/snapshot.ts'

/**
 * Gateways (`ns/name`) of the merged side that are those of the base side under another name, by the name that they had: the one goes,
 * the other comes, and both take in the same requests on the same pods. Where several would do, none is taken for renamed.
 */
export function renamedGateways(
  base: Mesh | undefined,
  merged: Mesh | undefined,
): ReadonlyMap<string, string> {
  const [before, after] = [base, merged].map((mesh) => mesh?.inForce.gateways ?? [])
  const gone = Map.groupBy(without(before, after), takesIn)
  const come = Map.groupBy(without(after, before), takesIn)
  return new Map(
    [...come].flatMap(([key, [now, ...others]]): readonly (readonly [string, string])[] => {
      const [old, ...more] = gone.get(key) ?? []
      const isOne = others.length === 0 && more.length === 0
      return isOne && now && old ? [[identityOf(now), identityOf(old)]] : []
    }),
  )
}

/** The name that a Gateway has now, by the one that it had. */
export function nameNow(gateway: string, renamed: ReadonlyMap<string, string>): string {
  return [...renamed].find(([, old]) => old === gateway)?.[0] ?? gateway
}

function without(some: readonly Gateway[] = [], others: readonly Gateway[] = []): readonly Gateway[] {
  const names = new Set(others.map(identityOf))
  return some.filter((each) => !names.has(identityOf(each)))
}

/** `./` before a host stands for the namespace of the Gateway. */
function takesIn({ spec, namespace }: Gateway): string {
  const { selector = {}, servers = [] } = spec
  const own = servers.some(({ hosts = [] }) => hosts.some((host) => host.startsWith('./'))) ? namespace : ''
  return canonicalJson([selector, servers, own ?? ''])
}
