/** The parts of a path; a delimiter behind a backslash is part of a part. */
export function splitPath(path: string, delimiter: '/' | '.'): readonly string[] {
  const pieces = path.split(delimiter)
  if (pieces.length > 1 && pieces[0] === '') pieces.shift()
  const parts: string[] = []
  for (const piece of pieces) {
    const last = parts.at(-1)
    if (last?.endsWith('\\') === true) parts[parts.length - 1] = `${last.slice(0, -1)}${delimiter}${piece}`
    else parts.push(piece)
  }
  return parts
}

/** The same with dots, where what stands in brackets stays together: `[name=a.b]`, `[a.b/c]`. */
export function splitFieldPath(path: string): readonly string[] {
  const pieces = [...splitPath(path, '.')]
  const parts: string[] = []
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    if (!piece.startsWith('[') || piece.endsWith(']')) {
      parts.push(piece)
      continue
    }
    while (!piece.endsWith(']') && pieces.length > 0) piece = `${piece}.${pieces.shift()}`
    parts.push(piece.includes('=') ? piece : piece.replace(/^[[\]]+|[[\]]+$/g, ''))
  }
  return parts
}
