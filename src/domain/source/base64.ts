/** What a text in base64 encodes; undefined where it is none, or encodes no text. */
export function fromBase64(encoded: string): string | undefined {
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(encoded) && encoded.length % 4 === 0
  if (!isBase64) return undefined
  const bytes = Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0))
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
