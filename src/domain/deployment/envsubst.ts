import { budgets } from '../budgets.ts'

/** What a variable is replaced by: a value, nothing where it is surely not set, or whatever only the cluster knows. */
export type Lookup = (name: string) => { readonly value: string | undefined } | 'unknown'

/**
 * A text with its variables filled in as drone/envsubst 1.5 does: `${X}`, with defaults (`:-`, `:=`, `=`), `^^`, `,,`, `#X`, parts,
 * replacements, and literal beginnings and ends taken off; `$$` is one `$`. Nothing where that fails (`${X-d}`, `${a.b}`, `${ X }`,
 * `${`), for then nothing is applied. What is not known, or an operation that is not followed, stays as it is written.
 */
export function envsubst(text: string, lookup: Lookup): string | undefined {
  const found = filled(text, 0, { lookup, depth: 0 })
  return found?.text
}

interface Filling {
  readonly lookup: Lookup
  /** In how many others the text stands: in any, it ends at the first brace that is not its own. */
  readonly depth: number
}

interface Found {
  readonly text: string
  /** Behind what was read. */
  readonly end: number
}

function filled(text: string, from: number, filling: Filling): Found | undefined {
  if (filling.depth > budgets.placeholderDepth.size) return undefined
  let result = ''
  let at = from
  while (at < text.length) {
    if (filling.depth > 0 && text[at] === '}') return { text: result, end: at }
    if (text.startsWith('$$', at)) {
      result += '$'
      at += 2
    } else if (text.startsWith('${', at)) {
      const found = expression(text, at, filling)
      if (found === undefined) return undefined
      result += found.text
      at = found.end
    } else {
      result += text[at]
      at += 1
    }
  }
  return filling.depth > 0 ? undefined : { text: result, end: at }
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y
const operation = /\}|:-|:=|=|\^\^\}|\^\}|,,\}|,\}|:(?=\d)|:[?+]|\/\/?|##?|%%?/y

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function expression(text: string, at: number, { lookup, depth }: Filling): Found | undefined {
  const isLength = text[at + 2] === '#'
  const start = at + (isLength ? 3 : 2)
  const variable = matchAt(name, text, start)
  if (variable === undefined) return undefined
  const behind = start + variable.length
  const how = matchAt(operation, text, behind)
  if (how === undefined || (isLength && how !== '}')) return undefined
  const of = lookup(variable)
  const value = of === 'unknown' ? undefined : (of.value ?? '')
  const simple = ended[how]
  if (simple !== undefined) {
    const end = behind + how.length
    const known = value === undefined ? undefined : isLength ? String([...value].length) : simple(value)
    return { text: known ?? text.slice(at, end), end }
  }
  const rest = filled(text, behind + how.length, { lookup, depth: depth + 1 })
  if (rest === undefined) return undefined
  const end = rest.end + 1
  const isSet = of !== 'unknown' && of.value !== undefined
  const result = value === undefined ? undefined : withArgument(how, rest.text, { value, isSet })
  return { text: result ?? text.slice(at, end), end }
}

/** The operations without an argument. */
const ended: Readonly<Record<string, (value: string) => string>> = {
  '}': (value) => value,
  '^^}': (value) => value.toUpperCase(),
  ',,}': (value) => value.toLowerCase(),
  '^}': (value) => value.slice(0, 1).toUpperCase() + value.slice(1),
  ',}': (value) => value.slice(0, 1).toLowerCase() + value.slice(1),
}

interface Given {
  readonly value: string
  readonly isSet: boolean
}

function withArgument(how: string, argument: string, { value, isSet }: Given): string | undefined {
  switch (how) {
    case ':-':
    case ':=':
      return value === '' ? argument : value
    case '=':
      return isSet ? value : argument
    case ':':
      return partOf(value, argument)
    case '/':
    case '//':
      return replaced(value, argument, how)
    case '#':
    case '##':
      return isLiteral(argument) ? withoutStart(value, argument) : undefined
    case '%':
    case '%%':
      return isLiteral(argument) ? withoutEnd(value, argument) : undefined
    default:
      return undefined
  }
}

function isLiteral(pattern: string): boolean {
  return !/[*?[\\]/.test(pattern)
}

function withoutStart(value: string, start: string): string {
  return value.startsWith(start) ? value.slice(start.length) : value
}

function withoutEnd(value: string, end: string): string {
  return value.endsWith(end) ? value.slice(0, value.length - end.length) : value
}

function partOf(value: string, argument: string): string | undefined {
  const [start = 0, length = value.length] = argument.split(':').map(Number)
  const isWithin = Number.isInteger(start) && Number.isInteger(length) && start <= value.length && length >= 0
  return isWithin ? value.slice(start, start + length) : undefined
}

function replaced(value: string, argument: string, how: '/' | '//'): string | undefined {
  const [from = '', to = '', ...more] = argument.split('/')
  if (from === '' || more.length > 0) return undefined
  return how === '//' ? value.replaceAll(from, () => to) : value.replace(from, () => to)
}
