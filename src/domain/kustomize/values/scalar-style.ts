import { plainScalar, scalarFor } from '../../source/yaml/plain-scalar.ts'
import { timestampOf } from '../../source/yaml/timestamp.ts'
import type { YamlScalar } from '../../source/yaml-node.ts'

/** A scalar of which it is known whether it stands in quotes, or in a block, where it is not written as it stands. */
export interface StyledScalar extends YamlScalar {
  readonly isQuoted: boolean
}

/** Whether a scalar stands in quotes or in a block: a number that takes the place of such a text is printed as a text. */
export function isQuoted(node: YamlScalar): boolean {
  if ('isQuoted' in node) return node.isQuoted === true
  const { file, start, end } = node.range
  return (
    typeof node.value === 'string' &&
    /^(?:[!&]\S*\s+)*["'|>]/.test(file.text.slice(start, Math.min(end, start + 200)))
  )
}

/** `node` in the style of the scalar whose place it takes. */
export function inStyleOf(before: YamlScalar, node: YamlScalar): StyledScalar {
  const quoted = isQuoted(before)
  const value = quoted && node.value !== null ? node.text : node.value
  return { ...node, value, isQuoted: quoted }
}

/** A text as it is printed by itself: in quotes where it would be read as something else without them. */
export function styledText(node: YamlScalar): StyledScalar {
  return { ...node, isQuoted: typeof node.value === 'string' && !isPlain(node.text) }
}

/** Whether a text that is set would be read as a text by YAML 1.1. */
export function isPlainText(text: string): boolean {
  return typeof plainScalar(text) === 'string'
}

function isPlain(text: string): boolean {
  if (!isPlainText(text) || typeof scalarFor(text, 'kustomize') !== 'string') return false
  if (timestampOf(text) !== undefined) return false
  if (/^[,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)/.test(text)) return false
  return !/^\s|\s$|: |:$| #|[\n\t]/.test(text) && !/^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(text)
}
