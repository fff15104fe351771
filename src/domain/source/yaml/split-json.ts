import type { DocumentText } from './split-documents.ts'

/**
 * The objects of a stream of JSON, one after the other. What is no JSON is a fault, and nothing is read after it. Behind a
 * byte order mark some take it for JSON and some for YAML: there it has to be both.
 */
export function* splitJson(stream: string, start: number): Generator<DocumentText> {
  const dialect = start === 0 ? 'json' : 'yaml'
  for (let from = behindSpace(stream, start); from < stream.length; ) {
    const to = endOfValue(stream, from)
    const text = stream.slice(from, to)
    if (!isJson(text)) {
      const fault = { code: 'json', start: from, end: from + 1 } as const
      yield { text: stream.slice(from), start: from, dialect, fault }
      return
    }
    yield { text, start: from, dialect }
    from = behindSpace(stream, to)
  }
}

function behindSpace(text: string, from: number): number {
  const space = /[ \t\r\n]*/y
  space.lastIndex = from
  return from + (space.exec(text)?.[0].length ?? 0)
}

/** Behind the brace that closes the value, as far as brackets and quotes tell. */
function endOfValue(text: string, from: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^{}[\]"]+|"/gsy
  token.lastIndex = from
  let depth = 0
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[0] === '{' || found[0] === '[') depth += 1
    else if (found[0] === '}' || found[0] === ']') depth -= 1
    if (depth <= 0) return token.lastIndex
  }
  return text.length
}

/** Whether a text is one value of JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
