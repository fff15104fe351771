import type { Doubt } from '../domain/doubt.ts'
import { configurationPath } from '../domain/policy/configuration/policy.ts'
import { doubtWords } from '../domain/wording/doubt-words.ts'
import { bareText, type Phrase, plainOf, quoted, say } from '../domain/words/phrase.ts'
import { fenced } from './markdown.ts'
import type { Paint } from './paint.ts'
import { markdownOf } from './print.ts'

/** What was taken for granted, and what would settle it; where there is a block to paste, into which file. */
export function doubtPhrase(doubt: Doubt): Phrase {
  const { text, settle } = doubtWords(doubt)
  if (settle === undefined) return say`${text}.`
  const { todo, block } = settle
  return block === undefined ? say`${text}. ${todo}.` : say`${text}. ${todo} (${quoted(configurationPath)}):`
}

/** In Markdown, with the block to paste. */
export function doubtMarkdown(doubt: Doubt): string {
  const block = doubtWords(doubt).settle?.block
  const text = markdownOf(doubtPhrase(doubt))
  return block === undefined ? text : `${text}\n\n${fenced('yaml', block.split('\n'))}`
}

/** In lines of a terminal, with the block to paste. */
export function doubtLines(doubt: Doubt, label: string, paint: Paint): readonly string[] {
  const block = doubtWords(doubt).settle?.block
  const lines = [
    `${label}${plainOf(doubtPhrase(doubt))}`,
    ...(block?.split('\n') ?? []).map((line) => `    ${line}`),
  ]
  return lines.map((line) => paint('dim', line))
}

/** As one text for programs: the sentence, what would settle it, and the block to paste. */
export function doubtText(doubt: Doubt): string {
  const block = doubtWords(doubt).settle?.block
  const text = bareText(doubtPhrase(doubt))
  return block === undefined ? text : `${text}\n${block}`
}
