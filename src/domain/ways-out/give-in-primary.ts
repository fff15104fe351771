import { budgets } from '../budgets.ts'
import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import { rangeOf } from '../source/located.ts'
import { positionOf, type SourceFile, textOfLine } from '../source/source-file.ts'
import { type BlockingDrop, blockingDrops } from './blocking-drops.ts'
import type { Candidate, Generator } from './candidate.ts'
import { insertAfter, itemLines, lineEndOf } from './edit.ts'
import { isPrintable, scalar } from './rewrite-uri.ts'

/** Who wants more than this given at once has another delegation in mind. */
const mostPaths = budgets.wayOutPaths.size

/** Has the primary give the secondary the paths because of which Istio drops an entry: as they are, or else as prefixes. */
export const giveInPrimary: Generator = (judgement) => blockingDrops(judgement).flatMap(candidatesFor)

function candidatesFor(drop: BlockingDrop): readonly Candidate[] {
  const paths = drop.bad.flatMap(({ uri }) => (uri?.exact ?? uri?.prefix) || [])
  if (paths.length > mostPaths || paths.length < drop.bad.length || !paths.every(isPrintable)) return []
  const asPrefixes = paths.map((prefix): StringMatch => ({ prefix }))
  const asWritten = drop.bad.flatMap(({ uri }) => uri ?? [])
  const isSame = drop.bad.every(({ uri }) => uri?.exact === undefined)
  return [...(isSame ? [] : [asWritten]), asPrefixes].flatMap((uris) => candidate(drop, uris) ?? [])
}

function candidate(
  { edge, secondary, entry, bad }: BlockingDrop,
  uris: readonly StringMatch[],
): Candidate | undefined {
  const last = (edge.route.match ?? []).at(-1)
  const range = last && rangeOf(last)
  const lines = itemLines(range)
  if (last === undefined || range === undefined || lines === undefined) return undefined
  const { file } = range
  if (file.path !== edge.primary.file.path) return undefined
  const style = styleOf(last, textOfLine(file, lines.first), file)
  const end = lineEndOf(file)
  const text = uris
    .flatMap((uri) => {
      const value =
        uri.prefix === undefined ? `exact: ${scalar(uri.exact ?? '')}` : `prefix: ${scalar(uri.prefix)}`
      return [`${style.dash}uri:`, `${style.inner}${value}`]
    })
    .map((line) => `${line}${end}`)
    .join('')
  const notAlone = (entry.match ?? []).some((match) =>
    uris.every((uri) => conflictOf({ uri }, match) !== undefined),
  )
  return {
    step: { kind: 'give', to: secondary, matches: bad, ...(notAlone && { notAlone }) },
    edit: insertAfter(file, lines.last, text),
  }
}

interface Style {
  /** Everything in front of the first key of an element. */
  readonly dash: string
  readonly inner: string
}

/** Indents as the last match does. */
function styleOf({ uri }: HTTPMatchRequest, line: string, file: SourceFile): Style {
  const dash = /^ *- +/.exec(line)?.[0] ?? '- '
  const key = uri && (['exact', 'prefix', 'regex'] as const).find((each) => uri[each] !== undefined)
  const written = uri && key && rangeOf(uri, key)
  const place = written && positionOf(written)
  const isBelow =
    place !== undefined &&
    textOfLine(file, place.line)
      .slice(0, place.column - 1)
      .trim() === ''
  const column = isBelow && place.column - 1 > dash.length ? place.column - 1 : dash.length + 2
  return { dash, inner: ' '.repeat(column) }
}
