import type { YamlFault } from './yaml-fault.ts'

/** Ends a line in YAML 1.1, as Kubernetes reads it, and not in YAML 1.2, nor where GitHub shows the text. */
const lineBreak = /\r(?!\n)|[\u0085\u2028\u2029]/

/** What go-yaml refuses wherever it stands: controls, halves of surrogate pairs and the last two of the plane. */
const refused = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Cs}/u

/** What keeps a text as a whole from being read. */
export interface UnreadableToken extends YamlFault {
  readonly code: 'line-break' | 'byte-order-mark' | 'character'
}

/**
 * Why a text as a whole cannot be read, whatever YAML it is: a comment may end where nobody sees it, a mark may hide what
 * follows, or Kubernetes refuses all of it. Nothing in such a text is only a comment. One byte order mark may begin it.
 */
export function unreadableToken(text: string): UnreadableToken | undefined {
  const mark = text.indexOf('\ufeff', 1)
  const found = [
    { code: 'line-break', at: text.search(lineBreak) },
    { code: 'byte-order-mark', at: mark },
    { code: 'character', at: text.search(refused) },
  ] as const
  const [first] = found.filter(({ at }) => at !== -1).sort((a, b) => a.at - b.at)
  if (first === undefined) return undefined
  const { code, at } = first
  const point = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return { code, start: at, end: at + 1, values: [`U+${point}`] }
}

/** Whether Kubernetes may read another text than what is seen: a line may begin, or a mark may hide, where nobody looks. */
export function mayReadOtherwise(text: string): boolean {
  return lineBreak.test(text) || text.includes('\ufeff', 1)
}
