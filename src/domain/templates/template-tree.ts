import { budgets } from '../budgets.ts'
import { type Pipeline, parsePipeline } from './pipeline.ts'
import { type TemplateAction, templateActions } from './template-actions.ts'

/** What a template does, in order. */
export type TemplateNode =
  | { readonly kind: 'print'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with' | 'range'
      readonly pipeline: Pipeline
      readonly body: readonly TemplateNode[]
      readonly otherwise: readonly TemplateNode[]
    }
  | { readonly kind: 'template'; readonly name: string; readonly context: Pipeline | undefined }

/** A template, and the others that are defined in it, by name. */
export interface TemplateTree {
  readonly nodes: readonly TemplateNode[]
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>
  /** How those are written, by name, without comments. */
  readonly written: ReadonlyMap<string, string>
}

interface Building {
  readonly text: string
  readonly actions: readonly TemplateAction[]
  at: number
  depth: number
  readonly defined: Map<string, readonly TemplateNode[]>
  readonly written: Map<string, string>
}

/** Reads a template; nothing where it does not parse. */
export function parseTemplate(text: string): TemplateTree | undefined {
  const actions = templateActions(text)
  if (actions === undefined) return undefined
  const building: Building = {
    text,
    actions,
    at: 0,
    depth: 0,
    defined: new Map(),
    written: new Map(),
  }
  const read = readBody(building)
  return read === undefined || read.end !== undefined
    ? undefined
    : { nodes: read.nodes, defined: building.defined, written: building.written }
}

interface Body {
  readonly nodes: readonly TemplateNode[]
  /** The `else` or `end` that it ends with; absent where the text ends. */
  readonly end: string | undefined
}

/** Up to the end of the block, or of the text; nothing where something in it does not parse. */
function readBody(building: Building): Body | undefined {
  const nodes: TemplateNode[] = []
  for (;;) {
    const action = building.actions[building.at]
    if (action === undefined) return { nodes, end: undefined }
    building.at += 1
    const text = action.text.trim()
    if (/^(?:end|else)\b/.test(text)) return { nodes, end: text }
    const read = readNode(text, building)
    if (read === undefined) return undefined
    nodes.push(...read)
  }
}

const block = /^(?<word>if|with|range|define|block|template|break|continue)\b(?<rest>.*)$/s

function readNode(text: string, building: Building): readonly TemplateNode[] | undefined {
  const { word, rest = '' } = block.exec(text)?.groups ?? {}
  switch (word) {
    case 'if':
    case 'with':
    case 'range':
      return within(building, () => readBlock(word, rest, building))
    case 'define':
    case 'block':
      return within(building, () => readDefinition(word, rest, building))
    case 'template':
      return readCall(rest)
    case 'break':
    case 'continue':
      return []
    default: {
      const pipeline = parsePipeline(text)
      return pipeline === undefined ? undefined : [{ kind: 'print', pipeline }]
    }
  }
}

/** Recursion ends long before the stack does. */
function within<T>(building: Building, read: () => T | undefined): T | undefined {
  if (building.depth > budgets.blockDepth.size) return undefined
  building.depth += 1
  const found = read()
  building.depth -= 1
  return found
}

function readBlock(
  kind: 'if' | 'with' | 'range',
  text: string,
  building: Building,
): readonly TemplateNode[] | undefined {
  const pipeline = parsePipeline(text)
  const body = readBody(building)
  if (pipeline === undefined || body?.end === undefined) return undefined
  const otherwise = body.end === 'end' ? [] : readElse(body.end, building)
  return otherwise === undefined ? undefined : [{ kind, pipeline, body: body.nodes, otherwise }]
}

/** `else if` and `else with` share the end of what they belong to. */
function readElse(text: string, building: Building): readonly TemplateNode[] | undefined {
  const { word, rest = '' } = /^else\s+(?<word>if|with)\b(?<rest>.*)$/s.exec(text)?.groups ?? {}
  if (word === 'if' || word === 'with') return within(building, () => readBlock(word, rest, building))
  const body = text === 'else' ? readBody(building) : undefined
  return body?.end === 'end' ? body.nodes : undefined
}

const named = /^\s+(?:"(?<name>[^"\\\n]*)"|`(?<raw>[^`]*)`)(?<rest>.*)$/s

function readDefinition(
  word: 'define' | 'block',
  text: string,
  building: Building,
): readonly TemplateNode[] | undefined {
  const { name, raw } = named.exec(text)?.groups ?? {}
  const called = name ?? raw
  const from = building.actions[building.at - 1]?.end ?? 0
  const body = readBody(building)
  if (called === undefined || body?.end !== 'end') return undefined
  const to = building.actions[building.at - 1]?.start ?? from
  building.defined.set(called, body.nodes)
  building.written.set(called, withoutComments(building.text.slice(from, to)))
  return word === 'define' ? [] : readCall(text)
}

function withoutComments(text: string): string {
  return text.replaceAll(/\{\{-?\s*\/\*(?:[^*]|\*(?!\/))*\*\/\s*-?\}\}/g, '')
}

function readCall(text: string): readonly TemplateNode[] | undefined {
  const { name, raw, rest = '' } = named.exec(text)?.groups ?? {}
  const called = name ?? raw
  if (called === undefined) return undefined
  if (rest.trim() === '') return [{ kind: 'template', name: called, context: undefined }]
  const context = parsePipeline(rest)
  return context === undefined ? undefined : [{ kind: 'template', name: called, context }]
}
