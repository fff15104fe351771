import { budgets } from '../domain/budgets.ts'

/** A row of a table, or an arrow that is drawn. */
export type Row = HTMLElement | SVGElement

/** How the folds were before a field found something in them. */
const before = new Map<HTMLDetailsElement, boolean>()

/**
 * Unfolds what holds rows that were found, in each section as long as they are few, and leaves out what holds none. Says how many rows
 * stay folded. Where nothing is looked for, everything is folded as it was.
 */
export function showFound(found: readonly Row[] | undefined): number {
  for (const [fold, isOpen] of before) fold.open = isOpen
  before.clear()
  const counts = countsOf(found ?? [])
  for (const fold of document.querySelectorAll<HTMLDetailsElement>('details[data-group]')) {
    const count = counts.get(fold) ?? 0
    fold.hidden = found !== undefined && count === 0
    const words = fold.querySelector('summary [data-found]')
    if (words !== null) words.textContent = found === undefined ? '' : ` (${count} found)`
  }
  return unfold(found ?? [])
}

function countsOf(found: readonly Row[]): ReadonlyMap<HTMLDetailsElement, number> {
  const counts = new Map<HTMLDetailsElement, number>()
  for (const fold of found.flatMap(foldsAround)) counts.set(fold, (counts.get(fold) ?? 0) + 1)
  return counts
}

/** From the innermost on. */
function foldsAround(row: Element): readonly HTMLDetailsElement[] {
  const fold = row.parentElement?.closest('details')
  return fold === null || fold === undefined ? [] : [fold, ...foldsAround(fold)]
}

function unfold(found: readonly Row[]): number {
  const bySection = Map.groupBy(found, (row) => row.closest('section'))
  return [...bySection.values()].reduce((sum, rows) => sum + unfoldSome(rows), 0)
}

/** At least the first. */
function unfoldSome(rows: readonly Row[]): number {
  let [shown, folded] = [0, 0]
  for (const [inner, some] of Map.groupBy(rows, (row) => foldsAround(row)[0])) {
    const isRoom = shown === 0 || shown + some.length <= budgets.unfoldedRows.size
    if (isRoom) openAll(inner === undefined ? [] : [inner, ...foldsAround(inner)])
    if (isRoom || inner?.open === true) shown += some.length
    else folded += some.length
  }
  return folded
}

function openAll(folds: readonly HTMLDetailsElement[]): void {
  for (const fold of folds) {
    if (!before.has(fold)) before.set(fold, fold.open)
    fold.open = true
  }
}

/** For whoever wants all of it before it is printed. */
export function unfoldAll(): void {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>('main details')) fold.open = true
}
