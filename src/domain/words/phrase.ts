import { visible } from './visible.ts'

/** A piece of a sentence: plain words, something quoted from a manifest, or an owner as CODEOWNERS writes it. */
export interface Span {
  readonly kind: 'words' | 'code' | 'owner'
  readonly text: string
  /** It ends a sentence by a sign of its own. */
  readonly ends?: true
}

/**
 * A sentence, or a part of one, before it is known where it will be read. Every text of a manifest stays apart from the
 * markup until a writer for one kind of reader escapes it.
 */
export type Phrase = readonly Span[]

/** Words, as they are. */
export function words(value: string): Phrase {
  return value === '' ? [] : [{ kind: 'words', text: value }]
}

/** A question, with its sign: no full stop comes after it. */
export function question(phrase: Phrase): Phrase {
  return [...phrase, { kind: 'words', text: '?', ends: true }]
}

/** Something quoted: a code span in Markdown, bare in plain text. */
export function quoted(value: string): Phrase {
  return [{ kind: 'code', text: value }]
}

/** An owner, `@org/team` for one: shown without the sign by which GitHub would mention it. */
export function ownerNamed(owner: string): Phrase {
  return [{ kind: 'owner', text: owner }]
}

/** Builds a phrase from a template: the literal parts and strings are words, phrases are taken as they are. */
export function say(
  literals: TemplateStringsArray,
  ...values: readonly (string | number | Phrase)[]
): Phrase {
  return literals.flatMap((literal, index) => {
    const value = values[index] ?? ''
    return [...words(literal), ...(typeof value === 'object' ? value : words(String(value)))]
  })
}

/** `a, b and c`. */
export function listed(phrases: readonly Phrase[], last = 'and'): Phrase {
  return phrases.flatMap((phrase, index) => {
    if (index === 0) return phrase
    return [...words(index === phrases.length - 1 ? ` ${last} ` : ', '), ...phrase]
  })
}

/** Phrases one after the other with `separator` between. */
export function joined(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [...words(separator), ...phrase]))
}

function plainSpan(span: Span): string {
  const text = shownText(span)
  return span.kind === 'code' && text.trim() === '' ? `"${text}"` : text
}

/** What is read of a span: an owner without its sign. */
export function shownText({ kind, text }: Span): string {
  return kind === 'owner' ? text.replace(/^@/, '') : text
}

/** Nothing but its characters. */
export function bareText(phrase: Phrase): string {
  return phrase.map(({ text }) => text).join('')
}

/** As a program gets it: what is quoted between backticks, owners as they are written. */
export function textOf(phrase: Phrase): string {
  return phrase
    .map(({ kind, text }) => (kind === 'code' ? `\`${text.replaceAll('`', "'")}\`` : text))
    .join('')
}

/** For titles and terminals: one line without any markup, every character visible. */
export function plainOf(phrase: Phrase): string {
  return visible(phrase.map(plainSpan).join(''))
}

/** The same with a capital letter in front; what is quoted stays as it is. */
export function capitalised(phrase: Phrase): Phrase {
  const [first, ...rest] = phrase
  if (first?.kind !== 'words') return phrase
  return [{ ...first, text: first.text.replace(/^[a-z]/, (letter) => letter.toUpperCase()) }, ...rest]
}

/** The same with a small letter in front, as it goes on after a colon; abbreviations and what is quoted stay as they are. */
export function uncapitalised(phrase: Phrase): Phrase {
  const [first, ...rest] = phrase
  if (first?.kind !== 'words') return phrase
  return [
    { ...first, text: first.text.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()) },
    ...rest,
  ]
}
