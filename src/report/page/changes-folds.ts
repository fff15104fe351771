import { budgets } from '../../domain/budgets.ts'
import { shownName } from '../../domain/manifest/names.ts'
import { compareTexts } from '../../domain/source/compare-texts.ts'
import { counted } from '../print/counted.ts'
import { escaped } from '../print/html-text.ts'
import { changeKinds } from '../sentences/requests/change-table.ts'
import type { Row } from '../sentences/requests/rows.ts'
import type { View } from '../sentences/view.ts'
import { piecesOf } from './fold.ts'

/** Rows of one kind, under one primary, of teams that follow each other. */
export interface RowFold {
  /** HTML. */
  readonly name: string
  readonly rows: readonly Row[]
}

/** Rows as few folds: the worst kind first, under each primary by team. */
export function foldsOf(rows: readonly Row[], view: View): readonly RowFold[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.kind, primaryOf(row, view)]))
  return [...groups.values()].flatMap((group) => {
    const byTeam = group.toSorted((a, b) => compareTexts(firstTeam(a, view), firstTeam(b, view)))
    return piecesOf(byTeam, budgets.foldRows.size).map((piece) => ({
      name: nameOf(piece, view),
      rows: piece,
    }))
  })
}

/** The teams whom a row is about. */
export function teamsOfRow({ changes }: Row, { audience }: View): readonly string[] {
  return [
    ...new Set(
      changes.flatMap(({ touched, told, scope }) => [...touched, ...told, ...scope].map(audience.name)),
    ),
  ]
}

function firstTeam(row: Row, view: View): string {
  return teamsOfRow(row, view)[0] ?? ''
}

function nameOf(rows: readonly Row[], view: View): string {
  const [first] = rows
  if (first === undefined) throw new Error('A fold has a row')
  const primary = primaryOf(first, view)
  const under = primary === undefined ? '' : ` under <code>${escaped(primary)}</code>`
  const teams = teamsWords([...new Set(rows.flatMap((row) => firstTeam(row, view)))])
  const parts = [`${escaped(changeKinds[first.kind])}${under}`, ...teams, counted(rows.length, 'row')]
  return parts.join(', ')
}

function teamsWords(names: readonly string[]): readonly string[] {
  const [first, last] = [names.at(0), names.at(-1)]
  if (first === undefined || last === undefined || first === '') return []
  return [escaped(first === last ? first : `${first} to ${last}`)]
}

/** The VirtualService that has the host; none where no route answers on either side, or not all of a row are under one. */
function primaryOf({ changes }: Row, { assessment }: View): string | undefined {
  const manyMeshes = assessment.comparison.merged.meshes.length > 1
  const names = new Set(
    changes.map(({ mesh, before, after }) => {
      const primary = (after ?? before)?.from.primary
      return primary && `${manyMeshes ? `${mesh}: ` : ''}${shownName(primary)}`
    }),
  )
  const [only] = names
  return names.size === 1 ? only : undefined
}
