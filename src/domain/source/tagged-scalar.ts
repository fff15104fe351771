import { plainScalar, type ScalarValue } from './plain-scalar.ts'

/** `int` of `tag:yaml.org,2002:int`; a tag of somebody else's stays as it is. */
export function shortTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '')
}

const fits: ReadonlyMap<string, (value: ScalarValue) => boolean> = new Map([
  ['null', (value) => value === null],
  ['bool', (value) => typeof value === 'boolean'],
  ['int', (value) => typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))],
  ['float', (value) => typeof value === 'bigint' || typeof value === 'number'],
])

/**
 * Reads a scalar with an explicit tag as go-yaml v2 does: `!!int` and the like by the rules of plain scalars, `!!binary`
 * from base64, everything else as the string it is. Undefined: the text does not fit the tag.
 */
export function taggedScalar(tag: string, text: string): ScalarValue | undefined {
  const name = shortTag(tag)
  if (name === 'binary') return fromBase64(text)
  const isFit = fits.get(name)
  if (isFit === undefined) return text
  const value = plainScalar(text)
  return isFit(value) ? value : undefined
}

function fromBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '')
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(compact) && compact.length % 4 === 0
  if (!isBase64) return undefined
  return new TextDecoder().decode(Uint8Array.from(atob(compact), (byte) => byte.charCodeAt(0)))
}
