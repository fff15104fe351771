import { fromBase64 } from '../base64.ts'
import { integerOf, type ScalarValue, scalarFor } from './plain-scalar.ts'
import { timestampOf } from './timestamp.ts'
import type { YamlReader } from './yaml-document.ts'

/** `int` of `tag:yaml.org,2002:int`; a tag of somebody else's stays as it is. */
export function shortTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, '')
}

const fits: ReadonlyMap<string, (value: ScalarValue, text: string) => boolean> = new Map([
  ['null', (value) => value === null],
  ['bool', (value) => typeof value === 'boolean'],
  ['int', (_, text) => integerOf(text.replaceAll('_', '')) !== undefined],
  ['float', (value) => typeof value === 'number' || (typeof value === 'bigint' && value < 2n ** 63n)],
])

/**
 * Reads a scalar with an explicit tag as go-yaml v2 does: `!!int` and the like by the rules of plain scalars, `!!binary`
 * from base64, everything else as the string it is. Undefined: the text does not fit the tag.
 */
export function taggedScalar(tag: string, text: string, reader: YamlReader): ScalarValue | undefined {
  const name = shortTag(tag)
  if (name === 'binary') return fromBase64(text.replace(/[\r\n]+/g, ''))
  if (name === 'timestamp') {
    const time = timestampOf(text)
    return time !== undefined && reader === 'plain' ? text : time
  }
  const isFit = fits.get(name)
  if (isFit === undefined) return text
  const value = scalarFor(text, reader)
  return isFit(value, text) ? value : undefined
}
