import { type Abstract, ask, fieldIn, type Notes, note, noted } from './abstract-value.ts'
import type { Expression } from './pipeline.ts'

/** A call of a function, and what it takes to say what it reads. */
export interface Called {
  readonly args: readonly Expression[]
  readonly notes: Notes
  /** Whether texts among the values may be templates themselves. */
  readonly templatedValues: boolean
  evaluate(expression: Expression): Abstract
  /** Reads another template with a context. */
  enter(name: string, context: Abstract): void
}

/** What a function gives, with what it reads noted: most read whatever they are given, as a whole. */
export function call(name: string, called: Called): Abstract {
  const known = functions.get(name)
  return known === undefined ? noteAll(called.args, called) : known(called)
}

function valueAt({ args, evaluate }: Called, at: number): Abstract {
  const arg = args.at(at)
  return arg === undefined ? noted : evaluate(arg)
}

function noteAll(args: readonly Expression[], { evaluate, notes }: Called): Abstract {
  for (const each of args) note(evaluate(each), notes)
  return noted
}

const functions: ReadonlyMap<string, (called: Called) => Abstract> = new Map([
  ['include', includes],
  ['tpl', fillsIn],
  ['dict', makes],
  ['list', lists],
  ['tuple', lists],
  ['index', selects],
  ['get', selects],
  ['not', asks],
  ['empty', asks],
  ['hasKey', asksWithin],
  ['dig', digs],
  ['default', fallsBack],
  ['set', sets],
  ['unset', sets],
  ...['merge', 'mergeOverwrite', 'mustMerge', 'mustMergeOverwrite'].map((name) => [name, merges] as const),
])

function asks(called: Called): Abstract {
  ask(valueAt(called, 0), called.notes)
  return noted
}

function asksWithin(called: Called): Abstract {
  ask(selects(called), called.notes)
  return noted
}

function selects(called: Called): Abstract {
  return within(valueAt(called, 0), called.args.slice(1), called)
}

function digs(called: Called): Abstract {
  noteAll(called.args.slice(-2, -1), called)
  return within(valueAt(called, -1), called.args.slice(0, -2), called)
}

function fallsBack(called: Called): Abstract {
  noteAll(called.args.slice(0, -1), called)
  return valueAt(called, -1)
}

function sets(called: Called): Abstract {
  const target = writtenInto(called)
  noteAll(called.args.slice(1), called)
  return target
}

function merges(called: Called): Abstract {
  writtenInto(called)
  return noteAll(called.args, called)
}

function writtenInto(called: Called): Abstract {
  const target = valueAt(called, 0)
  if (target.kind === 'values' || target.kind === 'root') called.notes.writes = true
  return target
}

function lists(called: Called): Abstract {
  return { kind: 'made', entries: new Map(called.args.map((_, at) => [String(at), valueAt(called, at)])) }
}

function makes(called: Called): Abstract {
  const { args } = called
  const entries = new Map<string, Abstract>()
  for (let at = 0; at < args.length; at += 2) {
    const key = args[at]
    if (key?.kind === 'literal') entries.set(key.text, valueAt(called, at + 1))
    else noteAll(args.slice(at, at + 2), called)
  }
  return { kind: 'made', entries }
}

function includes(called: Called): Abstract {
  const [name] = called.args
  if (name?.kind === 'literal') called.enter(name.text, valueAt(called, 1))
  else {
    called.notes.everything = true
    called.notes.includesAny = true
  }
  return noted
}

/** A text that is a template itself may read all that it is handed. */
function fillsIn(called: Called): Abstract {
  const [text] = called.args
  noteAll(called.args.slice(0, 1), called)
  if (called.templatedValues || mayHoldMarks(text, called)) note(valueAt(called, 1), called.notes)
  return noted
}

/** Whether a text may be a template although no value is one. */
function mayHoldMarks(text: Expression | undefined, called: Called): boolean {
  switch (text?.kind) {
    case 'literal':
      return text.text.includes('{{')
    case 'call':
      return !plainFunctions.has(text.name) || text.args.some((each) => mayHoldMarks(each, called))
    case 'dot':
    case 'variable':
    case 'field':
      return called.evaluate(text).kind !== 'values'
    default:
      return true
  }
}

const plainFunctions: ReadonlySet<string> = new Set([
  ...['toYaml', 'toJson', 'toString', 'default', 'quote', 'print', 'trim', 'indent', 'nindent'],
])

/** By literal keys; an item of a list among the values, and any other key, is the whole of it. */
function within(value: Abstract, keys: readonly Expression[], called: Called): Abstract {
  return keys.reduce((at: Abstract, key) => {
    const isNumber = key.kind === 'literal' && /^\d+$/.test(key.text)
    if (key.kind === 'literal' && !(isNumber && at.kind !== 'made'))
      return fieldIn(at, key.text, called.notes)
    noteAll([key], called)
    note(at, called.notes)
    return noted
  }, value)
}
