import type { SourceRange } from '../../domain/source/source-file.ts'
import type { Phrase } from '../../domain/words/phrase.ts'
import { say } from '../../domain/words/phrase.ts'
import { ended, type Sentence, wholeOf } from '../../domain/words/sentence.ts'
import { placePhrase } from './place.ts'

/** A sentence with its full stop. */
export function sentencePhrase(sentence: Sentence): Phrase {
  return ended(wholeOf(sentence))
}

/** What is wrong, or why, and where, as a sentence. */
export function placedSentence(said: Sentence & { readonly range?: SourceRange }): Phrase {
  const whole = wholeOf(said)
  return said.range === undefined ? ended(whole) : say`${whole} (${placePhrase(said.range)}).`
}
