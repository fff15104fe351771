import type { StringMatch } from '../manifest/virtual-service.ts'
import { rangeOf } from '../source/located.ts'
import { lastLineOf, positionOf, rangeOfLines } from '../source/source-file.ts'
import type { Candidate } from './candidate.ts'

type Kind = 'exact' | 'prefix' | 'regex'

const kinds: readonly Kind[] = ['exact', 'prefix', 'regex']

function kindOf(uri: StringMatch): Kind | undefined {
  return kinds.find((kind) => uri[kind] !== undefined)
}

/** A text as a YAML scalar: bare where nobody could read it as anything else. */
export function scalar(value: string): string {
  return /^\/[\w./~-]*$/.test(value) ? value : JSON.stringify(value)
}

/** Whether a text can be written so that every reader sees what it is. */
export function isPrintable(value: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(value)
}

/** Writes another matcher in the place of one that stands on a line with its key; undefined where it is written otherwise. */
export function rewriteUri(uri: StringMatch | undefined, to: StringMatch): Candidate | undefined {
  const [field, kind] = [uri && kindOf(uri), kindOf(to)]
  const range = uri && field && rangeOf(uri, field)
  if (range === undefined || kind === undefined || !isPrintable(to[kind] ?? '')) return undefined
  const { file, start, end } = range
  const from = file.text.slice(start, end)
  const { line } = positionOf(range)
  const key = /^("?)(?:exact|prefix|regex)\1\s*:/.exec(from)
  if (key === null || lastLineOf(range) !== line) return undefined
  const value = to[kind] ?? ''
  const written = key[1] === '"' ? `"${kind}": ${JSON.stringify(value)}` : `${kind}: ${scalar(value)}`
  const whole = rangeOfLines(file, line, line)
  const text = `${file.text.slice(whole.start, start)}${written}${file.text.slice(end, whole.end)}`
  return {
    step: { kind: 'write', from, to: written, ...(to.prefix !== undefined && { prefix: to.prefix }) },
    edit: { file, first: line, last: line, text },
  }
}
