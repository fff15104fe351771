const octet = /^(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/
const group = /^[0-9a-fA-F]{1,4}$/

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => octet.test(part))
}

/** A dotted quad stands at the end of an address alone. */
function groupsOf(text: string, isEnd: boolean): number | undefined {
  if (text === '') return 0
  const parts = text.split(':')
  const last = parts.at(-1) ?? ''
  const tail = isEnd && isIpv4(last) ? 2 : group.test(last) ? 1 : undefined
  if (tail === undefined || !parts.slice(0, -1).every((part) => group.test(part))) return undefined
  return parts.length - 1 + tail
}

function isIpv6(text: string): boolean {
  const zone = text.indexOf('%')
  if (zone === text.length - 1) return false
  const address = zone === -1 ? text : text.slice(0, zone)
  const halves = address.split('::')
  if (halves.length > 2) return false
  const counts = halves.map((half, at) => groupsOf(half, at === halves.length - 1))
  const total = counts.reduce<number>((sum, count) => sum + (count ?? Number.NaN), 0)
  return halves.length === 2 ? total <= 7 && (total > 0 || address === '::') : total === 8
}

/** Whether `text` is an IPv4 or IPv6 address as Go's `netip.ParseAddr` reads one (no leading zeros, zones allowed). */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text)
}

/** Whether `text` is an address or a CIDR block (Istio `ValidateIPSubnet`). */
export function isIpSubnet(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  if (bits === undefined || rest.length > 0) return isIpAddress(text)
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || address.includes('%')) return false
  return isIpv4(address) ? Number(bits) <= 32 : isIpv6(address) && Number(bits) <= 128
}
