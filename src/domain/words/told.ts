import { ownerNamed, type Phrase, quoted, words } from './phrase.ts'
import type { Sentence } from './sentence.ts'

/** Owners, paths of requests, file names, and whatever the author of the sentence put between backticks. */
const named =
  /`[^`]+`|@[\w-]+(?:\/[\w.-]+)?|(?<![\w/.*~:-])\/[^\s,;()]*|(?<![\w/.-])\.?[\w][\w.-]*(?:\/[\w.-]+)*\.ya?ml\b|(?<![\w/.-])\.github\/[\w.-]*\w/g

function quotedName(name: string): Phrase {
  if (name.startsWith('`')) return quoted(name.slice(1, -1))
  const bare = name.replace(/[.:]$/, '')
  const rest = name.slice(bare.length)
  return [...(bare.startsWith('@') ? ownerNamed(bare) : quoted(bare)), ...words(rest)]
}

/** A sentence of the domain as a phrase: the names in it are set apart, and an owner loses its `@`. */
export function guessed(message: string): Phrase
export function guessed(message: string | undefined): Phrase | undefined
export function guessed(message: string | undefined): Phrase | undefined {
  if (message === undefined) return undefined
  const text = message.replace(/\.$/, '')
  const spans: Phrase[] = []
  let end = 0
  for (const match of text.matchAll(named)) {
    spans.push(words(text.slice(end, match.index)), quotedName(match[0]))
    end = match.index + match[0].length
  }
  return [...spans.flat(), ...words(text.slice(end))]
}

/** A text as a sentence, by where its first clause ends. */
export function told(message: string): Sentence {
  const text = message.replace(/\.$/, '')
  const clause = text.replace(/[.;] .*$/s, '')
  const rest = text.slice(clause.length)
  return { clause: guessed(clause), ...(rest === '' ? {} : { rest: guessed(rest) }) }
}
