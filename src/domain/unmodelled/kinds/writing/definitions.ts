import type { JsonValue } from '../../../manifest/json.ts'
import { at, picked } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Setting, type Subject } from '../../reach.ts'
import { definingKinds, madeByProgram } from '../../reading/definitions.ts'
import { specOf } from '../spec.ts'

/** Objects that stand in a definition as they are count as such; of what programs make nothing is seen. */
function definitionDecides({ body }: Subject): JsonValue | undefined {
  const found = madeByProgram(body)
  return found.length === 0 ? undefined : [...found]
}

/** What is filled into objects of the mesh, and nothing else of it. */
function instanceDecides(subject: Subject, { definedKinds }: Setting): JsonValue | undefined {
  const defined = definedKinds.find(({ kind }) => kind === subject.kind)
  if (defined === undefined || definingKinds.includes(subject.kind)) return undefined
  return defined.fields === undefined
    ? specOf(subject)
    : picked(at(subject.body, 'spec'), [...defined.fields].sort())
}

/** Kinds that become objects of the mesh by what somebody here defines, and those definitions. */
export const definitions: readonly KindEntry[] = [
  { group: '*', kinds: definingKinds, decides: definitionDecides, reach: everybody, partial: true },
  { group: '*', decides: instanceDecides, reach: everybody, partial: true },
]
