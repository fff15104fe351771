import { type Phrase, textOf } from '../../src/domain/words/phrase.ts'
import { type Sentence, wholeOf } from '../../src/domain/words/sentence.ts'

/** A phrase as one would write it in Markdown: what is quoted stands between backticks. */
export function written(phrase: Phrase = []): string {
  return textOf(phrase)
}

/** All of a sentence, without its full stop. */
export function said(sentence: Sentence | undefined): string {
  return sentence === undefined ? '' : written(wholeOf(sentence))
}

/** Words of a test as a sentence. */
export function sentence(text: string): Sentence {
  return { clause: text.split(/(`[^`]*`)/).flatMap((part) => spans(part)) }
}

function spans(part: string): Phrase {
  if (part === '') return []
  return part.startsWith('`') ? [{ kind: 'code', text: part.slice(1, -1) }] : [{ kind: 'words', text: part }]
}
