import type { Finding } from '../domain/rules/rule.ts'
import type { Because } from '../domain/source/diagnostic.ts'
import { messagePhrase } from './message-phrase.ts'
import { type Phrase, plainOf, say } from './phrase.ts'
import { placePhrase } from './place.ts'

function sentence(phrase: Phrase): Phrase {
  return /[.?!]$/.test(plainOf(phrase)) ? phrase : say`${phrase}.`
}

function withPlace(phrase: Phrase, place: Phrase | undefined): Phrase {
  if (place === undefined) return sentence(phrase)
  const text = plainOf(phrase)
  const last = phrase.at(-1)
  const bare =
    text.endsWith('.') && last !== undefined
      ? [...phrase.slice(0, -1), { ...last, text: last.text.slice(0, -1) }]
      : phrase
  return say`${bare} (${place}).`
}

/** What is wrong and where, as a sentence. */
export function findingSentence(finding: Finding): Phrase {
  return withPlace(messagePhrase(finding.message), finding.range && placePhrase(finding.range))
}

/** Why, or a related place, as a sentence. */
export function noteSentence(note: Because): Phrase {
  return withPlace(messagePhrase(note.message), note.range && placePhrase(note.range))
}

/** What to do, as the rule says it. */
export function adviceSentence(advice: string): Phrase {
  return sentence(messagePhrase(advice))
}
