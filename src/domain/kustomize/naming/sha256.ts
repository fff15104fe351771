const bits = 32

/** The first 32 bits of the fractional parts of the roots of the first primes, from which SHA-256 starts. */
function fractions(count: number, root: (prime: number) => number): readonly number[] {
  const primes: number[] = []
  for (let each = 2; primes.length < count; each += 1)
    if (primes.every((prime) => each % prime !== 0)) primes.push(each)
  return primes.map((prime) => {
    const value = root(prime)
    return Math.floor((value - Math.floor(value)) * 2 ** bits)
  })
}

const initial = fractions(8, Math.sqrt)
const constants = fractions(64, Math.cbrt)

const rotated = (word: number, by: number) => (word >>> by) | (word << (bits - by))

/** SHA-256 of the UTF-8 of a text (FIPS 180-4), in hexadecimal. */
export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const blocks = Math.ceil((bytes.length + 9) / 64)
  const padded = new Uint8Array(blocks * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n)
  let state = initial
  for (let block = 0; block < blocks; block += 1) state = compressed(state, view, block * 64)
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

function compressed(state: readonly number[], view: DataView, at: number): readonly number[] {
  const words = schedule(view, at)
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (const [index, word] of words.entries()) {
    const big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    const first = (h + big1 + ((e & f) ^ (~e & g)) + (constants[index] ?? 0) + word) | 0
    const big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (state[index] ?? 0)) | 0)
}

function schedule(view: DataView, at: number): readonly number[] {
  const words = Array.from({ length: 16 }, (_, index) => view.getInt32(at + index * 4))
  for (let index = 16; index < 64; index += 1) {
    const [w15, w2] = [words[index - 15] ?? 0, words[index - 2] ?? 0]
    const small0 = rotated(w15, 7) ^ rotated(w15, 18) ^ (w15 >>> 3)
    const small1 = rotated(w2, 17) ^ rotated(w2, 19) ^ (w2 >>> 10)
    words.push(((words[index - 16] ?? 0) + small0 + (words[index - 7] ?? 0) + small1) | 0)
  }
  return words
}
