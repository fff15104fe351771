import type { SourceFile, SourceRange } from '../../source/source-file.ts'
import type { YamlNode, YamlScalar } from '../../source/yaml-node.ts'

/** A text within a document as a file of its own, and where its places stand in the file around it. */
export interface EmbeddedText {
  readonly file: SourceFile
  readonly placed: (range: SourceRange) => SourceRange
}

/**
 * The text of a scalar to be read as a document. In a block (`|`) each line stands as it is written, behind its indentation: there
 * a place in the text is a place in the file. Of any other text only the whole is known.
 */
export function embeddedText(node: YamlScalar, cut: (text: string) => string = (text) => text): EmbeddedText {
  const text = cut(node.text)
  const file = { path: node.range.file.path, text }
  const starts = linesInFile(text, node.range)
  if (starts === undefined) return { file, placed: () => node.range }
  const offsetOf = (offset: number) => {
    const line = text.slice(0, offset).split('\n').length - 1
    const lineStart = line === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
    return (starts[line] ?? node.range.end) + offset - lineStart
  }
  return {
    file,
    placed: ({ start, end }) => {
      const from = offsetOf(start)
      return { file: node.range.file, start: from, end: Math.max(from, offsetOf(end)) }
    },
  }
}

/** Where each line of `text` begins in the file; nothing unless the scalar is a block whose lines are those of the text. */
function linesInFile(text: string, { file, start, end }: SourceRange): readonly number[] | undefined {
  const written = file.text.slice(start, end)
  const header = /^\|[-+0-9]*[ \t]*(?:#[^\n]*)?\r?\n/.exec(written)?.[0]
  if (header === undefined) return undefined
  const lines = written.slice(header.length).split('\n')
  const wanted = text.split('\n')
  const first = lines.findIndex((line) => line.trim() !== '')
  const skipped = wanted.findIndex((line) => line.trim() !== '')
  const [line, text0] = [lines[first], wanted[skipped]]
  if (line === undefined || text0 === undefined) return undefined
  const indent = line.replace(/\r$/, '').length - text0.length
  if (indent < 0) return undefined
  const starts: number[] = []
  let at = start + header.length
  for (const [index, each] of lines.entries()) {
    const row = index - first + skipped
    const bare = each.replace(/\r$/, '')
    if (row >= 0 && row < wanted.length) {
      if (bare.slice(indent) !== wanted[row] && bare.trim() !== (wanted[row] ?? '').trim()) return undefined
      starts[row] = at + indent
    }
    at += each.length + 1
  }
  return starts
}

/** `node` with every place moved. */
export function relocated(node: YamlNode, placed: EmbeddedText['placed']): YamlNode {
  const range = placed(node.range)
  if (node.kind === 'scalar') return { ...node, range }
  if (node.kind === 'sequence')
    return { ...node, range, items: node.items.map((item) => relocated(item, placed)) }
  return {
    ...node,
    range,
    entries: node.entries.map(({ key, keyRange, value }) => ({
      key,
      keyRange: placed(keyRange),
      value: relocated(value, placed),
    })),
  }
}
