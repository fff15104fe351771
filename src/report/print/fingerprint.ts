/**
 * A short name for a text (FNV-1a, 64 bits): equal for equal texts, and as good as never for others. Nobody's secret
 * hangs on it.
 */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
