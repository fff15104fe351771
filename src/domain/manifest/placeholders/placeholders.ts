import { budgets } from '../../budgets.ts'

/**
 * A text of which another tool fills in parts (Flux and envsubst `${X}`, Kustomize `$(X)`, Helm `{{ }}`, Terraform
 * `%{ }`, and the marks below): the literal texts before, between and after the parts that are not known. Of a text without any there is one.
 */
export type NamePattern = readonly string[]

/** A value that is no text, of which only the placeholder that stands for it is known. */
export type Unknown = string

/** What a text is made of: literals as they will read, and placeholders as they are written. */
type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly text: string }

/** Beyond this a text with placeholders may be anything: nothing that has a name is as long. */
const longest = budgets.placeholderText.size
const deepest = budgets.placeholderDepth.size

const bare = /^\$[A-Za-z_]\w*/
const parenthesised = /^\$\([\w][\w.-]*\)/
const withDefault = /^\$\{[A-Za-z_]\w*(?::?=|:-)([\s\S]*)\}$/

/**
 * What other tools fill in: the plugin of Argo CD for vaults `<path:a#b>`, Maven and sed `@X@`, `%X%`, `__X__`, Octopus `#{X}`,
 * Concourse `((X))`, Replicated `[[X]]`, SOPS `ENC[...]`. None of them stands in a name that Kubernetes takes.
 */
const marks =
  /(?:(?<![?P(])<[A-Za-z][^<>]*>(?=[\w.*/-]*(?:<|$))|@[A-Za-z_][\w.-]*@|%[A-Za-z_]\w*%|#\{[^{}]*\}#?|\(\([\w./-]+\)\)|\[\[ ?[A-Za-z_.][\w. -]*\]\]|__[A-Za-z](?:_?[A-Za-z0-9.-])*__|ENC\[[^\]]*\])/y

/** Whether the text may hold a placeholder at all. */
function isSuspect(text: string): boolean {
  return /[$<@%#]|\{\{|\(\(|\[\[|__|ENC\[/.test(text)
}

/** Reads a text from left to right. `$${X}` and `$$(X)` are escapes: the text `${X}`. */
function piecesOf(text: string): readonly Piece[] {
  const nothing = { kind: 'literal', text: '' } as const
  if (text.length > longest) return [nothing, { kind: 'placeholder', text }, nothing]
  const pieces: Piece[] = []
  let literal = ''
  for (let at = 0; at < text.length; ) {
    const found = placeholderAt(text, at)
    if (found === undefined) {
      const length = lengthOfLiteral(text, at)
      literal += text.slice(at + (length > 1 ? 1 : 0), at + length)
      at += length
    } else {
      pieces.push({ kind: 'literal', text: literal }, { kind: 'placeholder', text: found })
      literal = ''
      at += found.length
    }
  }
  return [...pieces, { kind: 'literal', text: literal }]
}

/** One character, or an escape. */
function lengthOfLiteral(text: string, at: number): number {
  return text.startsWith('$$', at) ? 1 + (placeholderAt(text, at + 1)?.length ?? 1) : 1
}

function placeholderAt(text: string, at: number): string | undefined {
  if (text.startsWith('$$', at)) return undefined
  if (text.startsWith('${', at) || text.startsWith('%{', at)) return balanced(text, at)
  if (text.startsWith('{{', at)) {
    const close = text.indexOf('}}', at)
    return close === -1 ? undefined : text.slice(at, close + 2)
  }
  if (text[at] !== '$') return markAt(text, at)
  const rest = text.slice(at)
  return (parenthesised.exec(rest) ?? bare.exec(rest))?.[0]
}

function markAt(text: string, at: number): string | undefined {
  marks.lastIndex = at
  return marks.exec(text)?.[0]
}

/** To the brace that closes the one at `at + 1`. */
function balanced(text: string, at: number): string | undefined {
  let depth = 0
  for (let index = at + 1; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1
    if (text[index] === '}') depth -= 1
    if (depth === 0) return text.slice(at, index + 1)
  }
  return undefined
}

/** Flux: `${X:=d}`, `${X:-d}` and `${X=d}` are `d` where nothing says otherwise; `${X-d}` is none of its own. */
function defaultOf(placeholder: string): { readonly default?: string } {
  const value = withDefault.exec(placeholder)?.[1]
  return value === undefined ? {} : { default: value }
}

/** The text with the defaults of its placeholders filled in, also within defaults; escapes and all others stay as they are. */
export function withDefaults(text: string, depth = 0): string {
  if (!text.includes('${') || depth > deepest || text.length > longest) return text
  let filled = ''
  for (let at = 0; at < text.length; ) {
    const found = placeholderAt(text, at)
    const value = found === undefined ? undefined : defaultOf(found).default
    const length = found?.length ?? lengthOfLiteral(text, at)
    filled += value === undefined ? text.slice(at, at + length) : withDefaults(value, depth + 1)
    at += length
  }
  return filled
}

/** What is known of a text; defaults are expected to be filled in. */
export function patternOf(text: string): NamePattern {
  if (!isSuspect(text)) return [text]
  return piecesOf(text).flatMap((piece) => (piece.kind === 'literal' ? [piece.text] : []))
}

/** A number, unless it is a placeholder that will become one. */
export function knownNumber(value: number | Unknown | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** Whether some part of the text is known to another tool alone. */
export function isUnknown(text: string): boolean {
  return isSuspect(text) && patternOf(text).length > 1
}

/**
 * As above, for what a match compares with, where a dollar sign is a character like any other: what has braces, and
 * Kustomize's `$(NAME)` in capitals.
 */
export function isUnknownValue(text: string): boolean {
  return /[$%{]\{|\$\([A-Z]/.test(text) && isUnknown(text)
}

/** Whether that part is of a template, and none of the marks that mean something else in other values than names: commands of Envoy, classes of a regex. */
export function isTemplated(text: string): boolean {
  return isUnknown(text) && piecesOf(text).some((piece) => isOfTemplates(piece))
}

function isOfTemplates({ kind, text }: Piece): boolean {
  return kind === 'placeholder' && /^(?:\$|\{\{|%\{)/.test(text)
}

/** Where a character first stands that is no part of a placeholder; -1 if it does not. */
export function indexOfLiteral(text: string, character: string): number {
  if (!isUnknown(text)) return text.indexOf(character)
  for (let at = 0; at < text.length; ) {
    const found = placeholderAt(text, at)
    if (found === undefined && text[at] === character) return at
    at += found?.length ?? 1
  }
  return -1
}

/** Whether two texts may come out the same: equal, or placeholders can make them so. */
export function mayBe(a: string, b: string): boolean {
  if (a === b) return true
  return (isUnknown(a) || isUnknown(b)) && patternsMeet(patternOf(a), patternOf(b))
}

/** Whether one text fits both patterns. O(length x length). */
export function patternsMeet(a: NamePattern, b: NamePattern): boolean {
  const [left, right] = [symbolsOf(a), symbolsOf(b)]
  // Row by row: whether what is left of `left` can read as what is left of `right`.
  let below = rowFor(undefined, right, [])
  for (const symbol of left.toReversed()) below = rowFor(symbol, right, below)
  return below[0] === true
}

const gap = Symbol('gap')
type Token = string | symbol

function symbolsOf(pattern: NamePattern): readonly Token[] {
  return pattern.flatMap((literal, index): readonly Token[] => [...(index === 0 ? [] : [gap]), ...literal])
}

function rowFor(
  symbol: Token | undefined,
  right: readonly Token[],
  below: readonly boolean[],
): readonly boolean[] {
  const row: boolean[] = new Array(right.length + 1).fill(false)
  for (let at = right.length; at >= 0; at -= 1) {
    const other = right[at]
    const skipsOther = row[at + 1] === true
    const skipsOwn = below[at] === true
    row[at] =
      (symbol === undefined && other === undefined) ||
      (symbol === gap && (skipsOwn || (other !== undefined && skipsOther))) ||
      (other === gap && (skipsOther || (symbol !== undefined && skipsOwn))) ||
      (symbol !== undefined && symbol === other && below[at + 1] === true)
  }
  return row
}

/** A host that this one may turn out to be: `any` for each placeholder, `example.com` for one that holds the domain. */
export function exampleOf(host: string): string {
  const pattern = patternOf(host)
  return pattern.reduce((before, literal, index) => {
    const endsName = literal === '' && index === pattern.length - 1
    const isDomain = endsName && (before === '' || before.endsWith('.'))
    return `${before}${isDomain ? 'example.com' : 'any'}${literal}`
  })
}

/** Whether nothing of a text is known that tells it from others: no letter and no digit outside of placeholders. */
export function isWhollyUnknown(text: string): boolean {
  return isUnknown(text) && !patternOf(text).some((literal) => /[\p{L}\p{N}]/u.test(literal))
}

/** The text with its first placeholder told apart from those of the same name elsewhere. */
export function placeholderIn(text: string, where: string): string {
  const first = piecesOf(text).find(({ kind }) => kind === 'placeholder')?.text
  if (first === undefined) return text
  const name = first.replace(/^[$%]?[{(]*\s*/, '').replace(/\s*[})]*$/, '')
  // The braces of a path would end the placeholder.
  return text.replace(first, () => `\${${name.replace(/[{}]/g, '')} in ${where.replace(/[{}]/g, '')}}`)
}
