/** `a`, `a and b`, `a, b and c`, `a, b and 4 more`: a list as a person says it. */
export function enumerateWords(words: readonly string[], conjunction: 'and' | 'or', more = 0): string {
  const all = more > 0 ? [...words, `${more} more`] : words
  const last = all.at(-1) ?? ''
  return all.length <= 1 ? last : `${all.slice(0, -1).join(', ')} ${conjunction} ${last}`
}
