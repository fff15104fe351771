import { budgets } from '../../../budgets.ts'
import { isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { stop } from '../../unknown-delivery.ts'
import { functions } from './functions.ts'
import {
  type Block,
  type Command,
  type Operand,
  type Pipeline,
  parseTemplate,
  type TemplatePiece,
} from './parse.ts'
import { askedFor, type GoValue, goText, innerText, isEmpty } from './values.ts'

/** How a template is filled in. */
export interface Filling {
  /** `missingkey=error`: a name that is not there ends it. */
  readonly isStrict: boolean
  /** Whether what is not there may be something that is asked for elsewhere. */
  readonly isOpen: boolean
  /** What all templates of one side may still ask for. */
  readonly work: { left: number }
}

/** The text of a Go template with the functions of sprig that occur; ends where it is not known what would be written. */
export function filledTemplate(text: string, data: JsonObject, filling: Filling): string {
  if (!text.includes('{{')) return text
  const written = writtenBy(parsedBefore(text), { dot: data, variables: new Map([['$', data]]) }, filling)
  return written
}

const parsed = new Map<string, readonly TemplatePiece[]>()

/** The same few texts are filled in for each element. */
function parsedBefore(text: string): readonly TemplatePiece[] {
  const known = parsed.get(text)
  if (known !== undefined) return known
  if (parsed.size >= budgets.parsedTemplates.size) parsed.clear()
  const pieces = parseTemplate(text)
  parsed.set(text, pieces)
  return pieces
}

interface Scope {
  readonly dot: GoValue
  readonly variables: ReadonlyMap<string, GoValue>
}

function writtenBy(pieces: readonly TemplatePiece[], outer: Scope, filling: Filling): string {
  let scope = outer
  let written = ''
  for (const piece of pieces) {
    if (piece.kind === 'text') written += piece.text
    else if (piece.kind !== 'action') written += writtenByBlock(piece, scope, filling)
    else {
      const value = resultOfAll(piece.pipeline, scope, filling)
      const [name] = piece.pipeline.variables
      if (name === undefined) written += goText(value)
      else scope = withVariables(scope, [[name, value]])
    }
    spend(filling, 1)
  }
  spend(filling, written.length)
  return written
}

function spend({ work }: Filling, amount: number): void {
  work.left -= amount
  if (work.left < 0) stop('limit', 'templates')
}

function withVariables(scope: Scope, entries: readonly (readonly [string, GoValue])[]): Scope {
  return { ...scope, variables: new Map([...scope.variables, ...entries]) }
}

function writtenByBlock(block: Block, scope: Scope, filling: Filling): string {
  const { kind, pipeline, body, otherwise } = block
  const value = resultOfAll(pipeline, scope, filling)
  if (isEmpty(value)) return writtenBy(otherwise, scope, filling)
  if (kind === 'range') return writtenByRange(block, value, scope, filling)
  const [name] = pipeline.variables
  const inner = name === undefined ? scope : withVariables(scope, [[name, value]])
  return writtenBy(body, kind === 'with' ? { ...inner, dot: value } : inner, filling)
}

function writtenByRange({ pipeline, body }: Block, value: GoValue, scope: Scope, filling: Filling): string {
  return entriesOf(value)
    .map(([key, each]) => {
      const [first, second] = pipeline.variables
      const named =
        second === undefined
          ? [[first ?? '', each] as const]
          : [[first ?? '', key] as const, [second, each] as const]
      return writtenBy(body, { ...withVariables(scope, named), dot: each }, filling)
    })
    .join('')
}

/** The items of a list, or the entries of a map by their names. */
function entriesOf(value: GoValue): readonly (readonly [GoValue, GoValue])[] {
  if (Array.isArray(value)) return value.map((each: JsonValue, index) => [BigInt(index), each])
  if (!isObject(value)) return stop('fails', `range over ${innerText(value)}`)
  return Object.keys(value)
    .toSorted()
    .map((key) => [key, value[key]])
}

function resultOfAll({ commands }: Pipeline, scope: Scope, filling: Filling): GoValue {
  let value: GoValue
  for (const [index, command] of commands.entries())
    value = resultOf(command, index === 0 ? [] : [value], scope, filling)
  return value
}

function resultOf(command: Command, last: readonly GoValue[], scope: Scope, filling: Filling): GoValue {
  const [head, ...rest] = command
  if (head === undefined) return stop('fails', 'an empty command')
  if (head.of.kind !== 'call' || head.fields.length > 0) {
    if (rest.length + last.length > 0) stop('fails', 'arguments of what is no function')
    return operandValue(head, scope, filling)
  }
  const { name } = head.of
  const of = (operand: Operand) => operandValue(operand, scope, filling)
  if (name === 'and' || name === 'or') return shortened(name === 'or', rest, of, last)
  return called(name, [...rest.map(of), ...last], filling)
}

/** The first value that settles it; what comes after is not looked at. */
function shortened(
  wanted: boolean,
  operands: readonly Operand[],
  of: (operand: Operand) => GoValue,
  last: readonly GoValue[],
): GoValue {
  let value: GoValue
  for (const operand of operands) {
    value = of(operand)
    if (isEmpty(value) !== wanted) return value
  }
  return last.length > 0 ? last[0] : value
}

function called(name: string, args: readonly GoValue[], filling: Filling): GoValue {
  const known = functions.get(name)
  if (known === undefined) return stop('template', name)
  const value = known(args)
  if (typeof value === 'string') spend(filling, value.length)
  return value
}

function operandValue({ of, fields }: Operand, scope: Scope, filling: Filling): GoValue {
  const root = scope.variables.get('$')
  return fields.reduce(
    (value, field) => fieldOf(value, field, { ...filling, isOpen: filling.isOpen && value === root }),
    headValue(of, scope, filling),
  )
}

function headValue(of: Operand['of'], scope: Scope, filling: Filling): GoValue {
  switch (of.kind) {
    case 'dot':
      return scope.dot
    case 'value':
      return of.value
    case 'variable':
      return scope.variables.has(of.name) ? scope.variables.get(of.name) : stop('fails', of.name)
    case 'call':
      return called(of.name, [], filling)
    case 'pipeline':
      return resultOfAll(of.pipeline, scope, filling)
  }
}

function fieldOf(value: GoValue, field: string, { isStrict, isOpen }: Filling): GoValue {
  if (value === askedFor) return value
  if (!isObject(value)) return stop('fails', `.${field} of ${innerText(value)}`)
  if (Object.hasOwn(value, field)) return value[field]
  if (isOpen) return askedFor
  return isStrict ? stop('fails', `.${field}`) : undefined
}
