import { excerpt } from '../../manifest/excerpt.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Because } from '../../source/diagnostic.ts'
import { rangeOf } from '../../source/located.ts'
import { quoted, say } from '../../words/phrase.ts'

/** Says that an object of the base side stays in force, whatever is written now. */
export function keptNote(resource: VirtualService | Gateway): Because {
  const range = rangeOf(resource)
  const { kind, name } = resource
  return {
    clause: say`The cluster keeps what it has: ${kind} ${quoted(excerpt(name))} as it is on the base side`,
    ...(range && { range: { ...range, end: range.start } }),
  }
}
