/** One document of a YAML stream: its text without the byte order mark, and where that text begins. */
export interface DocumentText {
  readonly text: string
  readonly start: number
}

const marker = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm

function hasContent(text: string): boolean {
  if (!text.startsWith('%') && !text.includes('\n%')) return text.trim() !== ''
  return text.split('\n').some((line) => !/^\s*(?:[#%]|$)/.test(line))
}

function documentAt(stream: string, from: number, to: number): DocumentText {
  const isEnd = stream.startsWith('...', from)
  const afterMarker = isEnd ? from + 3 : from
  const start = stream.charCodeAt(afterMarker) === 0xfeff ? afterMarker + 1 : afterMarker
  return { text: stream.slice(start, to), start }
}

/**
 * Splits a stream at its document markers, without parsing it. Exact: a marker in the first column ends a document even
 * within a block scalar. Empty documents and directives are left out.
 */
export function* splitDocuments(stream: string): Generator<DocumentText> {
  let from = 0
  for (const { index } of stream.matchAll(marker)) {
    const document = documentAt(stream, from, index)
    if (hasContent(document.text)) yield document
    from = index
  }
  const last = documentAt(stream, from, stream.length)
  if (hasContent(last.text)) yield last
}
