import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { bookkeeping, changed, type Item, kept, remembering } from '../item.ts'
import { goJson, goText } from '../values/structured-text.ts'
import { isNothing, textNode, textOf, valueAt, valueWithin, withValue } from '../values/tree.ts'
import { effectiveNamespace, metadataText } from './identity.ts'
import { sha256 } from './sha256.ts'

const spelled: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' }

/**
 * The name of each generated object with the hash of its content behind it. `unknown` hears of those whose hash is not
 * established: what a patch made another kind of.
 */
export function withHashes(items: readonly Item[], unknown: (item: Item) => void): readonly Item[] {
  return items.map((item) => {
    if (kept(item.node, bookkeeping.needsHash) !== 'enabled') return item
    if (!hashed.has(textOf(valueAt(item.node, 'kind')))) {
      unknown(item)
      return item
    }
    const hash = [...sha256(encoded(item.node)).slice(0, 10)].map((digit) => spelled[digit] ?? digit).join('')
    const node = remembering(item.node, effectiveNamespace)
    const [metadata, written] = [valueAt(node, 'metadata'), valueWithin(node, 'metadata', 'name')]
    if (metadata?.kind !== 'map' || written === undefined) return item
    const name = textNode(`${metadataText(node, 'name')}-${hash}`, written.range)
    return changed(item, withValue(node, 'metadata', withValue(metadata, 'name', name)))
  })
}

const hashed: ReadonlySet<string> = new Set(['ConfigMap', 'Secret'])

/** What the hash is of: kind, type and data. The name is left empty. */
function encoded(node: YamlMap): string {
  const isSecret = textOf(valueAt(node, 'kind')) === 'Secret'
  const more = isSecret ? 'stringData' : 'binaryData'
  const parts = [
    ...(valueAt(node, more)?.kind === 'map' ? [[more, json(valueAt(node, more))]] : []),
    ['data', json(valueAt(node, 'data'))],
    ['kind', goText(isSecret ? 'Secret' : 'ConfigMap')],
    ['name', '""'],
    ...(isSecret ? [['type', goText(textOf(valueAt(node, 'type')))]] : []),
  ] as const
  const sorted = parts.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
  return `{${sorted.map(([key = '', value = '']) => `${goText(key)}:${value}`).join(',')}}`
}

function json(node: YamlNode | undefined): string {
  return isNothing(node) ? '""' : goJson(node)
}
