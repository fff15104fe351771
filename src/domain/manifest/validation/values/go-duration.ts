const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

const most = 2n ** 63n - 1n
const part = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y

function partAt(text: string): { readonly length: number; readonly nanoseconds: bigint } | undefined {
  part.lastIndex = 0
  const [whole, int = '', fraction = '', unit = ''] = part.exec(text) ?? []
  if (whole === undefined || int + fraction === '') return undefined
  const scale = units[unit] ?? 0n
  const tail = fraction === '' ? 0n : (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length)
  return { length: whole.length, nanoseconds: BigInt(int === '' ? '0' : int) * scale + tail }
}

/** Nanoseconds of a duration as Go writes one (`1h30m`, `1.5s`, `-3ms`, `0`), or nothing where it is none. */
export function goDuration(text: string): bigint | undefined {
  const negative = text.startsWith('-')
  let rest = text.replace(/^[-+]/, '')
  if (rest === '0') return 0n
  if (rest === '' || rest.length > 64) return undefined
  let total = 0n
  while (rest !== '') {
    const next = partAt(rest)
    if (next === undefined) return undefined
    total += next.nanoseconds
    rest = rest.slice(next.length)
  }
  if (total > most) return undefined
  return negative ? -total : total
}
