const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

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
