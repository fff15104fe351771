/** The bytes of a text in base64; undefined where it is none. */
function bytesOf(encoded: string): Uint8Array | undefined {
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(encoded) && encoded.length % 4 === 0
  return isBase64 ? Uint8Array.from(atob(encoded), (byte) => byte.charCodeAt(0)) : undefined
}

/** What a text in base64 encodes; undefined where it is none, or encodes no text. */
export function fromBase64(encoded: string): string | undefined {
  const bytes = bytesOf(encoded)
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The same of whatever bytes, with a mark for those that are of no text, as readers of JSON have it. */
export function likelyFromBase64(encoded: string): string | undefined {
  const bytes = bytesOf(encoded)
  return bytes && new TextDecoder().decode(bytes)
}
