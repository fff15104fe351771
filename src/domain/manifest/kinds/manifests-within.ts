/**
 * The manifests that stand in a text of something else: between the lines of a script, or in quotes. What is cut out need not be
 * one; whoever parses it finds out.
 */
export function manifestsWithin(text: string): readonly string[] {
  const filled = text.includes('{{') ? filledTemplate(text) : text
  return [...blocksWithin(filled), ...mappingsWithin(filled)]
}

/** Stands for what another tool fills in. */
export const filledIn = '__filled-in__'

/** A template as it will read: without the lines that only control it, and without the namespace of the release itself. */
function filledTemplate(text: string): string {
  return text
    .split('\n')
    .filter(
      (line) =>
        !/^[ \t]*\{\{.*\}\}[ \t]*$/.test(line) &&
        !/namespace:[ \t]*\{\{-? *\$?\.Release\.Namespace/.test(line),
    )
    .map((line) => line.replace(/["']?\{\{[^{}]*\}\}["']?/g, filledIn))
    .join('\n')
}

const beginning = /^(?<indent>[ \t]*)["']?(?:apiVersion|kind)["']?[ \t]*:/

/** Lines from the first field of an object to one that can no longer be of it: the mark that ends a text in a script, most often. */
function blocksWithin(text: string): readonly string[] {
  const blocks: string[][] = []
  let open: { readonly indent: string; readonly lines: string[] } | undefined
  for (const line of text.split('\n')) {
    const indent = beginning.exec(line)?.groups?.['indent']
    if (open !== undefined && !mayBeOf(line, open.indent)) open = undefined
    if (open === undefined && indent !== undefined) {
      open = { indent, lines: [] }
      blocks.push(open.lines)
    }
    open?.lines.push(line.slice(open.indent.length))
  }
  return blocks.map((lines) => lines.join('\n'))
}

/** A line of a mapping: deeper, a field of it, or nothing. */
function mayBeOf(line: string, indent: string): boolean {
  if (line.trim() === '') return true
  if (!line.startsWith(indent)) return false
  return (
    /^(?:[ \t#-]|["']?[\w./-]+["']?[ \t]*:)/.test(line.slice(indent.length)) &&
    !/^---/.test(line.slice(indent.length))
  )
}

/** Mappings in braces that begin an object, each to where its braces close. */
function mappingsWithin(text: string): readonly string[] {
  const pieces: string[] = []
  const start = /\{\s*\\?["']?(?:apiVersion|kind)\\?["']?\s*:/g
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const end = closing(text, found.index)
    pieces.push(text.slice(found.index, end).replaceAll('\\"', '"'))
    start.lastIndex = end
  }
  return pieces
}

/** Behind the brace that closes the one here; the end of the text where none does. */
function closing(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    if (text[at] === '}') depth -= 1
    if (depth === 0) return at + 1
  }
  return text.length
}
