import wrapAnsi from 'wrap-ansi'

/** How a word of the terminal's text stands out. */
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'

/** Colours a text; `util.styleText` of Node fits. The text holds no terminal controls but those that this adds. */
export type Paint = (style: Style, text: string) => string

/** What a text is read on. */
export interface Screen {
  readonly paint: Paint
  /** The columns of a line. */
  readonly width: number
}

/** No colours: for files and pipes. */
export const plain: Paint = (_, text) => text

/** As on paper that is as wide as it needs to be. */
export const endless: Screen = { paint: plain, width: Number.POSITIVE_INFINITY }

/** A text is not squeezed into fewer columns than these, however far it is indented. */
const narrowest = 24

/** A text behind what leads to it, its further lines below its first or as far in. What holds no space is not cut. */
export function hanging(
  lead: string,
  text: string,
  { width }: Pick<Screen, 'width'>,
  below = ' '.repeat(lead.length),
): readonly string[] {
  if (lead.length + text.length <= width) return [`${lead}${text}`]
  const columns = Math.max(narrowest, width - Math.max(lead.length, below.length))
  return wrapAnsi(text, columns)
    .split('\n')
    .map((line, at) => `${at === 0 ? lead : below}${line}`)
}
