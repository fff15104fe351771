import type { Diagnostic } from '../diagnostic.ts'
import type { SourceFile, SourceRange } from '../source-file.ts'
import { type YamlFault, type YamlFaultCode, yamlMistake } from '../yaml-fault.ts'
import type { YamlNode } from '../yaml-node.ts'
import type { YamlReading } from './yaml-document.ts'

/** What an anchor stands for. */
interface Anchored {
  readonly node: YamlNode
  /** How many values the node holds, itself included, and how deep they go. */
  readonly nodes: number
  readonly height: number
}

/** How far the reading of one document has come. */
export interface Context extends YamlReading {
  readonly file: SourceFile
  /** Offset of the document in the file. */
  readonly base: number
  readonly diagnostics: Diagnostic<YamlFaultCode>[]
  readonly anchors: Map<string, Anchored>
  /** Nodes read so far, those that aliases stand for included. */
  nodes: number
  aliased: number
  /** Collections open around the current node, and the most that were open anywhere within the one being read. */
  depth: number
  reach: number
  fatal: boolean
  overLimit: boolean
}

/** The beginning of a document at `base`. */
export function beginReading(file: SourceFile, base: number, reading: YamlReading): Context {
  return {
    ...reading,
    file,
    base,
    diagnostics: [],
    anchors: new Map(),
    nodes: 0,
    aliased: 0,
    depth: 0,
    reach: 0,
    fatal: false,
    overLimit: false,
  }
}

/** A range of the document as one of its file; what was added to the end of the text is not part of it. */
export function rangeFrom({ file, base }: Context, start: number, end: number): SourceRange {
  const { length } = file.text
  return { file, start: Math.min(base + start, length), end: Math.min(base + end, length) }
}

/** Reports a mistake that leaves the document readable. */
export function report(context: Context, mistake: Omit<Diagnostic<YamlFaultCode>, 'id' | 'severity'>): void {
  context.diagnostics.push({ id: context.id, severity: 'error', ...mistake })
}

/** Reports what makes the whole document unreadable; only the first of that is told. */
export function fail(context: Context, fault: YamlFault): void {
  const range = rangeFrom(context, fault.start, fault.end)
  if (!context.fatal) report(context, { ...yamlMistake(fault), range })
  context.fatal = true
}

/** Reports a document that asks for more than the limits allow. */
export function exceed(
  context: Context,
  code: YamlFaultCode,
  { start, end }: { start: number; end: number },
): void {
  context.overLimit ||= !context.fatal
  fail(context, { code, start, end })
}
