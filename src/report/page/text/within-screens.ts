import { budgets } from '../../../domain/budgets.ts'

/** What says all that an answer of two screens leaves out. */
export const inFull = 'firebreak check --format html'

/** A part of an answer: items of some lines each, of which some may be left out, and are counted then. */
export interface Part {
  readonly heading?: readonly string[]
  readonly items: readonly (readonly string[])[]
  /** The line that counts what is left out; absent where nothing may be. */
  readonly more?: (left: number) => string
}

/** Something that is shown in whole. */
export function whole(lines: readonly string[]): Part {
  return { items: lines.length === 0 ? [] : [lines] }
}

/** The verdict above and below, with a line between, and the end. */
const aroundIt = 6

/**
 * The parts one after the other, in as many lines as two screens have: of a part that may be cut at least one item is shown, and as many
 * as fit into half of what is left for it and those behind it.
 */
export function withinScreens(parts: readonly Part[]): readonly string[] {
  const room = budgets.answerLines.size - aroundIt
  const all = parts.reduce((sum, part) => sum + lengthOf(part), 0)
  if (all <= room) return parts.flatMap((part) => linesOf(part, part.items.length))
  const kept = parts.filter(({ more }) => more === undefined)
  let left = room - kept.reduce((sum, part) => sum + lengthOf(part), 0)
  let waiting = parts.filter(({ more, items }) => more !== undefined && items.length > 0).length
  return parts.flatMap((part) => {
    if (part.more === undefined || part.items.length === 0) return linesOf(part, part.items.length)
    waiting -= 1
    const lines = linesOf(part, fitting(part, waiting === 0 ? left : Math.floor(left / 2)))
    left -= lines.length
    return lines
  })
}

function lengthOf({ heading = [], items }: Part): number {
  return items.length === 0 ? 0 : items.reduce((sum, item) => sum + item.length, heading.length)
}

function fitting({ heading = [], items }: Part, lines: number): number {
  const lineOfMore = 2
  let used = heading.length + lineOfMore
  const beyond = items.findIndex((item) => {
    used += item.length
    return used > lines
  })
  return beyond === -1 ? items.length : Math.max(1, beyond)
}

function linesOf({ heading = [], items, more }: Part, shown: number): readonly string[] {
  if (items.length === 0) return []
  const rest = items.length - shown
  return [...heading, ...items.slice(0, shown).flat(), ...(rest > 0 && more ? [more(rest), ''] : [])]
}
