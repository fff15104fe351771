import { budgets } from '../../domain/budgets.ts'
import type { Doubt } from '../../domain/doubt.ts'
import { configurationPath } from '../../domain/policy/configuration/policy.ts'
import { type DoubtWords, doubtWords } from '../../domain/terms/doubt-words.ts'
import { listed, type Phrase, plainOf, quoted, say, textOf, words } from '../../domain/words/phrase.ts'
import { ended, wholeOf } from '../../domain/words/sentence.ts'
import { fenced } from '../print/markdown.ts'
import { markdownOf } from '../print/print.ts'
import { hanging, type Screen } from '../print/screen.ts'
import { placePhrase } from './place.ts'

/** Why something is not certain, where that is written, and what would settle it. */
export function doubtPhrase(doubt: Doubt): Phrase {
  const { settle } = doubtWords(doubt)
  const why = reasonPhrase(doubt)
  return settle === undefined ? why : say`${why} ${todoOf(settle)}`
}

/** Why something is not certain and where that is written, without what would settle it. */
function reasonPhrase(doubt: Doubt): Phrase {
  const whole = wholeOf(doubtWords(doubt))
  const { places } = doubt
  if (places.length === 0) return ended(whole)
  const shown = places.slice(0, budgets.doubtPlaces.size).map(placePhrase)
  const rest = places.length - shown.length
  const at = listed(rest > 0 ? [...shown, words(`${rest} more`)] : shown)
  return say`${whole} (${at}).`
}

/** What to do; where there is a block to paste, also into which file. */
function todoOf({ todo, block }: NonNullable<DoubtWords['settle']>): Phrase {
  return block === undefined ? ended(todo) : say`${todo} (${quoted(configurationPath)}):`
}

/** Some doubts in one paragraph of a table; more than a few are counted. */
export function doubtsInRow(doubts: readonly Doubt[]): Phrase {
  const shown = doubts.slice(0, budgets.doubts.size).map((each) => {
    const { settle } = doubtWords(each)
    const todo = settle === undefined ? [] : say` ${ended(withoutBlock(settle))}`
    return say`${reasonPhrase(each)}${todo}`
  })
  const rest = doubts.length - shown.length
  return shown
    .flatMap((phrase, at) => (at === 0 ? phrase : say` ${phrase}`))
    .concat(rest > 0 ? words(` And ${rest} more.`) : [])
}

/** In a table there is no room for a block: it stands below, where the same doubt is listed. */
function withoutBlock({ todo, block }: NonNullable<DoubtWords['settle']>): Phrase {
  return block === undefined ? todo : say`${todo} in ${quoted(configurationPath)}`
}

/** A doubt in Markdown, with the block to paste. */
export function doubtMarkdown(doubt: Doubt): string {
  const block = doubtWords(doubt).settle?.block
  const text = markdownOf(doubtPhrase(doubt))
  return block === undefined ? text : `${text}\n\n${fenced('yaml', block.split('\n'))}`
}

/** A doubt in lines of a terminal, with the block to paste. */
export function doubtLines(doubt: Doubt, label: string, screen: Screen): readonly string[] {
  const block = doubtWords(doubt).settle?.block
  const lines = [
    ...hanging(label, plainOf(doubtPhrase(doubt)), screen),
    ...(block?.split('\n') ?? []).map((line) => `    ${line}`),
  ]
  return lines.map((line) => screen.paint('dim', line))
}

/** A doubt as one text for programs: the sentence, what would settle it, and the block to paste. */
export function doubtText(doubt: Doubt): string {
  const said = doubtWords(doubt)
  const { settle } = said
  const text = textOf(ended(wholeOf(said)))
  if (settle === undefined) return text
  const todo = `${text} ${textOf(todoOf(settle))}`
  return settle.block === undefined ? todo : `${todo}\n${settle.block}`
}
