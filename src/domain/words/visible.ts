/** What nobody sees, or what moves what is seen: controls, marks of direction, fillers, odd spaces, lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu

function name(character: string): string {
  if (character === '\n') return '␤'
  if (character === '\t') return '␉'
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/**
 * One line in which everything can be seen: controls, bidi marks, zero-width and odd spaces and lone surrogates are
 * written out as `\u{202e}`, a line break as `␤`. Terminal escapes and reordered text end here.
 */
export function visible(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(invisible, name)
}

/** A value as JSON in which everything can be seen: the same value to whoever parses it, `\u202e` to whoever reads it. */
export function visibleJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(invisible, (character) =>
    character === '\n' ? character : escapes(character),
  )
}

/** In a JSON text, invisible characters stand in strings only, but for the line ends of its layout. */
function escapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
}
