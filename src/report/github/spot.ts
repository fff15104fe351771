import type { AccessPolicy } from '../../domain/access/access-policy.ts'
import type { RouteChange } from '../../domain/diff/route-change.ts'
import { identityOf } from '../../domain/manifest/names.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../../domain/routing/route-table.ts'
import { rangeOf } from '../../domain/source/located.ts'
import { lastLineOf, positionOf, type SourceRange } from '../../domain/source/source-file.ts'
import { wordsOfRoute } from '../sentences/place.ts'
import type { View } from '../sentences/view.ts'
import { changedLines } from './changed-lines.ts'

/** The lines of each changed file where GitHub takes a comment, as inclusive ranges. */
export type DiffLines = ReadonlyMap<string, readonly (readonly [number, number])[]>

/** Where a comment stands: lines of one hunk of the diff. */
export interface Spot {
  readonly path: string
  readonly startLine: number
  readonly line: number
}

function inHunk(path: string, lines: readonly number[], diffLines: DiffLines): Spot | undefined {
  for (const [start, end] of diffLines.get(path) ?? []) {
    const here = lines.filter((line) => line >= start && line <= end)
    if (here.length > 0) return { path, startLine: Math.min(...here), line: Math.max(...here) }
  }
  return undefined
}

function linesOf(range: SourceRange): readonly number[] {
  const first = positionOf(range).line
  return Array.from({ length: Math.min(lastLineOf(range) - first + 1, 200) }, (_, index) => first + index)
}

/** The entry of the merged side that still says what answers no longer, or stands in its place. */
function survivor({ before }: RouteChange, view: View): SourceRange | undefined {
  if (before === undefined) return undefined
  const supplier = supplierOf(before)
  const same = view.assessment.comparison.merged.manifests.virtualServices.find(
    (each) => each.name === supplier.name && each.namespace === supplier.namespace,
  )
  const index = before.from.secondary === undefined ? before.from.entry : before.from.secondaryEntry
  const written = JSON.stringify(writtenEntryOf(before))
  const entries = same?.spec.http ?? []
  const entry = entries.find((each) => JSON.stringify(each) === written) ?? entries[index ?? 0]
  return entry && rangeOf(entry)
}

function entriesOf(route: EffectiveRoute | undefined): readonly (SourceRange | undefined)[] {
  if (route === undefined) return []
  const entry = route.from.primary.spec.http?.[route.from.entry]
  return [wordsOfRoute(route), rangeOf(writtenEntryOf(route)), entry && rangeOf(entry)]
}

/** The policies that refuse the requests after the merge, and those that did before as they are then. */
function policiesOf(
  { refused }: RouteChange,
  { assessment }: View,
  changed: ChangedLines,
): readonly (SourceRange | undefined)[] {
  const isChanged = ({ file }: Pick<AccessPolicy, 'file'>) => changed.has(file.path)
  const refusing = (refused?.after?.by ?? []).filter(isChanged)
  const formerly = new Set<string>((refused?.before?.by ?? []).map(identityOf))
  const left =
    formerly.size === 0
      ? []
      : assessment.comparison.merged.manifests.unmodelled.filter(
          (each) => each.policy !== undefined && isChanged(each) && formerly.has(identityOf(each)),
        )
  return [...refusing, ...left].map((each) => rangeOf(each))
}

/** For each changed file, the lines that the pull request adds or changes: worked out once for all changes. */
export type ChangedLines = ReadonlyMap<string, readonly number[]>

/** The changed lines of every changed file. */
export function changedLinesOf(view: View): ChangedLines {
  const files = view.assessment.touched.files.filter(({ merged }) => merged !== undefined)
  return new Map(files.map((file) => [file.path, changedLines(file)]))
}

/**
 * The lines to which a change of traffic is due: the changed ones among those of the policy that refuses it, or of the route that
 * answers now or no longer, nearest first; else lines of it that the diff shows. Undefined where the diff shows none of them.
 */
export function spotOf(
  change: RouteChange,
  view: View,
  { diffLines, changed }: { readonly diffLines: DiffLines; readonly changed: ChangedLines },
): Spot | undefined {
  const policies = policiesOf(change, view, changed)
  const ranges = [...policies, ...entriesOf(change.after), survivor(change, view)]
    .filter((range) => range !== undefined)
    .filter((range) => changed.has(range.file.path))
  const edited = ranges.map((range) => {
    const lines = new Set(linesOf(range))
    return inHunk(
      range.file.path,
      (changed.get(range.file.path) ?? []).filter((line) => lines.has(line)),
      diffLines,
    )
  })
  const shown = ranges.map((range) => inHunk(range.file.path, linesOf(range), diffLines))
  return [...edited, ...shown].find((spot) => spot !== undefined)
}
