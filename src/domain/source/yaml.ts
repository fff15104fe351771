import type { SourceFile } from './source-file.ts'
import { unreadableToken } from './unreadable-text.ts'
import { knownDocuments } from './yaml/known-documents.ts'
import { parseSyntax } from './yaml/parse-syntax.ts'
import { type DocumentText, splitDocuments } from './yaml/split-documents.ts'
import { beginReading, type Context, exceed, fail, rangeFrom } from './yaml/yaml-context.ts'
import { readValue } from './yaml/yaml-convert.ts'
import { type YamlDocument, type YamlReading, yamlLimits } from './yaml/yaml-document.ts'
import type { YamlFaultCode } from './yaml-fault.ts'

export {
  mayExceedLimits,
  type YamlDocument,
  type YamlReader,
  type YamlReading,
  yamlLimits,
} from './yaml/yaml-document.ts'
export type { YamlMap, YamlNode } from './yaml-node.ts'

/**
 * Reads YAML 1.1 and JSON as Kubernetes reads them (sigs.k8s.io/yaml over go-yaml v2), or as Kustomize does. Each document by
 * itself: a broken one does not hide its siblings. Never throws; empty documents are left out.
 */
export function parseYaml(file: SourceFile, reading: YamlReading): readonly YamlDocument[] {
  return [...yamlDocuments(file, reading)]
}

/** The same, one document at a time: for files of which not everything has to be held at once. */
export function* yamlDocuments(file: SourceFile, reading: YamlReading): Generator<YamlDocument> {
  const { wanted = () => true, reader = 'plain' } = reading
  if (file.delivered !== undefined) {
    yield* file.delivered
    return
  }
  const gate = gateOf(file, reading)
  if (gate !== undefined) {
    if (wanted(file.text)) yield gate
    return
  }
  let count = 0
  for (const document of splitDocuments(file.text, reader)) {
    if (!wanted(document.text)) continue
    count += 1
    if (count > yamlLimits.documents) {
      yield unread(file, reading, { start: document.start, code: 'documents' })
      return
    }
    yield* knownDocuments(file, document, reading, () => readDocument(file, document, reading))
  }
}

/** What keeps the text as a whole from being read: everything that is read as YAML passes here. */
function gateOf(file: SourceFile, reading: YamlReading): YamlDocument | undefined {
  if (file.text.length > yamlLimits.fileLength) return unread(file, reading, { start: 0, code: 'length' })
  const fault = unreadableToken(file.text)
  if (fault === undefined) return undefined
  const context = beginReading(file, 0, reading)
  fail(context, fault)
  return { range: { file, start: 0, end: file.text.length }, diagnostics: context.diagnostics }
}

function unread(
  file: SourceFile,
  reading: YamlReading,
  { start, code }: { readonly start: number; readonly code: YamlFaultCode },
): YamlDocument {
  const context = beginReading(file, 0, reading)
  exceed(context, code, { start, end: start })
  return { range: { file, start, end: file.text.length }, overLimit: true, diagnostics: context.diagnostics }
}

function readDocument(
  file: SourceFile,
  document: DocumentText,
  reading: YamlReading,
): readonly YamlDocument[] {
  const { text, start, dialect } = document
  const context = beginReading(file, start, reading)
  const range = rangeFrom(context, 0, text.length)
  if (document.fault !== undefined) {
    const { fault } = document
    fail(context, { ...fault, start: fault.start - start, end: fault.end - start })
    return [unreadable({ ...range, end: Math.max(range.end, fault.end) }, context)]
  }
  const syntax = parseSyntax(text, dialect)
  if (syntax.kind === 'empty') return []
  if (syntax.kind === 'fault') {
    if (syntax.isTooDeep) exceed(context, 'depth', syntax.fault)
    else fail(context, syntax.fault)
    return [unreadable(range, context)]
  }
  const { root } = syntax
  if (root.kind === 'scalar' && root.style === 'empty' && root.tag === undefined) return []
  const node = readValue(root, context)
  if (context.fatal) return [unreadable(range, context)]
  return [{ range, root: node, diagnostics: context.diagnostics }]
}

function unreadable(range: YamlDocument['range'], { overLimit, diagnostics }: Context): YamlDocument {
  return { range, ...(overLimit && { overLimit }), diagnostics }
}
