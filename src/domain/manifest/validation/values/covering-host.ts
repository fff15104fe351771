/**
 * Finds a host of `hosts` that covers a given one (Istio `host.Name.SubsetOf`): itself or a wildcard over it. Costs the
 * length of the name and not the number of hosts. `except` leaves out one place of the list.
 */
export function coveringHost(
  hosts: readonly string[],
): (host: string, except?: number) => number | undefined {
  const places = new Map<string, number[]>()
  for (const [index, host] of hosts.entries()) {
    const known = places.get(host) ?? []
    // Two places are enough to find one that is not the exception.
    if (known.length < 2) places.set(host, [...known, index])
  }
  return (host, except) => {
    const candidates = [host, ...wildcardsOver(host)]
    for (const candidate of candidates) {
      const found = places.get(candidate)?.find((index) => index !== except)
      if (found !== undefined) return found
    }
    return undefined
  }
}

function wildcardsOver(host: string): readonly string[] {
  const bare = (host.startsWith('*') ? host.slice(1) : host).slice(-256)
  return Array.from({ length: bare.length + 1 }, (_, from) => `*${bare.slice(from)}`)
}
