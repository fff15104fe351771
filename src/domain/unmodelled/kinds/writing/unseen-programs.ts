import type { JsonValue } from '../../../manifest/json.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Setting, type Subject } from '../../reach.ts'
import { runsWithUnknownRights } from '../../reading/accounts.ts'
import { programsOf } from '../../reading/programs/commands.ts'
import { unseenIn } from '../../reading/programs/unseen-programs.ts'

function decides(subject: Subject, { grants }: Setting): JsonValue | undefined {
  const found = unseenIn(programsOf(subject.body).rest)
  return found.length > 0 && runsWithUnknownRights(subject, grants) ? [...found] : undefined
}

/** A script in a text that something under such an account reads. */
function scriptDecides(
  { name, namespace, body }: Subject,
  { unknownReaders }: Setting,
): JsonValue | undefined {
  const found = unseenIn(programsOf(body).rest)
  const isRead = unknownReaders.some(
    (each) => each.reads.has(name) && [each.namespace, undefined].includes(namespace),
  )
  return found.length > 0 && isRead ? [...found] : undefined
}

/** Programs that are not here, run with rights that nobody here knows. */
export const unseenPrograms: readonly KindEntry[] = [
  { group: '*', decides, reach: everybody, partial: true, quietIfGone: true },
  {
    group: '',
    kinds: ['ConfigMap', 'Secret'],
    decides: scriptDecides,
    reach: everybody,
    partial: true,
    quietIfGone: true,
  },
]
