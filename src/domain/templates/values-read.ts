import { budgets } from '../budgets.ts'
import {
  type Abstract,
  ask,
  fieldIn,
  keyOf,
  type Notes,
  note,
  noted,
  root,
  type ValuePath,
  wholeChart,
} from './abstract-value.ts'
import { call } from './functions.ts'
import type { Expression, Pipeline } from './pipeline.ts'
import type { TemplateNode } from './template-tree.ts'

/** What of the values a template reads. */
export interface ValuesRead {
  /** All of them, or it cannot be said. */
  readonly everything: boolean
  /** With all that is below. */
  readonly whole: readonly ValuePath[]
  /** Only whether something is there. */
  readonly asked: readonly ValuePath[]
  /** Whether it writes among the values that others read. */
  readonly writes: boolean
  /** The fields of `.Chart` that it reads, and `wholeChart` where it reads all of them. */
  readonly chart: ReadonlySet<string>
  /** Whether it includes templates whose names are worked out. */
  readonly includesAny: boolean
  /** The names of the templates that it includes, as far as they were followed. */
  readonly includes: ReadonlySet<string>
}

/** The templates that can be included, by name: several where several files define one. */
export type Definitions = ReadonlyMap<string, readonly (readonly TemplateNode[])[]>

interface Reading extends Notes {
  readonly definitions: Definitions
  /** Whether templates may be defined that are not among these. */
  readonly definedElsewhere: boolean
  /** Whether texts among the values may be templates themselves. */
  readonly templatedValues: boolean
  /** The templates that were read, each with its context. */
  readonly entered: Set<string>
  readonly includes: Set<string>
  steps: number
  /** How many includes lead here. */
  depth: number
}

interface Scope {
  readonly dot: Abstract
  readonly top: Abstract
  readonly variables: Map<string, Abstract>
}

/**
 * Which values a template reads, itself or by what it includes: followed through variables, dictionaries, `with` and the contexts of
 * includes. What is handed to a function is read as a whole; what cannot be followed reads everything.
 */
export function valuesRead(
  nodes: readonly TemplateNode[],
  around: Pick<Reading, 'definitions' | 'definedElsewhere' | 'templatedValues'>,
): ValuesRead {
  const reading: Reading = {
    ...around,
    whole: new Map(),
    asked: new Map(),
    entered: new Set(),
    includes: new Set(),
    everything: false,
    writes: false,
    chart: new Set(),
    includesAny: false,
    steps: 0,
    depth: 0,
  }
  follow(nodes, { dot: root, top: root, variables: new Map() }, reading)
  return {
    everything: reading.everything,
    writes: reading.writes,
    chart: reading.chart,
    includesAny: reading.includesAny,
    whole: [...reading.whole.values()],
    asked: [...reading.asked.values()],
    includes: reading.includes,
  }
}

function follow(nodes: readonly TemplateNode[], scope: Scope, reading: Reading): void {
  const own: Scope = { ...scope, variables: new Map(scope.variables) }
  for (const node of nodes) {
    reading.steps += 1
    if (reading.steps > budgets.templateSteps.size) {
      giveUp(reading)
      return
    }
    followNode(node, own, reading)
  }
}

/** What is not followed to its end may do anything. */
function giveUp(reading: Reading): void {
  reading.everything = true
  reading.writes = true
  reading.includesAny = true
  reading.chart.add(wholeChart)
}

function followNode(node: TemplateNode, scope: Scope, reading: Reading): void {
  switch (node.kind) {
    case 'print': {
      const value = evaluate(node.pipeline.value, scope, reading)
      if (node.pipeline.declares === 'none') note(value, reading)
      else declare(node.pipeline, value, scope, reading)
      break
    }
    case 'template':
      enter(node.name, node.context ? evaluate(node.context.value, scope, reading) : noted, reading)
      break
    default:
      followBlock(node, scope, reading)
  }
}

type Block = Extract<TemplateNode, { readonly kind: 'if' | 'with' | 'range' }>

function followBlock({ kind, pipeline, body, otherwise }: Block, scope: Scope, reading: Reading): void {
  const value = evaluate(pipeline.value, scope, reading)
  if (kind === 'range') note(value, reading)
  else ask(value, reading)
  const inner: Scope = {
    ...scope,
    variables: new Map(scope.variables),
    dot: kind === 'if' ? scope.dot : kind === 'with' ? value : noted,
  }
  if (pipeline.declares !== 'none') declare(pipeline, kind === 'range' ? noted : value, inner, reading)
  follow(body, inner, reading)
  follow(otherwise, scope, reading)
}

/** A variable that is set anew may be either from then on. */
function declare({ variables, declares }: Pipeline, value: Abstract, scope: Scope, reading: Reading): void {
  for (const name of variables) {
    if (declares === 'new') scope.variables.set(name, value)
    else note(value, reading)
  }
}

function evaluate(expression: Expression, scope: Scope, reading: Reading): Abstract {
  switch (expression.kind) {
    case 'dot':
      return scope.dot
    case 'variable':
      return expression.name === '$' ? scope.top : (scope.variables.get(expression.name) ?? noted)
    case 'literal':
      return noted
    case 'field':
      return fieldIn(evaluate(expression.of, scope, reading), expression.name, reading)
    case 'method':
      for (const each of [expression.of, ...expression.args]) note(evaluate(each, scope, reading), reading)
      return noted
    case 'call':
      return call(expression.name, {
        args: expression.args,
        notes: reading,
        templatedValues: reading.templatedValues,
        evaluate: (each) => evaluate(each, scope, reading),
        enter: (name, context) => enter(name, context, reading),
      })
  }
}

/**
 * What another template reads with this context. One that is defined elsewhere may read all that it is handed; one that is defined
 * nowhere ends the rendering, where it is included at all, and reads nothing.
 */
function enter(name: string, context: Abstract, reading: Reading): void {
  reading.includes.add(name)
  const found = reading.definitions.get(name)
  if (found === undefined) {
    if (reading.definedElsewhere) note(context, reading)
    return
  }
  const visit = `${name}\n${keyOf(context)}`
  if (reading.entered.has(visit)) return
  reading.entered.add(visit)
  if (reading.depth > budgets.blockDepth.size) {
    giveUp(reading)
    return
  }
  reading.depth += 1
  for (const nodes of found) follow(nodes, { dot: context, top: context, variables: new Map() }, reading)
  reading.depth -= 1
}
