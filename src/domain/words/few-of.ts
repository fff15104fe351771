import { joined, listed, type Phrase, say, words } from './phrase.ts'

/** `a, b and 3 more`: no more than `most` of them spelled out, what reads alike once. */
export function fewOf(phrases: readonly Phrase[], most: number, last: 'and' | 'or' = 'and'): Phrase {
  const all = distinct(phrases)
  if (all.length <= most) return listed(all, last)
  return listed([...all.slice(0, most), words(`${all.length - most} more`)], last)
}

/** What reads alike once, where it stands first. */
export function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((each) => [JSON.stringify(each), each])).values()]
}

/** `a, b, c and 2 more`, where all of them are one place. */
export function briefly(phrases: readonly Phrase[]): Phrase {
  const shown = joined(phrases.slice(0, 3), ', ')
  return phrases.length > 3 ? say`${shown} and ${phrases.length - 3} more` : shown
}
