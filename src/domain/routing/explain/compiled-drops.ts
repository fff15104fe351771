import type { HTTPRoute } from '../../manifest/virtual-service.ts'
import type { Request } from '../../match/request.ts'
import { failedField } from '../../match/request-matches.ts'
import { rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import type { DroppedEntry, MergedEntry } from '../route-table.ts'

/** An entry that Istio dropped, ready to be asked whether it was meant for a request. */
export interface CompiledDrop {
  readonly because: DroppedEntry
  readonly range?: SourceRange
  /** Whether it would have stood in front of an entry; entries of different VirtualServices have no order. */
  isBefore(entry: MergedEntry): boolean
  /** Whether its author asks for this request. The primary's match is not looked at for one that conflicts with it. */
  wouldTake(request: Request): boolean
}

/** Prepares the entries that a table has dropped. */
export function compileDrops(
  dropped: readonly DroppedEntry[],
  missingSatisfiesWithout: boolean,
): readonly CompiledDrop[] {
  return dropped.map((drop) => {
    const written = writtenEntries(drop)
    const range = rangeOfDrop(drop, written)
    const asked = drop.reason === 'conflict' ? written.slice(0, 1) : written
    return {
      because: drop,
      ...(range && { range }),
      isBefore: (entry) => isBefore(drop, entry),
      wouldTake: (request) => asked.every((each) => takes(each, request, missingSatisfiesWithout)),
    }
  })
}

/** Where the match stands that is to blame, else the entry: in the secondary, if it got as far as that. */
function rangeOfDrop({ match }: DroppedEntry, [written]: readonly HTTPRoute[]): SourceRange | undefined {
  return (match && rangeOf(match)) ?? (written && rangeOf(written))
}

/** The entries whose matches a request would have had to satisfy, the innermost first. */
function writtenEntries({ primary, entry, secondary, secondaryEntry }: DroppedEntry): readonly HTTPRoute[] {
  const outer = primary.spec.http?.[entry]
  const inner = secondaryEntry === undefined ? undefined : secondary?.spec.http?.[secondaryEntry]
  return [inner, outer].flatMap((each) => each ?? [])
}

function isBefore(drop: DroppedEntry, { primary, entry, secondaryEntry }: MergedEntry): boolean {
  if (drop.primary !== primary) return true
  return drop.entry < entry || (drop.entry === entry && (drop.secondaryEntry ?? 0) < (secondaryEntry ?? 0))
}

function takes({ match = [] }: HTTPRoute, request: Request, missingSatisfiesWithout: boolean): boolean {
  if (match.length === 0) return true
  return match.some((each) => failedField(each, request, missingSatisfiesWithout) === undefined)
}
