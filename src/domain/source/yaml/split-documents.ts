import type { YamlFault } from '../yaml-fault.ts'
import { splitJson } from './split-json.ts'
import type { YamlReader } from './yaml-document.ts'

/** One document of a stream: its text without the separator, where that begins, and what is wrong with its separator. */
export interface DocumentText {
  readonly text: string
  readonly start: number
  readonly dialect: 'yaml' | 'json'
  readonly fault?: YamlFault
}

/**
 * Splits a stream as its reader does, without parsing it: at every line that begins with `---`, wherever it stands. What
 * begins with `{` is a stream of JSON to Kubernetes. Empty documents are left out.
 */
export function* splitDocuments(stream: string, reader: YamlReader): Generator<DocumentText> {
  const start = stream.startsWith('\ufeff') ? 1 : 0
  const isJson = reader === 'plain' && /^\ufeff?\s*\{/u.test(stream)
  const documents = isJson ? splitStream(stream, start) : splitYaml(stream, start, reader)
  for (const document of documents) if (hasContent(document)) yield document
}

/**
 * JSON as far as it goes. What comes behind a separator then kubectl refuses, while Argo CD and Flux split such a stream at its
 * separators and read it.
 */
function* splitStream(stream: string, start: number): Generator<DocumentText> {
  for (const document of splitJson(stream, start)) {
    if (document.fault !== undefined && isSeparated(stream, document.start)) {
      yield document
      yield* splitYaml(stream, document.start, 'plain')
      return
    }
    const behind = document.fault === undefined ? -1 : stream.indexOf('\n---', document.start) + 1
    if (behind <= 0) yield document
    else {
      yield { ...document, text: stream.slice(document.start, behind) }
      yield* splitYaml(stream, behind, 'plain')
    }
  }
}

function isSeparated(stream: string, at: number): boolean {
  return stream.startsWith('\n---', at - 1)
}

function hasContent({ text, fault }: DocumentText): boolean {
  return fault !== undefined || !/^(?:---[ \t]*(?:[ \t]#.*)?\r?\n)?(?: *(?:#.*)?\r?\n)* *(?:#.*)?$/.test(text)
}

const separators = {
  plain: /^---([^\n]*)\n?/gm,
  // A separator needs a line before it and an end of its own line.
  kustomize: /(?<=\n)---([^\n]*)\n/g,
} as const

function* splitYaml(stream: string, start: number, reader: YamlReader): Generator<DocumentText> {
  let from = start
  for (const found of stream.slice(start).matchAll(separators[reader])) {
    const [separator, behind = ''] = found
    const index = start + found.index
    const fault = faultOf(behind, index)
    // With nothing in front of it, the separator begins the document.
    if (fault === undefined && index === from) continue
    yield { text: stream.slice(from, index), start: from, dialect: 'yaml', ...(fault && { fault }) }
    from = index + separator.length
  }
  const text = stream.slice(from)
  const isWhole = reader === 'kustomize' || text === '' || text.endsWith('\n')
  yield { text: isWhole ? text : `${text}\n`, start: from, dialect: 'yaml' }
}

/** A comment may follow, and white space of any kind. */
function faultOf(behind: string, index: number): YamlFault | undefined {
  const trimmed = behind.trim()
  if (trimmed === '' || trimmed.startsWith('#')) return undefined
  return { code: 'separator', start: index, end: index + 3 + behind.trimEnd().length }
}
