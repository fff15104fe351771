/** As many lines as fit into `budget` characters; the others are counted by `more`, never dropped in silence. */
export function withinBudget(
  lines: readonly string[],
  budget: number,
  more: (left: number) => string,
): readonly string[] {
  let used = 0
  const fit = lines.findIndex((line) => {
    used += line.length + 1
    return used > budget
  })
  return fit === -1 ? lines : [...lines.slice(0, fit), more(lines.length - fit)]
}

/**
 * The last resort before GitHub refuses a text (65,535 characters in a check run, 65,536 in a comment): whole lines up
 * to `limit`, and a sentence that says so. The writers keep to smaller budgets, so that this is not reached.
 */
export function withinLimit(markdown: string, limit: number): string {
  if (markdown.length <= limit) return markdown
  const note =
    '\n\n(Cut off here: the text is longer than GitHub takes. `firebreak check --format json` has all of it.)'
  const head = markdown.slice(0, limit - note.length)
  return `${head.slice(0, Math.max(0, head.lastIndexOf('\n')))}${note}`
}
