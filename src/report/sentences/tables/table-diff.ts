import { diffArrays } from 'diff'
import { budgets } from '../../../domain/budgets.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import type { EffectiveRoute, RouteTable } from '../../../domain/routing/route-table.ts'
import { supplierOf } from '../../../domain/routing/route-table.ts'
import { shortened } from '../../../domain/source/shortened.ts'
import { mainWords, modifiersWords } from '../../../domain/terms/action-words.ts'
import { plainOf } from '../../../domain/words/phrase.ts'
import { visible } from '../../../domain/words/visible.ts'
import { placeText, wordsOfRoute } from '../place.ts'
import { matchText } from '../requests/match-text.ts'

/** One route as a line: which requests, who supplies it, where they go, where it is written. */
export interface RouteLine {
  readonly requests: string
  readonly supplier: string
  readonly action: string
  readonly place: string
  /** Nothing reaches it: whatever it matches is taken by lines above it. */
  readonly unreached?: true
}

const detail = { namespaces: false, ports: true }

function actionText(route: EffectiveRoute): string {
  const { action } = route.outcome
  const fields = modifiersWords(action, detail).map(plainOf)
  return [plainOf(mainWords(action, detail)), ...fields].join(', ')
}

const nameOnly = ({ name }: VirtualService): string => name

/** Whether no request reaches a route any more. */
export type IsUnreached = (route: EffectiveRoute) => boolean

const allAreReached: IsUnreached = () => false

/** The lines of a table, in the order in which they are tried. */
export function routeLines(
  table: RouteTable | undefined,
  supplierWords = nameOnly,
  isUnreached = allAreReached,
): readonly RouteLine[] {
  return (table?.routes ?? []).map((route) => ({
    requests: shortened(visible(matchText(route.match)), budgets.tableRequests.size),
    supplier: shortened(visible(supplierWords(supplierOf(route))), budgets.tableName.size),
    action: shortened(visible(actionText(route)), budgets.tableAction.size),
    place: visible(placeText(wordsOfRoute(route))),
    ...(isUnreached(route) && { unreached: true as const }),
  }))
}

type Column = Exclude<keyof RouteLine, 'unreached'>

function widest(lines: readonly RouteLine[], column: Column): number {
  return lines.reduce((width, line) => Math.max(width, line[column].length), 0)
}

/** Lines in columns, without trailing blanks. */
export function inColumns(lines: readonly RouteLine[], all: readonly RouteLine[] = lines): readonly string[] {
  const [requests, supplier, action] = [
    widest(all, 'requests'),
    widest(all, 'supplier'),
    widest(all, 'action'),
  ]
  return lines.map((line) =>
    [
      line.requests.padEnd(requests),
      line.supplier.padEnd(supplier),
      line.action.padEnd(action),
      line.place,
      ...(line.unreached === true ? ['not reached any more'] : []),
    ]
      .join('   ')
      .trimEnd(),
  )
}

/** On which side a line of a diff is; a line of both sides has none. */
type Sign = '+' | '-' | ' '

export interface DiffLine {
  readonly sign: Sign
  readonly line: RouteLine
}

/** A line of a unified diff, its sign included. */
export interface TableLine {
  readonly sign: Sign
  readonly text: string
}

/** The same place in the list: the same requests, by the same VirtualService. Lines that only moved down are equal. */
function sameRoute(a: RouteLine, b: RouteLine): boolean {
  return a.requests === b.requests && a.supplier === b.supplier
}

/** Beyond this the two tables have little in common, and looking for it costs the square of their length. */
const mostEdits = budgets.edits.size

/** Two tables as one list, line by line. */
export function diffLines(base: readonly RouteLine[], merged: readonly RouteLine[]): readonly DiffLine[] {
  const parts = diffArrays([...base], [...merged], { comparator: sameRoute, maxEditLength: mostEdits })
  if (parts === undefined) return [...signed('-', base), ...signed('+', merged)]
  let [old, at] = [0, 0]
  return parts.flatMap((part): readonly DiffLine[] => {
    const count = part.value.length
    const before = part.added ? [] : base.slice(old, old + count)
    const after = part.removed ? [] : merged.slice(at, at + count)
    old += before.length
    at += after.length
    return part.added ? signed('+', after) : part.removed ? signed('-', before) : kept(before, after)
  })
}

function signed(sign: DiffLine['sign'], lines: readonly RouteLine[]): readonly DiffLine[] {
  return lines.map((line) => ({ sign, line }))
}

/** Routes that are on both sides: unchanged with their place after the merge, or as a pair where the action differs. */
function kept(before: readonly RouteLine[], after: readonly RouteLine[]): readonly DiffLine[] {
  return after.flatMap((line, index): readonly DiffLine[] => {
    const old = before[index]
    if (old === undefined || old.action === line.action) return signed(' ', [line])
    return [
      { sign: '-', line: old },
      { sign: '+', line },
    ]
  })
}

const context = 3

function nearChange(lines: readonly DiffLine[], index: number): boolean {
  if (lines[index]?.line.unreached === true) return true
  return lines.slice(Math.max(0, index - context), index + context + 1).some((line) => line.sign !== ' ')
}

/** Two tables as a unified diff with three lines of context; what is left out is counted. Empty if nothing differs. */
export function tableDiff(
  base: RouteTable | undefined,
  merged: RouteTable | undefined,
  isUnreached = allAreReached,
): readonly TableLine[] {
  const lines = diffLines(routeLines(base), routeLines(merged, nameOnly, isUnreached))
  if (lines.every((line) => line.sign === ' ')) return []
  const kept = lines.map((_, index) => nearChange(lines, index))
  const printed = inColumns(
    lines.map(({ line }) => line),
    lines.filter((_, index) => kept[index]).map(({ line }) => line),
  )
  const output: TableLine[] = []
  let hidden = 0
  const flush = (): void => {
    const text = `  (${hidden} more ${hidden === 1 ? 'line' : 'lines'}, unchanged)`
    if (hidden > 0) output.push({ sign: ' ', text })
    hidden = 0
  }
  for (const [index, { sign }] of lines.entries()) {
    if (kept[index] === true) {
      flush()
      output.push({ sign, text: `${sign} ${printed[index] ?? ''}` })
    } else hidden += 1
  }
  flush()
  return output
}
