import type { HTTPRoute } from '../manifest/virtual-service.ts'
import type { Request } from '../match/request.ts'
import { failedField } from '../match/request-matches.ts'
import type { SourceRange } from '../source/source-file.ts'
import { droppedRange, droppedReason, writtenEntries } from './dropped-reason.ts'
import type { DroppedEntry, MergedEntry } from './route-table.ts'

/** An entry that Istio dropped, ready to be asked whether it was meant for a request. */
export interface CompiledDrop {
  readonly because: string
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
    const range = droppedRange(drop)
    const written = writtenEntries(drop)
    const asked = drop.reason === 'conflict' ? written.slice(0, 1) : written
    return {
      because: droppedReason(drop),
      ...(range && { range }),
      isBefore: (entry) => isBefore(drop, entry),
      wouldTake: (request) => asked.every((each) => takes(each, request, missingSatisfiesWithout)),
    }
  })
}

function isBefore(drop: DroppedEntry, { primary, entry, secondaryEntry }: MergedEntry): boolean {
  if (drop.primary !== primary) return true
  return drop.entry < entry || (drop.entry === entry && (drop.secondaryEntry ?? 0) < (secondaryEntry ?? 0))
}

function takes({ match = [] }: HTTPRoute, request: Request, missingSatisfiesWithout: boolean): boolean {
  if (match.length === 0) return true
  return match.some((each) => failedField(each, request, missingSatisfiesWithout) === undefined)
}
