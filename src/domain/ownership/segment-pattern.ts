type Token =
  | { readonly kind: 'unit'; readonly unit: number }
  | { readonly kind: 'any-character' }
  | { readonly kind: 'any-run' }

/**
 * One segment of a CODEOWNERS pattern, between two slashes: a fixed name, or a glob of `*` and `?`.
 * `literals` are the texts between its wildcards, the last of them being its literal end.
 */
export type SegmentPattern =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'glob'; readonly tokens: readonly Token[]; readonly literals: readonly string[] }

function tokenOf(character: string): Token {
  if (character === '*') return { kind: 'any-run' }
  if (character === '?') return { kind: 'any-character' }
  return { kind: 'unit', unit: character.charCodeAt(0) }
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character !== '\\') tokens.push(tokenOf(character))
    else if (++at < text.length) tokens.push({ kind: 'unit', unit: text.charCodeAt(at) })
  }
  return tokens
}

/** The texts between the wildcards, in order; empty where two wildcards meet or one stands at an end. */
function literalsOf(tokens: readonly Token[]): readonly string[] {
  const literals = ['']
  for (const token of tokens) {
    if (token.kind === 'unit') literals.push(literals.pop() + String.fromCharCode(token.unit))
    else literals.push('')
  }
  return literals
}

/**
 * Reads one segment: `*` is any run of characters, `?` one character, a backslash takes the next one literally.
 * A lone `*` stands for a whole name and so for at least one character.
 */
export function compileSegment(text: string): SegmentPattern {
  const tokens = tokensOf(text)
  const literals = literalsOf(tokens)
  const [name = ''] = literals
  if (literals.length === 1) return { kind: 'name', name }
  if (text === '*') return { kind: 'glob', tokens: [{ kind: 'any-character' }, ...tokens], literals }
  return { kind: 'glob', tokens, literals }
}

/** How many UTF-16 units of `name` the token takes at `at`: a character is one code point; 0 is a mismatch. */
function taken(token: Token, name: string, at: number): number {
  const code = name.codePointAt(at)
  if (code === undefined || token.kind === 'any-run') return 0
  if (token.kind === 'any-character') return code > 0xffff ? 2 : 1
  return name.charCodeAt(at) === token.unit ? 1 : 0
}

/** Going back to the last `*` alone is enough, so hostile globs cost at most the product of both lengths. */
function matchesGlob(tokens: readonly Token[], name: string): boolean {
  let token = 0
  let at = 0
  let retryToken = -1
  let retryAt = 0
  while (at < name.length || token < tokens.length) {
    const current = tokens[token]
    if (current?.kind === 'any-run') {
      retryToken = ++token
      retryAt = at
      continue
    }
    const step = current === undefined ? 0 : taken(current, name, at)
    if (step > 0) {
      token++
      at += step
    } else if (retryToken === -1 || retryAt >= name.length) {
      return false
    } else {
      token = retryToken
      at = ++retryAt
    }
  }
  return true
}

/** Whether the pattern is all of this name. Case counts. */
export function matchesSegment(pattern: SegmentPattern, name: string): boolean {
  if (pattern.kind === 'name') return pattern.name === name
  return matchesGlob(pattern.tokens, name)
}
