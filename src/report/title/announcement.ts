import type { Phrase } from '../../domain/words/phrase.ts'

/** A verdict as a title says it, before it is known in which frame. */
export type Announced =
  | { readonly kind: 'ok'; readonly proviso?: Proviso }
  | { readonly kind: 'waiting'; readonly whom: Phrase; readonly inFull: Phrase; readonly again: boolean }
  /** Nobody is waited for, since nobody is said to propose it. */
  | { readonly kind: 'nobody-named'; readonly whom: Phrase }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'overridden'; readonly by: string }

/** What an OK is not to be read without. */
export interface Proviso {
  readonly kind: 'effect-unknown' | 'order-uncertain' | 'nobody-asked'
}

/** What may follow the verdict. */
export interface Body {
  readonly phrase: Phrase
  /** The clause of the one sentence that it says in whole, which need not be said again. */
  readonly says?: Phrase
}

/** A title before its length is known: the verdict, and what may follow it, the fullest first. */
export interface Announcement {
  readonly verdict: Announced
  readonly bodies: readonly Body[]
}

/** Bodies that say no sentence which stands elsewhere, too. */
export function bodiesOf(phrases: readonly Phrase[]): readonly Body[] {
  return phrases.map((phrase) => ({ phrase }))
}
