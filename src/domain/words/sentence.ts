import { type Phrase, plainOf, say } from './phrase.ts'

/**
 * What is said of one thing: a clause that stands alone, as a title holds it, and what completes it where there is room.
 * Neither ends with a full stop; `rest` begins with the sign that joins it: `; ...`, `: ...`, `. ...`.
 */
export interface Sentence {
  readonly clause: Phrase
  readonly rest?: Phrase
}

/** All of it, without a full stop. */
export function wholeOf({ clause, rest = [] }: Sentence): Phrase {
  return [...clause, ...rest]
}

/** A clause with its full stop, unless it is a question. */
export function ended(phrase: Phrase): Phrase {
  return phrase.at(-1)?.ends === true ? phrase : say`${phrase}.`
}

/** All of it in plain text, with its full stop. */
export function plainSentence(sentence: Sentence): string {
  return plainOf(ended(wholeOf(sentence)))
}

/** The same sentence, if it is one, among the fields of something else. */
export function sentenceIn({ clause, rest }: Sentence): Sentence {
  return { clause, ...(rest && { rest }) }
}
