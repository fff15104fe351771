import { type Phrase, plainOf, quoted, words } from '../domain/words/phrase.ts'

/** Owners, paths of requests, file names, and whatever the author of the sentence put between backticks. */
const named =
  /`[^`]+`|@[\w-]+(?:\/[\w.-]+)?|(?<![\w/.*~:-])\/[^\s,;()]*|(?<![\w/.-])\.?[\w][\w.-]*(?:\/[\w.-]+)*\.ya?ml\b|(?<![\w/.-])\.github\/[\w.-]*\w/g

function quotedName(name: string): Phrase {
  if (name.startsWith('`')) return quoted(name.slice(1, -1))
  const bare = name.replace(/[.:]$/, '')
  const rest = name.slice(bare.length)
  return [...quoted(bare.startsWith('@') ? bare.slice(1) : bare), ...words(rest)]
}

/** A sentence of the domain as a phrase: the names in it are set apart, and an owner loses its `@`. */
export function messagePhrase(message: string): Phrase {
  const spans: Phrase[] = []
  let end = 0
  for (const match of message.matchAll(named)) {
    spans.push(words(message.slice(end, match.index)), quotedName(match[0]))
    end = match.index + match[0].length
  }
  return [...spans.flat(), ...words(message.slice(end))]
}

/** The same for a terminal or an annotation: without backticks, and with every character visible. */
export function plainMessage(message: string): string {
  return plainOf(messagePhrase(message))
}
