import type { JsonObject } from '../../manifest/json.ts'
import type { Resource } from '../../manifest/resource.ts'
import { rangeOf } from '../../source/located.ts'
import { type Phrase, quoted, say } from '../../words/phrase.ts'
import type { Reason, ReasonCodes } from '../decision.ts'

/** An object as it will be written, and in which mesh. */
interface Subject {
  readonly mesh: string
  readonly kind: string
  readonly name: string
  readonly after: Resource
}

/** What it does to somebody else. */
export interface Deed {
  readonly code: ReasonCodes['identity']
  /** All that tells this reason from others of the object, and what the object says. */
  readonly values: JsonObject
  /** What follows the name of the object in a sentence. */
  readonly predicate: Phrase
}

/** Why somebody must agree to an object that is written somewhere else, at its place. */
export function reasonAbout({ mesh, kind, name, after }: Subject, { code, values, predicate }: Deed): Reason {
  const range = rangeOf(after)
  const { path } = after.file
  return {
    kind: 'identity',
    code,
    values: { ...values, mesh, kind, name, path },
    clause: say`${kind} ${quoted(name)} ${predicate}`,
    path,
    ...(range && { range }),
  }
}
