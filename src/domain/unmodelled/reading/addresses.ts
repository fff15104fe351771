/** A range of addresses of one family: the first bits of all of them. */
interface Range {
  readonly bits: string
  readonly family: 4 | 6
}

/** Whether two addresses, or ranges of them (CIDR), have an address in common; a text that is none has none. */
export function addressesMeet(a: string, b: string): boolean {
  const [one, other] = [rangeOf(a), rangeOf(b)]
  if (one === undefined || other === undefined || one.family !== other.family) return false
  return one.bits.startsWith(other.bits) || other.bits.startsWith(one.bits)
}

function rangeOf(text: string): Range | undefined {
  const [address = '', prefix] = text.split('/')
  const family = address.includes(':') ? 6 : 4
  const bits = family === 4 ? bitsOfFour(address) : bitsOfSix(address)
  if (bits === undefined) return undefined
  const length = prefix === undefined ? bits.length : Number(prefix)
  return /^\d*$/.test(prefix ?? '') && length <= bits.length
    ? { bits: bits.slice(0, length), family }
    : undefined
}

function bitsOfFour(text: string): string | undefined {
  const parts = text.split('.')
  const isByte = (part: string) => /^\d{1,3}$/.test(part) && Number(part) < 256
  if (parts.length !== 4 || !parts.every(isByte)) return undefined
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('')
}

function bitsOfSix(text: string): string | undefined {
  const [before = '', after, ...more] = text.split('::')
  const groupsOf = (half: string) => (half === '' ? [] : half.split(':'))
  const [left, right] = [groupsOf(before), groupsOf(after ?? '')]
  const missing = 8 - left.length - right.length
  if (more.length > 0 || missing < 0 || (after === undefined && missing > 0)) return undefined
  const groups = [...left, ...new Array<string>(missing).fill('0'), ...right]
  if (!groups.every((each) => /^[\da-f]{1,4}$/i.test(each))) return undefined
  return groups.map((each) => Number.parseInt(each, 16).toString(2).padStart(16, '0')).join('')
}
