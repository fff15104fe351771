import { type Phrase, say } from '../words/phrase.ts'
import type { Sentence } from '../words/sentence.ts'
import type { Mistake } from './diagnostic.ts'

/** What is said of a fault, and what to do about it. */
export interface FaultWords extends Sentence {
  readonly todo?: Phrase
}

/** The words of each fault of a closed list, made of the values that belong to its code; a phrase is a clause alone. */
export type FaultTable = Readonly<Record<string, (...values: never[]) => FaultWords | Phrase>>

/** The fault of a table as data and in its words. A room gives this its own table, and its codes their types. */
export function faultOf<Code extends string>(
  table: Readonly<Record<Code, FaultTable[string]>>,
  code: Code,
  given: readonly (string | number | undefined)[],
): Mistake<Code> {
  const values = given.filter((each) => each !== undefined)
  const wording = table[code] as (...values: readonly unknown[]) => FaultWords | Phrase
  const said = wording(...given)
  return { code, ...(values.length > 0 && { values }), ...('clause' in said ? said : { clause: said }) }
}

/** What makes the faults of a table, each with the values that belong to its code. */
export function faultsOf<Table extends FaultTable>(table: Table) {
  return <Code extends keyof Table & string>(code: Code, ...values: Parameters<Table[Code]>): Mistake<Code> =>
    faultOf<keyof Table & string>(table, code, values) as Mistake<Code>
}

/** The entry of a table for a text that the grammar of YAML does not know. */
export function unparsable(what: Phrase, todo?: Phrase): () => FaultWords {
  return () => ({
    clause: say`YAML does not parse: ${what}`,
    ...(todo && { todo }),
  })
}
