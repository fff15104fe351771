/** Patterns without braces that stand for one with them; undefined where there are more than `limit`. */
export function expandBraces(pattern: string, limit: number): readonly string[] | undefined {
  const reader: Reader = { pattern, at: 0, limit }
  const all = readSequence(reader, 'outside')
  return all !== undefined && all.length <= limit ? all : undefined
}

interface Reader {
  readonly pattern: string
  readonly limit: number
  at: number
}

/** Up to the end or, inside of braces, to the `,` or `}` that ends an alternative. */
function readSequence(reader: Reader, where: 'outside' | 'inside'): readonly string[] | undefined {
  let all: readonly string[] = ['']
  while (reader.at < reader.pattern.length) {
    const character = reader.pattern.charAt(reader.at)
    if (where === 'inside' && (character === ',' || character === '}')) return all
    const parts = character === '{' ? readAlternatives(reader) : [readCharacter(reader)]
    if (parts === undefined || parts.length * all.length > reader.limit) return undefined
    all = all.flatMap((start) => parts.map((part) => start + part))
  }
  return all
}

/** An escaped character keeps its backslash: it is still a literal afterwards. */
function readCharacter(reader: Reader): string {
  const length = reader.pattern.charAt(reader.at) === '\\' ? 2 : 1
  const text = reader.pattern.slice(reader.at, reader.at + length)
  reader.at += length
  return text
}

function readAlternatives(reader: Reader): readonly string[] | undefined {
  const all: string[] = []
  while (reader.pattern.charAt(reader.at) !== '}') {
    reader.at++
    const parts = readSequence(reader, 'inside')
    if (parts === undefined) return undefined
    all.push(...parts)
    if (all.length > reader.limit) return undefined
  }
  reader.at++
  return all
}
