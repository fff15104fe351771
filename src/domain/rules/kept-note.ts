import type { Gateway } from '../manifest/gateway.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Because } from '../source/diagnostic.ts'
import { rangeOf } from '../source/located.ts'
import { nameOf } from '../wording/code.ts'
import { textOf } from '../words/phrase.ts'
import { told } from '../words/told.ts'

/** Says that an object of the base side stays in force, whatever is written now. */
export function keptNote(resource: VirtualService | Gateway): Because {
  const range = rangeOf(resource)
  const message = `The cluster keeps what it has: ${resource.kind} ${textOf(nameOf(resource))} as it is on the base side.`
  return { ...told(message), ...(range && { range: { ...range, end: range.start } }) }
}
