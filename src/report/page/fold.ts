/** A part of a section that is opened by whoever wants it, or by a field that finds something in it. */
export interface Fold {
  /** HTML. */
  readonly summary: string
  readonly lines: readonly string[]
  readonly isOpen: boolean
}

/** A fold of rows; how many of them the fields find stands beside what it is called. */
export function foldHtml({ summary, lines, isOpen }: Fold): readonly string[] {
  return [
    `<details data-group${isOpen ? ' open' : ''}><summary>${summary}<span class="count" data-found></span></summary>`,
    ...lines,
    '</details>',
  ]
}

/** Pieces of at most so many. */
export function piecesOf<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
    all.slice(at * most, (at + 1) * most),
  )
}
