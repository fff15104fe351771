import { identityOf } from '../manifest/names.ts'
import type { Skipped } from '../routing/explain/explanation.ts'
import type { DroppedEntry } from '../routing/route-table.ts'
import { assertNever } from '../source/assert-never.ts'
import { type Phrase, quoted, say, words } from '../words/phrase.ts'
import { code, nameOf } from './code.ts'
import { matchWords } from './match-words.ts'

/** Why an entry takes no request, as a clause: "its secondary `ns1/vs-1` is not there". */
export function droppedWords(dropped: DroppedEntry): Phrase {
  const { reason, primary, match, field = 'match' } = dropped
  switch (reason) {
    case 'missing':
      return say`its secondary ${targetOf(dropped)} is not there`
    case 'has-hosts':
      return say`its secondary ${targetOf(dropped)} has hosts`
    case 'hidden':
      return say`its secondary ${targetOf(dropped)} is not exported to ${nameOf(primary)}`
    case 'nested':
      return say`its secondary ${targetOf(dropped)} delegates itself`
    case 'conflict':
      return say`the secondary's match ${matchWords(match)} is not within any match of ${nameOf(primary)} (${code(field)})`
    case 'after-catch-all':
      return words('an entry that takes every request comes first')
    case 'other-gateway':
      return words('it is for another gateway')
    case 'other-port':
      return words('it is for another port')
    case 'other-pods':
      return say`no pod of the gateway runs in its ${quoted('sourceNamespace')}`
    default:
      return assertNever(reason)
  }
}

/** Why something does not serve a request, in the words of `explain`. */
export function skippedWords({ because }: Skipped): Phrase {
  return typeof because === 'string' ? words(because) : say`dropped: ${droppedWords(because)}`
}

/** The secondary, or what the primary calls the one that it means. */
function targetOf({ primary, entry, secondary }: DroppedEntry): Phrase {
  if (secondary !== undefined) return code(identityOf(secondary))
  const delegate = primary.spec.http?.[entry]?.delegate
  return code(`${delegate?.namespace ?? primary.namespace ?? '?'}/${delegate?.name ?? ''}`)
}
