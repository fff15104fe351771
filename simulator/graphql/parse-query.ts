/** A value in a query: a constant, or a variable still to be filled in. */
export type Argument =
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'variable'; readonly name: string }

/** What is asked of an object: a field with what is asked of its value, or more for objects of one type alone. */
export type Selection =
  | {
      readonly kind: 'field'
      readonly name: string
      readonly arguments: Readonly<Record<string, Argument>>
      readonly selections: readonly Selection[]
    }
  | { readonly kind: 'fragment'; readonly on: string; readonly selections: readonly Selection[] }

/** A query that is no GraphQL, or a part of it that is not read here (mutations, named fragments, aliases, lists). */
export class QueryError extends Error {
  override readonly name = 'QueryError'
}

interface Reader {
  peek(): string
  take(expected?: string): string
}

const token =
  /\s*(?:#[^\n]*\s*)*(?<token>\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|"(?:[^"\\\n]|\\.)*"|[{}():!$=,[\]])/y

function read(text: string): Reader {
  const tokens: string[] = []
  token.lastIndex = 0
  for (let at = 0; at < text.trimEnd().length; at = token.lastIndex) {
    const found = token.exec(text)?.groups?.['token']
    if (found === undefined) throw new QueryError(`Parse error on "${text.slice(at, at + 20).trim()}"`)
    // GraphQL takes commas for blanks.
    if (found !== ',') tokens.push(found)
  }
  let next = 0
  const peek = () => tokens[next] ?? ''
  return {
    peek,
    take(expected) {
      const found = peek()
      if (found === '' || (expected !== undefined && found !== expected))
        throw new QueryError(`Parse error: expected ${expected ?? 'more'}, got ${found || 'the end'}`)
      next += 1
      return found
    },
  }
}

/** The selections of one query operation. Its variables are not checked against their declarations. */
export function parseQuery(text: string): readonly Selection[] {
  const reader = read(text)
  if (reader.peek() !== '{') {
    reader.take('query')
    while (reader.peek() !== '{') reader.take()
  }
  const selections = selectionsOf(reader)
  if (reader.peek() !== '') throw new QueryError('Only one operation is read')
  return selections
}

function selectionsOf(reader: Reader): readonly Selection[] {
  const selections: Selection[] = []
  reader.take('{')
  while (reader.peek() !== '}') selections.push(selectionOf(reader))
  reader.take('}')
  return selections
}

function selectionOf(reader: Reader): Selection {
  const name = reader.take()
  if (name === '...') {
    reader.take('on')
    return { kind: 'fragment', on: reader.take(), selections: selectionsOf(reader) }
  }
  return {
    kind: 'field',
    name,
    arguments: reader.peek() === '(' ? argumentsOf(reader) : {},
    selections: reader.peek() === '{' ? selectionsOf(reader) : [],
  }
}

function argumentsOf(reader: Reader): Readonly<Record<string, Argument>> {
  const found: Record<string, Argument> = {}
  reader.take('(')
  while (reader.peek() !== ')') {
    const name = reader.take()
    reader.take(':')
    found[name] = argumentOf(reader)
  }
  reader.take(')')
  return found
}

function argumentOf(reader: Reader): Argument {
  const first = reader.take()
  if (first === '$') return { kind: 'variable', name: reader.take() }
  try {
    return { kind: 'constant', value: JSON.parse(first) as string | number | boolean | null }
  } catch (cause) {
    throw new QueryError(`Parse error on ${first}`, { cause })
  }
}
