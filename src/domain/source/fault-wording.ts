import type { Phrase } from '../words/phrase.ts'
import type { Sentence } from '../words/sentence.ts'
import { guessed, told } from '../words/told.ts'

/** How a fault of a YAML text is told. */
export interface FaultWording {
  /** What is wrong; `syntax` where the grammar does not know it. */
  readonly syntax?: string
  readonly message?: (detail: string) => string
  readonly advice?: string
}

/** A fault as a sentence, and what to do about it. */
export interface FaultWords extends Sentence {
  readonly todo?: Phrase
}

/** The words for one fault; `detail` is what was written there, where the message names it. */
export function faultWords({ syntax, message, advice }: FaultWording, detail: string): FaultWords {
  const said = message?.(detail) ?? `YAML does not parse: ${syntax}`
  return { ...told(said), ...(advice !== undefined && { todo: guessed(advice) }) }
}
